// CellStepper: the LSTM drawing with numbers flowing through it, part by part and turn by turn. The nodes are buttons
// that open their arithmetic.
import say from "words:cell_stepper";
import { button, choice, html, number } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { shapedLike, whole } from "../../kit/link.js";
import { player } from "../../kit/player.js";
import { made } from "../../numbers/turn.js";
import { openActs } from "./acts.js";
import { arithmetic } from "./arithmetic.js";
import { flowing } from "./flowing.js";
import { inputs } from "./inputs.js";
import { letterOf, meaningOf } from "./meaning.js";
import { read } from "./now.js";
import { stagePicture } from "./picture.js";
import "./style.css";

const STAGES = ["loop", "belt", "gates"];
const SPEEDS = [
  ["0.5", "slow"],
  ["1", "normal"],
  ["2", "fast"],
];
const PART_TIME = 1300; // milliseconds for a part at normal speed

/** What a link says, if it is of the kind expected; else the error that leaves the widget as it was. */
const oneOf = (names) => (text) => names.find((name) => name === text) ?? refuse(text);
const refuse = (text) => {
  throw new Error(`not expected here: ${text}`);
};
const numbers = (text, first) => (first === null ? null : shapedLike(text, first));
const arrays = ["kernel", "recurrent_kernel", "bias", "x", "h", "c"];

export default frame({
  name: "CellStepper",
  title: say("title"),
  linked: {
    ...Object.fromEntries(arrays.map((name) => [name, numbers])),
    t: whole,
    stage: oneOf(STAGES),
    part: String,
    step: whole,
    unit: whole,
  },
  mount,
});

function mount(w) {
  const paper = matchMedia("print"); // there all has been computed
  const now = () => read(w, paper.matches);
  const act = openActs(w, now, { pause: () => steps.pause(), round: () => picture.round() });
  let speed = 1;
  const steps = player(w, {
    at: () => now().step,
    last: () => now().last,
    go: act.go,
    beyond: act.turnRound,
    round: true,
    names: { back: say("previous"), next: say("next"), place: say("part") },
    read(step) {
      const { order, stage, last } = now();
      return say("reached", { step, last, letter: letterOf(stage, order[step]) });
    },
    pace: () => PART_TIME / speed,
  });
  const stages = STAGES.map((name) => button(say(`stage.${name}`), () => act.toStage(name)));
  const unitChoice = choice({
    label: say("unit"),
    options: w.get("h").map((_, u) => String(u)),
    value: String(w.get("unit")),
    input: (u) => w.set({ unit: Number(u) }),
  });
  const turnText = html("span", { className: "cell-turn" });
  const turnOn = button("", act.wholeTurn, { className: "cell-whole" });
  const pace = choice({
    label: say("speed"),
    options: SPEEDS.map(([times, name]) => [times, say(`speeds.${name}`)]),
    value: "1",
    input: (value) => (speed = Number(value)),
  });
  const picture = stagePicture({ open: act.open, flowing: flowing(w, () => speed) });
  const sums = arithmetic(act.weigh);
  const enters = inputs(w);

  const group = html("div", { className: "cell-stages", role: "group", ariaLabel: say("stages") }, ...stages);
  const several = w.get("h").length > 1;
  const left = [picture.element, html("div", { className: "belt-row" }, steps.next, steps.play, turnText)];
  w.body.append(
    html(
      "div",
      { className: "cell-columns" },
      html("div", { className: "cell-left" }, ...left),
      html("div", { className: "cell-right" }, enters.element, sums.element),
    ),
    html(
      "details",
      { className: "cell-more" },
      html("summary", {}, say("more")),
      html("div", { className: "belt-row" }, group, several ? unitChoice.element : null, turnOn),
      html("div", { className: "belt-row cell-steps" }, steps.back, steps.place, pace.element),
    ),
  );

  let told;
  function draw() {
    const turn = now();
    const { stage, part, step, last, t, unit } = turn;
    if (t === 0) act.begin();
    stages.forEach((element, k) => element.setAttribute("aria-pressed", STAGES[k] === stage));
    unitChoice.set(String(unit));
    turnText.textContent = say("turn", { t });
    turnOn.textContent = say(step === last ? "next_turn" : "finish_turn");
    steps.draw();
    pace.element.hidden = w.calm();
    const what = made(part, stage, turn.cell, turn.x, turn.state, turn.values, unit);
    picture.draw(turn);
    enters.draw(turn);
    sums.draw(turn, what);
    const line = tell(turn, what);
    if (told !== undefined && told !== line) w.speak(line);
    told = line;
  }
  paper.addEventListener("change", draw, { signal: w.signal }); // at once: a page that is printed waits for no frame
  return draw;
}

/** Where the turn stands, and what the open part has come to. */
function tell({ stage, part, step, last, t, unit, units }, { value }) {
  const letter = letterOf(stage, part);
  const name = units > 1 ? say("of_unit", { letter, unit }) : letter;
  return say("told", { t, step, last, name, meaning: meaningOf(stage, part), value: number(value) });
}
