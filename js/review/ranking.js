// Which gate at which word mattered most: the slope of the prediction names candidates at once, and a worker holds each
// of them in earnest.
import { button, html, number } from "../core/dom.js";
import { ranking } from "../core/network.js";
import { openRanker } from "../core/worker.js";
import { bar } from "./arithmetic.js";
import { placeName } from "./holds.js";

const FIRST = 10;

/** act: { go(step, unit, part), draw() } -> { element, draw(view, open) } */
export function rankingPanel(act, signal) {
  const told = html("p", { className: "review-told" });
  const meter = html("progress", { ariaLabel: "Holding each in earnest" });
  const rows = html("tbody");
  const sheet = html(
    "table",
    { className: "review-terms" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        ...["gate, unit and word", "held at", "logit, by slope", "P moves", "", ""].map((text) =>
          text ? html("th", { scope: "col" }, text) : html("td"),
        ),
      ),
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
  const element = html("div", {}, told, meter, scroll, more);
  let rankInWorker;
  let of = null; // the reading that the list is about
  let list = [];
  let state = "working"; // then "confirmed"
  let all = false;
  let drawn = [];

  /** The slopes' list at once; the worker's, in which each was held in earnest, when it comes. */
  async function start({ network, reading }) {
    rankInWorker ??= openRanker(network, signal);
    of = reading;
    state = "working";
    list = ranking(network, reading);
    const tell = (some) => {
      if (of !== reading) return;
      list = some;
      act.draw();
    };
    const confirmed = await rankInWorker(reading.ids, reading.holds, tell);
    if (!confirmed || of !== reading) return;
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
      meter.hidden = scroll.hidden = more.hidden = !ready;
      if (!ready) {
        told.textContent = view.network
          ? "There is no word to look at."
          : "The list is there when the model has loaded.";
        return;
      }
      if (of !== view.reading) start(view);
      if (drawn[0] === list && drawn[1] === all) return;
      drawn = [list, all];
      element.dataset.state = state;
      const done = list.filter(({ moved }) => moved !== undefined).length;
      meter.max = list.length;
      meter.value = done;
      meter.hidden = state === "confirmed";
      told.textContent =
        state === "confirmed"
          ? `Each of these ${list.length} was held alone, and the text read again. The largest move of P(positive) first.`
          : `The slope of the prediction names ${list.length}. Holding each in earnest: ${done} done.`;
      const widest = Math.max(...list.map(({ moved }) => Math.abs(moved ?? 0)), 1e-9);
      rows.replaceChildren(
        ...list.slice(0, all ? list.length : FIRST).map((one) => {
          const name = placeName(one, view.tokens, view.offset);
          return html(
            "tr",
            { "data-moved": one.moved ?? "" },
            html("th", { scope: "row" }, html("bdi", {}, name)),
            html("td", {}, number(one.value, 0)),
            html("td", {}, number(one.estimate, 2)),
            html("td", {}, one.moved === undefined ? "…" : number(one.moved, 3)),
            html("td", {}, bar((one.moved ?? 0) / widest)),
            html(
              "td",
              {},
              button("See", () => act.go(one.step, one.unit, one.gate), { ariaLabel: `See the square: ${name}` }),
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
