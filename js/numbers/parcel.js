// What small networks make of a row of parcels. lstm_edu/widgets/parcel.py says the same of them, by NumPy's cells.
import { parcelRow, INPUTS } from "./parcel_row.js";
import { answerOf, run } from "./small.js";

const NEW = 1_000_000; // rows from here on are those that nobody has played

/** What a network answers when the bell rings. */
export const answer = (network, { inputs, T }) => answerOf(network, run(network, inputs).h, T - 1);

/** What it would answer if the bell rang at each step after the flag (lag): the last is its answer. */
export function answersSince(network, { inputs, T, flag }) {
  const { units: H } = network.cell;
  const { h, c } = run(network, inputs);
  const asked = (t) => {
    const [from, to] = [(t - 1) * H, t * H];
    const before = { h: h.subarray(from, to), c: c?.subarray(from, to) };
    return answerOf(network, run(network, Float64Array.of(inputs[INPUTS * t], 0, 1), before).h, 0);
  };
  return Float64Array.from({ length: T - 1 - flag }, (_, k) => asked(flag + 1 + k));
}

/** The root of the mean square of some differences. */
export const rootMeanSquare = (differences) =>
  Math.sqrt(differences.reduce((sum, each) => sum + each * each, 0) / differences.length);

/** After each of n new rows: by how much each network has been off so far, the root of the mean square of each. */
export function* errorsOver(n, networks, lag) {
  const sums = networks.map(() => 0);
  for (let k = 1; k <= n; k++) {
    const row = parcelRow(NEW + k, lag);
    networks.forEach((network, which) => (sums[which] += (answer(network, row) - row.right) ** 2));
    yield sums.map((sum) => Math.sqrt(sum / k));
  }
}
