// Parcel: numbers come by on a belt, one is flagged, and a bell asks for it. The reader answers, then the cells do.
import say from "words:parcel";
import { atEnd, html, number, put, slider } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { finite, whole } from "../../kit/link.js";
import { player } from "../../kit/player.js";
import { sizeOf } from "../../kit/size.js";
import { open } from "../../numbers/small.js";
import { answering } from "./answering.js";
import { beltOf } from "./belt.js";
import { memoryOf } from "./memory.js";
import { outcomeOf } from "./outcome.js";
import { LIMITS, reader } from "./now.js";
import { tell } from "./tell.js";
import "./style.css";

/** A whole number of a link, within what the trait may be. */
const within = (name) => (text) => {
  const value = whole(text);
  const [low, high] = LIMITS[name];
  if (value < low || value > high) throw new RangeError(`expected ${low} to ${high}, got ${text}`);
  return value;
};

/** What a reader has answered, in a link. */
function readAnswer(text) {
  if (text === "null") return null;
  if (Math.abs(finite(text)) > 1) throw new RangeError(`expected -1 to 1, got ${text}`);
  return finite(text);
}

export default frame({
  name: "Parcel",
  title: say("title"),
  linked: { lag: within("lag"), example: within("example"), at: whole, pace: within("pace"), answer: readAnswer },
  mount,
});

function mount(w) {
  const networks = Object.entries(w.get("cells")).map(([name, pack]) => ({ name, ...open(pack) }));
  const now = reader(w, networks);

  const newRow = () => w.set({ example: (now().example % LIMITS.example[1]) + 1, at: 0, answer: null });
  const go = (to) => {
    if (to === 0 && now().phase === "done") newRow();
    else w.set({ at: to });
    w.speak(tell(now()).spoken);
  };
  const give = (answer) => {
    const { example, lag, rounds } = now();
    const first = !rounds.some((round) => round.example === example && round.lag === lag);
    w.set({ answer, rounds: first ? [...rounds, { example, lag, answer }] : rounds });
    w.speak(tell(now()).spoken);
    steps.next.focus(); // the fields are closed, and the next row is what comes next
  };
  const steps = player(w, {
    at: () => now().at,
    last: () => now().row.T,
    go,
    beyond: () => now().phase === "done" && go(0),
    names: { back: say("back"), next: say("next") },
    pace: () => now().pace,
  });

  const told = html("p", { className: "parcel-told" });
  const belt = beltOf();
  const form = answering(w, give);
  const outcome = outcomeOf(networks);
  const settings = settingsOf(w, now);
  const memory = networks.length ? memoryOf(w, networks) : null;
  const buttons = html("div", { className: "belt-row" }, steps.play, steps.next, steps.back);
  const all = [told, belt.element, buttons, form.element, outcome.element, settings.element, memory?.element];
  w.body.append(...all.filter(Boolean));
  const size = sizeOf(w.body, w);

  return () => {
    const state = { ...now(), told: tell(now()) };
    const { phase } = state;
    put(told, state.told.shown);
    belt.draw(state, size().width);
    steps.draw();
    put(steps.next, say(phase === "done" ? "again" : "next"));
    atEnd(steps.next, phase === "bell");
    form.draw(state);
    outcome.draw(state);
    settings.draw(state);
    memory?.draw(state);
    // what the cells say is computed while the belt runs, so that it is there when the reader answers
    if (state.answer === null && phase !== "start") w.later(() => state.played(state.example, state.lag));
  };
}

/** How long the bell waits, and how fast the belt runs. */
function settingsOf(w, now) {
  const control = (name, step, input, read) => {
    const [min, max] = LIMITS[name];
    return slider({ label: say(name), min, max, step, value: now()[name], input, read });
  };
  const lag = control(
    "lag",
    1,
    (value) => w.set({ lag: value, at: 0, answer: null }),
    (n) => say("steps", { n }),
  );
  const pace = control(
    "pace",
    100,
    (value) => w.set({ pace: value }),
    (value) => say("seconds", { s: number(value / 1000, 1) }),
  );
  return {
    element: html("div", { className: "parcel-settings" }, lag.element, pace.element),
    draw(state) {
      lag.set(state.lag);
      pace.set(state.pace);
    },
  };
}
