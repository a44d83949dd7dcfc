// What the reader moves. What has nothing to do with the cells that are shown is not there.
import say from "words:gradient_lab";
import { choice, html, number, put, slider } from "../../kit/dom.js";
import { ACTIVATIONS, RANGES } from "./view.js";
import { stepsOf } from "./told.js";

const CLIPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]; // then: off

const KNOWN = ["fresh", "parcel", "imdb"];
const weightsName = (name) => (KNOWN.includes(name) ? say(`weights.${name}`) : name);

/** first: the view to begin with -> { element, rest: elements for elsewhere, draw(view) } */
export function controls(w, first) {
  const shown = new Set(Object.values(w.get("networks")).flatMap(Object.keys));
  let view = first;
  const reviews = w.get("reviews");
  const weights = choice({
    label: say("weights.label"),
    options: Object.keys(w.get("networks")).map((name) => [name, weightsName(name)]),
    value: first.weights,
    input: (name) => w.set({ weights: name, radius: null, forget_bias: null, at: null }),
  });
  const text = choice({
    label: say("text"),
    options: reviews.map(({ name, text }) => [text, name]),
    value: w.get("text"),
    input: (value) => w.set({ text: value, at: null }),
  });
  const [least, largest] = RANGES.radius;
  const radius = slider({
    label: say("radius"),
    min: least,
    max: largest,
    step: 0.05,
    value: first.radius ?? 1,
    input: (value) => w.set({ radius: value }),
    read: () => number(view.radius ?? 1, 2),
  });
  const forgetBias = slider({
    label: say("forget_bias.label"),
    min: RANGES.forget_bias[0],
    max: RANGES.forget_bias[1],
    step: 0.1,
    value: 1,
    input: (value) => w.set({ forget_bias: value }),
    read: () => biasOf(view),
  });
  const length = slider({
    label: say("length"),
    min: 2,
    max: 100,
    step: 1,
    value: first.T,
    input: (value) => w.set({ steps: value, at: null }),
    read: () => stepsOf(view.T),
  });
  const activation = choice({
    label: say("activation"),
    options: ACTIVATIONS,
    value: first.activation,
    input: (name) => w.set({ activation: name }),
  });
  const clip = slider({
    label: say("clip.label"),
    min: 0,
    max: CLIPS.length,
    step: 1,
    value: CLIPS.length,
    input: (k) => w.set({ clip: CLIPS[k] ?? null }),
    read: () => (view.clip === null ? say("clip.off") : String(view.clip)),
  });

  const plain = shown.has("simple_rnn");
  const gated = shown.has("lstm") || shown.has("gru");
  const factor = html("p", { className: "lab-note" });
  const sliders = [radius, length, ...(shown.has("lstm") ? [forgetBias] : [])].map(({ element }) => element);
  const rest = [...(plain ? [activation.element] : []), clip.element];
  const choices = html("div", { className: "belt-row" }, weights.element, text.element);
  weights.element.hidden = Object.keys(w.get("networks")).length === 1;
  const element = html("div", { className: "lab-controls" }, choices, ...sliders, ...(gated ? [] : rest), factor);

  return {
    element,
    rest: gated ? rest : [],
    draw(next) {
      view = next;
      choices.hidden = weights.element.hidden && !view.reads;
      weights.set(view.weights);
      text.element.hidden = !view.reads || !reviews.length;
      text.set(view.text);
      radius.element.hidden = view.radius === null;
      radius.set(view.radius ?? 1);
      length.element.hidden = view.reads;
      length.set(view.T);
      forgetBias.element.hidden = !view.ownBias;
      forgetBias.set(view.forgetBias ?? view.ownBias?.mean ?? 1);
      activation.set(view.activation);
      activation.element.hidden = !view.kinds.includes("simple_rnn");
      clip.set(view.clip === null ? CLIPS.length : nearest(view.clip));
      factor.hidden = !gated || view.radius === null;
      put(factor, factorOf(view));
    },
  };
}

const factorOf = ({ factor }) =>
  factor === 1 ? say("factor.own") : say("factor.times", { factor: number(factor, 2) });

function biasOf({ forgetBias, ownBias }) {
  if (forgetBias !== null || !ownBias || ownBias.same) return number(forgetBias ?? ownBias?.mean ?? 1, 1);
  return say("forget_bias.mean", { mean: number(ownBias.mean, 2) });
}

/** The place on the slider of the clip that is nearest, as many times larger or smaller. */
function nearest(clip) {
  const far = CLIPS.map((value) => Math.abs(Math.log(value / clip)));
  return far.indexOf(Math.min(...far));
}
