// What there is to draw: the row, how far it has come by, and where the reader is in it.
import { answer as answerOf } from "../../numbers/parcel.js";
import { parcelRow, INPUTS } from "../../numbers/parcel_row.js";

export const LIMITS = { lag: [1, 60], example: [1, 999_999], pace: [300, 5000] }; // as lstm_edu/widgets/parcel.py has them

/**
 * -> now() -> { lag, example, pace, at, answer, rounds, row, phase, number, played(example, lag) }
 * phase: "start", nothing has come by; "before" the flag, "flag", "since" the flag; "bell", it is asked; "done",
 * answered. number: of the parcel that is there. played: { right, answers }, a row's number and what each network says.
 */
export function reader(w, networks) {
  const known = new Map();
  const played = (example, lag) => {
    const key = `${example} ${lag}`;
    if (!known.has(key)) {
      const row = parcelRow(example, lag);
      known.set(key, { row, right: row.right, answers: networks.map((network) => answerOf(network, row)) });
    }
    return known.get(key);
  };
  let row = null;
  let key = "";

  return () => {
    const [lag, example, pace] = ["lag", "example", "pace"].map((name) => within(w.get(name), LIMITS[name]));
    if (key !== `${example} ${lag}`) [key, row] = [`${example} ${lag}`, parcelRow(example, lag)];
    const at = within(w.get("at"), [0, row.T]);
    const answer = w.get("answer");
    const state = { lag, example, pace, at, answer, row, rounds: w.get("rounds"), played };
    return { ...state, phase: phaseOf(state), number: at ? row.inputs[INPUTS * (at - 1)] : null };
  };
}

const within = (value, [low, high]) => Math.min(Math.max(Math.trunc(value) || low, low), high);

function phaseOf({ answer, at, row }) {
  if (at === row.T) return answer === null ? "bell" : "done";
  if (at === 0) return "start";
  return at - 1 === row.flag ? "flag" : at - 1 < row.flag ? "before" : "since";
}
