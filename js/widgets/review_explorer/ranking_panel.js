// Which gate at which word mattered most: the slope of the prediction names candidates at once, and a worker holds each
// of them in earnest.
import say from "words:review_explorer";
import { button, choice, html, put } from "../../kit/dom.js";
import { ranking } from "../../numbers/network.js";
import { openRankers } from "./ranker.js";
import { rankingTable } from "./ranking_table.js";
import { RANKED } from "./view.js";

const FIRST = 10;
const AMONG = { gates: "fio", candidate: "g" }; // apart, as g can be moved twice as far, and would fill the list

/** act: { go(step, unit, part), holdThis(candidate), rank(among), draw() } -> { element, draw(view): while it is open } */
export function rankingPanel(act, signal) {
  const among = choice({
    label: say("mattered.among"),
    options: RANKED.map((name) => [name, say(`mattered.${name}`)]),
    value: "gates",
    input: act.rank,
  });
  const told = html("p", { className: "review-told" });
  const from = html("p", { className: "review-told" });
  const meter = html("progress", { ariaLabel: say("mattered.meter") });
  const table = rankingTable(act);
  const more = button("", () => {
    all = !all;
    act.draw();
  });
  const hint = html(
    "p",
    { className: "review-hint" },
    say("mattered.moved_hint"),
    html("span", { className: "review-guess" }, " ", say("mattered.guess_hint")), // its column is not there in a narrow place
  );
  const question = html("p", {}, say("mattered.question"));
  const element = html("div", {}, question, from, among.element, told, meter, table.element, more, hint);
  const ranker = openRankers(signal);
  let of = {}; // the reading that the list is about, and among what
  let list = [];
  let state = "working"; // then "confirmed"
  let all = false;
  let drawn = [];

  /** The slopes' list at once; the worker's, in which each was held in earnest, when it comes. */
  async function start({ network, reading, ranked }) {
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
    const confirmed = await ranker(network)({ ids, holds, among: AMONG[ranked] }, tell);
    if (!confirmed || of !== mine) return;
    state = "confirmed";
    list = confirmed;
    act.draw();
  }

  function drawProgress() {
    const done = list.filter(({ moved }) => moved !== undefined).length;
    meter.max = list.length;
    meter.value = done;
    put(told, say(state === "confirmed" ? "mattered.tried" : "mattered.trying", { n: list.length, done }));
  }

  return {
    element,
    /** A list is made anew whenever the reading is another one. */
    draw(view) {
      const ready = view.network && view.reading.T > 0;
      if (ready && (of.reading !== view.reading || of.ranked !== view.ranked)) start(view);
      table.element.hidden = hint.hidden = !ready;
      meter.hidden = !ready || state === "confirmed";
      more.hidden = !ready || list.length <= FIRST;
      among.set(view.ranked);
      if (!ready) {
        put(told, say(view.network ? "no_word" : "mattered.waiting"));
        return;
      }
      if (drawn[0] === list && drawn[1] === all) return;
      drawn = [list, all];
      Object.assign(element.dataset, { state, ranked: view.ranked });
      drawProgress();
      from.hidden = !view.holds.length;
      put(from, say("mattered.held", { n: view.holds.length }));
      table.draw(view, list, all ? list.length : FIRST);
      more.textContent = say(all ? "mattered.fewer" : "mattered.all", { n: all ? FIRST : list.length });
      more.setAttribute("aria-expanded", all);
    },
  };
}
