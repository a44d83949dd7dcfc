// CellStepper: the LSTM drawing with numbers flowing through it, part by part and turn by turn. The nodes are buttons
// that open their arithmetic.
import { arithmetic, letterOf } from "./arithmetic.js";
import { flowing } from "./flowing.js";
import { inputs } from "./inputs.js";
import { stagePicture } from "./picture.js";
import { atEnd, button, choice, html, number, slider } from "../../kit/dom.js";
import { flow, threeDigits } from "../../kit/drawing.js";
import { frame } from "../../kit/frame.js";
import { shapedLike, whole } from "../../kit/link.js";
import { made, turn } from "../../numbers/turn.js";
import "./style.css";

const STAGES = ["loop", "belt", "gates"];
const SPEEDS = [
  ["0.5", "slow"],
  ["1", "normal"],
  ["2", "fast"],
];
const PART_TIME = 1300; // milliseconds for a part at normal speed

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** What a link says, if it is of the kind expected; else the error that leaves the widget as it was. */
const oneOf = (names) => (text) => names.find((name) => name === text) ?? refuse(text);
const refuse = (text) => {
  throw new Error(`not expected here: ${text}`);
};
const numbers = (text, first) => (first === null ? null : shapedLike(text, first));

/** The results that the drawing has no room for, as far as they have been computed. */
function resultsBetween({ stage, order, step, cell, x, state, values, unit }) {
  if (stage !== "gates") return "";
  const results = ["f_times_c", "i_times_g", "tanh_c"].map((part) => {
    const computed = order.indexOf(part) <= step;
    const { value } = made(part, stage, cell, x, state, values, unit);
    return `${letterOf(stage, part)} = ${computed ? threeDigits(value) : "\u2013"}`;
  });
  return `In between: ${results.join(",  ")}`;
}

