// What the reader does with a turn, besides going through its parts.
import { flow } from "../../kit/drawing.js";

/** now(): what is drawn; pause(): nothing plays any more; round(): something goes round in the picture. */
export function openActs(w, now, { pause, round }) {
  let start; // h and c of turn 0

  /** To a part of the turn: it is computed, and open. */
  const go = (step) => w.set({ step, part: now().order[step] });

  function open(part) {
    const { step, order } = now();
    w.set({ part, step: Math.max(step, order.indexOf(part)) });
  }

  /** h and c go round; of the new turn nothing has been computed. */
  function turnRound() {
    const { values, state, t, order } = now();
    const list = (array) => Array.from(array);
    w.set({ h: list(values.h), c: list(values.c ?? state.c), t: t + 1, step: 0, part: order[0] });
    round();
  }

  /** What is left of this turn, and where nothing is left, the whole next one; the open node stays open. */
  function wholeTurn() {
    pause();
    const { part, step, last } = now();
    if (step === last) turnRound();
    w.set({ part: step === 0 ? now().order[last] : part, step: last });
  }

  /** Another stage begins with what `begin` has seen. */
  function toStage(stage) {
    pause();
    w.set({ stage, part: flow(stage)[0], step: 0, ...(start && { ...start, t: 0 }) });
  }
  const begin = () => (start = { h: w.get("h"), c: w.get("c") });

  /** array, at: which weight, as `made` names it. */
  function weigh({ array, at }, value) {
    if (array === "bias") return w.set({ bias: w.get("bias").with(at, value) });
    const name = array === "recurrent" ? "recurrent_kernel" : array;
    const rows = w.get(name);
    const [row, column] = [Math.floor(at / rows[0].length), at % rows[0].length];
    w.set({ [name]: rows.with(row, rows[row].with(column, value)) });
  }

  return { go, open, turnRound, wholeTurn, toStage, begin, weigh };
}
