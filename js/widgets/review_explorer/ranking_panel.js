// Which gate at which word mattered most: the slope of the prediction names candidates at once, and a worker holds each
// of them in earnest.
import say from "words:review_explorer";
import { button, choice, html, put, tick } from "../../kit/dom.js";
import { ranking } from "../../numbers/network.js";
import { openAskers } from "./asker.js";
import { rankingTable } from "./ranking_table.js";

const FIRST = 10;
// g apart, as it can be moved twice as far, and would fill the list; so would o at the last word, which is read straight
// into the answer, hence without that word first.
const amongOf = ({ ranked, last, gates }) => ({
  gates: ranked === "candidate" ? ["g"] : gates.filter((gate) => gate !== "g"),
  whole: ranked === "whole",
  last,
});

/** act: { go(step, unit, part), holdThis(candidate), rank(among), rankLast(on), draw() } -> { element, draw(view): while it is open } */
export function rankingPanel(act, signal) {
  const among = choice({
    label: say("mattered.among"),
    options: [],
    value: "gates",
    input: act.rank,
  });
  const last = tick({ label: say("mattered.last"), value: false, input: act.rankLast });
  last.element.title = say("mattered.last_meaning");
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
  const ways = html("div", { className: "belt-row" }, among.element, last.element);
  const element = html("div", {}, question, from, ways, told, meter, table.element, more, hint);
  const ranker = openAskers("rank", signal);
  let of = {}; // the reading that the list is about, and among what
  let list = [];
  let state = "working"; // then "confirmed"
  let all = false;
  let drawn = [];

  /** The slopes' list at once; the worker's, in which each was held in earnest, when it comes. */
  async function start(view) {
    const { network, reading, ranked, last } = view;
    const mine = { reading, ranked, last };
    const among = amongOf(view);
    of = mine;
    state = "working";
    list = ranking(network, reading, 50, among);
    const tell = (some) => {
      if (of !== mine) return;
      list = some;
      act.draw();
    };
    const { ids, holds } = reading;
    const confirmed = await ranker(network)({ ids, holds, among }, tell);
    if (!confirmed || of !== mine) return;
    state = "confirmed";
    list = confirmed;
    act.draw();
  }

  function drawProgress() {
    const done = list.filter(({ moved }) => moved !== undefined).length;
    meter.max = list.length;
    meter.value = done;
    const key = state === "confirmed" ? "mattered.tried" : "mattered.trying";
    put(told, list.length ? say(key, { n: list.length, done }) : say("no_word"));
  }

  return {
    element,
    /** A list is made anew whenever the reading is another one. */
    draw(view) {
      const ready = view.network && view.reading.T > 0;
      if (ready && (of.reading !== view.reading || of.ranked !== view.ranked || of.last !== view.last)) start(view);
      table.element.hidden = hint.hidden = !ready;
      meter.hidden = !ready || state === "confirmed";
      more.hidden = !ready || list.length <= FIRST;
      const gates = view.gates.filter((gate) => gate !== "g").join(", ");
      among.offer(view.ranks.map((name) => [name, say(`mattered.${name}`, { gates })]));
      among.set(view.ranked);
      last.set(view.last);
      if (!ready) {
        put(told, say(view.network ? "no_word" : "mattered.waiting"));
        return;
      }
      if (drawn[0] === list && drawn[1] === all) return;
      drawn = [list, all];
      Object.assign(element.dataset, { state, ranked: view.ranked, last: view.last });
      drawProgress();
      from.hidden = !view.holds.length;
      put(from, say("mattered.held", { n: view.holds.length }));
      table.draw(view, list, all ? list.length : FIRST);
      more.textContent = say(all ? "mattered.fewer" : "mattered.all", { n: all ? FIRST : list.length });
      more.setAttribute("aria-expanded", all);
    },
  };
}
