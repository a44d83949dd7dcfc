// What is looked at, made fit to draw, whatever a link or Python says; and its curves, computed
// where something that they depend on has moved.
import { finite } from "../../kit/link.js";
import { encode } from "../../numbers/network.js";
import { INPUTS } from "../../numbers/parcel_row.js";
import { changed, slopes } from "../../numbers/slopes.js";

export const RANGES = { radius: [0.05, 2], forget_bias: [0, 5], clip: [0.01, 100] };
export const ACTIVATIONS = ["tanh", "relu", "linear"];
const STEPS = [2, 100];

const within = (value, [low, high]) => Math.min(Math.max(value, low), high);

/** A reader for `linked`: a number in the trait's range, or none. */
export const orNone = (trait) => (text) => (text === "null" ? null : within(finite(text), RANGES[trait]));

/**
 * -> look(hovered): {
 *   weights, kinds,     the chosen weights; the kinds of their cells: "simple_rnn", "lstm", "gru"
 *   T, at,              how many steps there are; the one after which the answer is asked
 *   numbers, tokens,    of the parcels; of a text, null where there is none
 *   curves,             [{ name, kind, values (at + 1), shares (at + 1) }]: as they are drawn, and beside the last step
 *   norms, cuts,        of each kind: the length of all weights' slopes, null without a clip; and what the clip multiplies all slopes by
 *   factor, radius,     of the recurrent kernels; the plain loop's radius, null where there is no plain loop
 *   forgetBias, ownBias { set or null }, { mean, same } of the LSTM's own
 *   activation, clip, log, waits, failed }
 */
export function looker(w, find) {
  const radii = w.get("radii");
  const numbers = w.get("numbers");
  const names = Object.keys(w.get("networks"));
  const kept = {}; // of each kind of cell, the slopes that were found last, and for what

  /** The slopes of a network, kept from the input before where nothing that they depend on has moved. */
  function slopesOf(network, x, start, settings) {
    const { kind } = network;
    const { weights, at, text, factor, activation, norm } = settings;
    const forgetBias = kind === "lstm" ? settings.forgetBias : null;
    const options = { weights: norm, ...(kind === "simple_rnn" ? { activation } : {}) };
    const of = JSON.stringify([weights, at, text, factor, forgetBias, options]);
    if (kept[kind]?.of !== of)
      kept[kind] = { of, ...slopes(changed(network, { factor, forgetBias }), x, start, options) };
    return kept[kind];
  }

  return (hovered) => {
    const weights = names.includes(w.get("weights")) ? w.get("weights") : names[0];
    const { networks, model, waits, failed } = find(weights);
    const tokens = model ? encode(model, w.get("text")).tokens.slice(0, STEPS[1]) : null;
    const T = tokens?.length ?? within(w.get("steps"), STEPS);
    const last = Math.max(T - 1, 0);
    const at = Math.min(hovered ?? w.get("at") ?? last, last);
    const activation = ACTIVATIONS.includes(w.get("activation")) ? w.get("activation") : ACTIVATIONS[0];
    const [radius, forgetBias, clip] = Object.keys(RANGES).map((name) => number(w.get(name), name));
    const factor = radius === null || !(weights in radii) ? 1 : radius / radii[weights];
    const [x, start] = model ? read(model, tokens, at) : [parcels(numbers, at), undefined];

    const settings = { weights, at, text: w.get("text"), factor, forgetBias, activation, norm: clip !== null };
    const curves = [];
    const norms = {};
    const cuts = {};
    for (const [kind, network] of Object.entries(networks)) {
      const found = slopesOf(network, x, start, settings);
      norms[kind] = found.norm;
      cuts[kind] = clip !== null && found.norm > clip ? clip / found.norm : 1;
      for (const [part, values] of Object.entries(found.curves)) {
        const name = part === "total" ? kind : part;
        const whole = found.curves.total[at];
        curves.push({ name, kind, values: values.map((v) => v * cuts[kind]), shares: values.map((v) => v / whole) });
      }
    }
    return {
      ...{
        weights,
        kinds: Object.keys(networks),
        T,
        at,
        numbers,
        tokens,
        curves,
        norms,
        cuts,
        factor,
        activation,
        clip,
      },
      ...{ radius: weights in radii ? (radius ?? radii[weights]) : null, ownRadius: radius === null },
      ...{ forgetBias, ownBias: networks.lstm ? ownBias(networks.lstm.cell) : null, log: Boolean(w.get("log")) },
      ...{ text: w.get("text"), reads: Boolean(model) || waits, waits, failed },
    };
  };
}

const number = (value, name) => (Number.isFinite(value) ? within(value, RANGES[name]) : null);

/** The parcels up to the one at which the bell rings: (at + 1, 3). */
function parcels(numbers, at) {
  const x = new Float64Array((at + 1) * INPUTS);
  for (let t = 0; t <= at; t++) x[t * INPUTS] = numbers[t];
  x[1] = 1; // the flag
  x[at * INPUTS + 2] = 1; // the bell
  return x;
}

/** The words up to the one after which it is asked, and the state before the first of them. */
function read(model, tokens, at) {
  const x = new Float64Array((at + 1) * model.D);
  for (let t = 0; t <= at; t++) x.set(model.embed(tokens[t].id), t * model.D);
  const [start] = model.padded(model.paddings(tokens.length)); // of its one layer
  return [x, start];
}

function ownBias({ bias, units: H }) {
  const own = bias ? [...bias.subarray(H, 2 * H)] : [0];
  return {
    mean: own.reduce((sum, value) => sum + value, 0) / own.length,
    same: own.every((value) => value === own[0]),
  };
}