export default frame({
  name: "CellStepper",
  title: "One turn of the cell, part by part",
  linked: {
    kernel: numbers,
    recurrent_kernel: numbers,
    bias: numbers,
    x: numbers,
    h: numbers,
    c: numbers,
    t: whole,
    stage: oneOf(STAGES),
    part: String,
    step: whole,
    unit: whole,
  },
  mount(w) {
    const paper = matchMedia("print"); // there all has been computed
    let start; // h and c of turn 0

    /** All that is drawn, from the traits as they are now. */
    function read() {
      const stage = w.get("stage");
      const order = flow(stage);
      const units = w.get("h").length;
      const unit = clamp(w.get("unit"), 0, units - 1);
      const rows = w.get("x");
      const row = Math.min(w.get("t"), rows.length - 1);
      const bias = w.get("bias");
      const cell = {
        kernel: Float64Array.from(w.get("kernel").flat()),
        recurrent: Float64Array.from(w.get("recurrent_kernel").flat()),
        bias: bias && Float64Array.from(bias),
        units,
        gate: w.get("gate"),
      };
      const x = Float64Array.from(rows[row]);
      const state = { h: Float64Array.from(w.get("h")), c: Float64Array.from(w.get("c")) };
      const values = turn(stage, cell, x, state);
      const known = [...order, "h_prev", ...(stage === "loop" ? [] : ["c_prev"])];
      const last = order.length - 1;
      const step = paper.matches ? last : clamp(w.get("step"), 0, last);
      const part = known.includes(w.get("part")) ? w.get("part") : order[step];
      return { stage, order, unit, units, row, cell, x, state, values, part, step, last, t: w.get("t") };
    }

    // --- what the reader does -----------------------------------------------------------------------------------
    let playing = 0;
    let speed = 1;
    const stop = () => {
      clearTimeout(playing);
      playing = 0;
      w.draw();
    };
    w.signal.addEventListener("abort", stop);
    /** To a part of the turn: it is computed, and open. */
    function go(step) {
      const { order, last } = read();
      const to = clamp(step, 0, last);
      w.set({ step: to, part: order[to] });
    }
    function play() {
      const { step, last } = read();
      if (playing) return stop();
      go(step === last ? 0 : step + 1);
      const on = () => {
        const now = read();
        if (now.step === now.last || w.calm()) return stop();
        go(now.step + 1);
        playing = setTimeout(on, PART_TIME / speed);
      };
      playing = setTimeout(on, PART_TIME / speed);
    }
    function open(part) {
      const { step, order } = read();
      w.set({ part, step: Math.max(step, order.indexOf(part)) });
    }
    /** h and c go round; of the new turn nothing has been computed. */
    function turnRound() {
      const { values, state, t, order } = read();
      const list = (array) => Array.from(array);
      w.set({ h: list(values.h), c: list(values.c ?? state.c), t: t + 1, step: 0, part: order[0] });
      picture.round();
    }
    /** What is left of this turn, and where nothing is left, the whole next one; the open node stays open. */
    function wholeTurn() {
      stop();
      const { part, step, last } = read();
      if (step === last) turnRound();
      w.set({ part: step === 0 ? read().order[last] : part, step: last });
    }
    function toStage(stage) {
      stop();
      w.set({ stage, part: flow(stage)[0], step: 0, ...(start && { ...start, t: 0 }) });
    }
    function weigh({ array, at }, value) {
      const name = array === "recurrent" ? "recurrent_kernel" : array;
      const columns = 4 * w.get("h").length;
      if (name === "bias") return w.set({ bias: w.get("bias").with(at, value) });
      const rows = w.get(name).map((row, k) => (k === Math.floor(at / columns) ? row.with(at % columns, value) : row));
      w.set({ [name]: rows });
    }

    // --- what there is -------------------------------------------------------------------------------------------
    const stages = STAGES.map((name) => button(name, () => toStage(name)));
    const unitChoice = choice({
      label: "unit",
      options: w.get("h").map((_, u) => String(u)),
      value: String(w.get("unit")),
      input: (u) => w.set({ unit: Number(u) }),
    });
    const turnText = html("span", { className: "cell-turn" });
    const scrub = slider({
      label: "part",
      min: 0,
      max: 1,
      step: 1,
      value: 0,
      input: (step) => {
        stop();
        go(step);
      },
      read: (step) => {
        const { order, stage, last } = read();
        return `${step} of ${last}: ${letterOf(stage, order[step])}`;
      },
    });
    const back = button("Previous", () => {
      stop();
      go(read().step - 1);
    });
    const next = button("Next", () => {
      stop();
      const { step, last } = read();
      if (step === last) turnRound();
      else go(step + 1);
    });
    const player = button("Play", play);
    const pace = choice({ label: "speed", options: SPEEDS, value: "1", input: (value) => (speed = Number(value)) });
    const picture = stagePicture({ open, flowing: flowing(w, () => speed) });
    const turnOn = button("Next turn", wholeTurn, { className: "cell-whole" });
    const between = html("p", { className: "cell-between" });
    const sums = arithmetic(weigh);
    const enters = inputs(w);
    w.body.append(
      html(
        "div",
        { className: "belt-row" },
        html("div", { className: "cell-stages", role: "group", ariaLabel: "Stage of the drawing" }, ...stages),
        w.get("h").length > 1 ? unitChoice.element : null,
        turnText,
        turnOn,
      ),
      html(
        "div",
        { className: "cell-columns" },
        html(
          "div",
          { className: "cell-left" },
          picture.element,
          between,
          html("div", { className: "belt-row cell-steps" }, back, next, player, pace.element, scrub.element),
        ),
        html("div", { className: "cell-right" }, enters.element, sums.element),
      ),
    );

    let told;
    function draw() {
      const now = read();
      const { stage, part, step, last, t, unit } = now;
      if (t === 0) start = { h: w.get("h"), c: w.get("c") };
      stages.forEach((element, k) => element.setAttribute("aria-pressed", STAGES[k] === stage));
      unitChoice.set(String(unit));
      turnText.textContent = `turn ${t}`;
      scrub.input.max = last;
      scrub.set(step);
      atEnd(back, step === 0);
      turnOn.textContent = step === last ? "Next turn" : "Finish turn";
      player.textContent = playing ? "Pause" : "Play";
      player.hidden = pace.element.hidden = w.calm();
      const what = made(part, stage, now.cell, now.x, now.state, now.values, unit);
      picture.draw(now);
      between.textContent = resultsBetween(now);
      enters.draw(now);
      const words = sums.draw(now, what);
      const line = `turn ${t}, ${step} of ${last} parts computed; ${words} ${number(what.value)}`;
      if (told !== undefined && told !== line) w.speak(line);
      told = line;
    }
    paper.addEventListener("change", draw, { signal: w.signal }); // at once: a page that is printed waits for no frame
    return draw;
  },
});
