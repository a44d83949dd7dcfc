// The networks, those that were trained on the same rows together: P(positive) after each step, and their answers.
import say from "words:padding_lab";
import { symbol } from "../../kit/symbols.js";
import { atEnd, button, html, isAtEnd, number, put, svg } from "../../kit/dom.js";
import { same } from "../../numbers/rows.js";
import { axisOf, curveOf } from "./curve.js";

/** networks: [{ name, title, handed }]; set(rows) -> { element, draw(state) } */
export function list(networks, set) {
  const groups = Object.values(Object.groupBy(networks, ({ handed }) => JSON.stringify(handed)));
  const made = groups.map((group) => groupOf(group, networks, set));
  const element = html("div", { className: "padding-networks" }, ...made.map((one) => one.element));
  return {
    element,
    draw(state) {
      element.toggleAttribute("data-waits", state.waits);
      if (state.shown) {
        const { zeros, behind } = axisOf(state.shown);
        element.style.setProperty("--zeros", `${100 * zeros}%`);
        element.style.setProperty("--side", behind ? "100%" : "0%");
      }
      for (const one of made) one.draw(state);
    },
  };
}

function groupOf(group, networks, set) {
  const { handed } = group[0];
  const use = button(say("use"), () => isAtEnd(use) || set(handed));
  const seen = html("p", { className: "padding-seen" });
  const rows = group.map((network) => [networks.indexOf(network), networkOf(network)]);
  return {
    element: html(
      "section",
      {},
      html("p", { className: "padding-trained" }, said(handed, group.length)),
      html("div", { className: "belt-row" }, seen, use),
      html("ul", {}, ...rows.map(([, { element }]) => element)),
    ),
    draw(state) {
      const alike = same(state.tokens.length, handed, state.rows);
      const told = say(alike ? "seen.same" : "seen.other");
      if (seen.textContent !== told) seen.replaceChildren(symbol(alike ? "tick" : "cross"), told);
      atEnd(
        use,
        Object.entries(handed).every(([name, value]) => state.rows[name] === value),
      );
      for (const [k, one] of rows) one.draw(state.shown && { ...state.shown, ...state.shown.answers[k] });
    },
  };
}

/** What rows a group of networks was trained on. */
const said = ({ maxlen, padding, truncating, mask }, n) =>
  say("trained", {
    n,
    maxlen,
    padding: say(`padding.${padding}`),
    truncating: say(`truncating.${truncating}`),
    mask: say(mask ? "with_mask" : "no_mask"),
  });

/** A network's title, its curve and its answers. */
function networkOf({ title }) {
  const line = svg("path", {});
  const picture = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", role: "img" }, line);
  const now = html("output", { className: "padding-p" });
  const trained = html("span", { className: "padding-then" });
  let drawn = null;
  return {
    element: html(
      "li",
      {},
      html("span", { className: "padding-title" }, title),
      html("div", { className: "padding-curve" }, picture),
      html("span", { className: "padding-answer" }, now, trained),
    ),
    draw(found) {
      if (found?.p === drawn) return;
      drawn = found?.p;
      const { p, trained: then } = found ?? {};
      put(now, p ? number(p.at(-1)) : "–");
      now.dataset.value = p?.at(-1);
      put(trained, p ? say("then", { p: number(then) }) : "");
      trained.dataset.value = then;
      line.setAttribute("d", p ? curveOf(found) : "");
      picture.setAttribute("aria-label", p ? curveSaid(found) : say("curve.none"));
    },
  };
}

function curveSaid({ p, ids, rows }) {
  const { word } = axisOf({ ids, rows });
  return say("curve.said", { n: p.length, word: number(p[word]), last: number(p.at(-1)) });
}
