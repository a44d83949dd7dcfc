// Which gate at which word mattered most: the slope of the prediction names candidates at once, and a worker holds each
// of them in earnest.
import { sigmoid } from "../../numbers/cells.js";
import { button, choice, html, number } from "../../kit/dom.js";
import { ranking } from "../../numbers/network.js";
import { openRanker } from "./ranker.js";
import { bar } from "./arithmetic.js";
import { placeName } from "./holds.js";

const FIRST = 10;
const AMONG = { gates: "fio", candidate: "g" }; // apart, as g can be moved twice as far, and would fill the list
const HEADS = ["gate, unit and word, set to", "slope’s guess", "P moves"];

/** act: { go(step, unit, part), holdThis(candidate), rank(among), draw() } -> { element, draw(view, open) } */
export function rankingPanel(act, signal) {
  const asked = html(
    "p",
    {},
    "Which gate at which word mattered most? Each is set, alone, to the end of its range that moves the answer more.",
  );
  const among = choice({
    label: "Among",
    options: [
      ["gates", "gates f, i, o"],
      ["candidate", "candidate g"],
    ],
    value: "gates",
    input: act.rank,
  });
  const told = html("p", { className: "review-told" });
  const from = html("p", { className: "review-told" });
  const meter = html("progress", { ariaLabel: "Trying each" });
  const rows = html("tbody");
  const sheet = html(
    "table",
    { className: "review-terms review-ranked" },
    html(
      "thead",
      {},
      html("tr", {}, ...HEADS.map((text) => html("th", { scope: "col" }, text)), html("td"), html("td")),
    ),
    rows,
  );
  const scroll = html(
    "div",
    { className: "belt-scroll", tabIndex: 0, role: "region", ariaLabel: "What mattered most" },
    sheet,
  );
  const more = button("", () => {
    all = !all;
    act.draw();
  });
  const hint = html(
    "p",
    { className: "review-hint" },
    "P moves: by how much P(positive) changed when it was set so and the text read again.",
    html(
      "span",
      { className: "review-guess" }, // its column is not there in a narrow place
      " Slope’s guess: by how much it would, if the slope of the sum before the last σ stayed what it is here; the largest slopes are tried.",
    ),
  );
  const element = html("div", {}, asked, from, among.element, told, meter, scroll, more, hint);
  let rankInWorker;
  let of = {}; // the reading that the list is about, and among what
  let list = [];
  let state = "working"; // then "confirmed"
  let all = false;
  let drawn = [];

  /** The slopes' list at once; the worker's, in which each was held in earnest, when it comes. */
  async function start({ network, reading, ranked }) {
    rankInWorker ??= openRanker(network, signal);
    const mine = { reading, ranked };
    of = mine;
    state = "working";
    list = ranking(network, reading, 50, AMONG[ranked]);
    const tell = (some) => {
      if (of !== mine) return;
      list = some;
      act.draw();
    };
    const { ids, holds } = reading;
    const confirmed = await rankInWorker({ ids, holds, among: AMONG[ranked] }, tell);
    if (!confirmed || of !== mine) return;
    state = "confirmed";
    list = confirmed;
    act.draw();
  }

  return {
    element,
    /** Only while its panel is open: a list is made anew whenever the reading is another one. */
    draw(view, open) {
      if (!open) return;
      const ready = view.network && view.reading.T > 0;
      meter.hidden = scroll.hidden = more.hidden = hint.hidden = !ready;
      among.set(view.ranked);
      if (!ready) {
        told.textContent = view.network
          ? "There is no word to look at."
          : "The list is there when the model has loaded.";
        return;
      }
      if (of.reading !== view.reading || of.ranked !== view.ranked) start(view);
      if (drawn[0] === list && drawn[1] === all) return;
      drawn = [list, all];
      Object.assign(element.dataset, { state, ranked: view.ranked });
      const done = list.filter(({ moved }) => moved !== undefined).length;
      meter.max = list.length;
      meter.value = done;
      meter.hidden = state === "confirmed";
      told.textContent =
        state === "confirmed"
          ? `${list.length} tried, the largest move of P(positive) first.`
          : `Trying ${list.length}: ${done} done.`;
      const count = view.holds.length;
      from.hidden = !count;
      from.textContent = `It starts from what you hold: ${count === 1 ? "one hold" : `${count} holds`}.`;
      const { logit, last } = view.reading;
      const guess = ({ estimate }) => sigmoid(logit.at(-1) + estimate) - last;
      const widest = Math.max(...list.map(({ moved }) => Math.abs(moved ?? 0)), 1e-9);
      rows.replaceChildren(
        ...list.slice(0, all ? list.length : FIRST).map((one) => {
          const name = `${placeName(one, view.tokens, view.offset)}, to ${number(one.value, 0)}`;
          return html(
            "tr",
            { "data-moved": one.moved ?? "" },
            html("th", { scope: "row" }, html("bdi", {}, name)),
            html("td", {}, number(guess(one), 3)),
            html("td", {}, one.moved === undefined ? "…" : number(one.moved, 3)),
            html("td", {}, bar((one.moved ?? 0) / widest)),
            html(
              "td",
              {},
              button("See", () => act.go(one.step, one.unit, one.gate), { ariaLabel: `See the square: ${name}` }),
              " ",
              button("Hold", () => act.holdThis(one), { ariaLabel: `Hold it: ${name}` }),
            ),
          );
        }),
      );
      more.textContent = all ? `Show the first ${FIRST}` : `Show all ${list.length}`;
      more.hidden = list.length <= FIRST;
      more.setAttribute("aria-expanded", all);
    },
  };
}
