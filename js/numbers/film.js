// A filmed training, opened from the widget's state: lstm_edu/widgets/training_film.py packs what lstm_edu/films.py has.
import { numbers } from "./packed.js";

const WHOLE = { uint8: 255, int8: 127 }; // what the largest whole number stands for is a part's `most`

/**
 * -> {
 *   batches (K,), T, letters (T,), flag, bell,     when each frame was taken; the sequence whose gates are shown
 *   examples,                                      how many the slopes are taken over
 *   frameOf(batch),                                the frame that is nearest
 *   cells: {                                       "simple_rnn" and "lstm"
 *     [name]: {
 *       H, parts,             units; the names of its parts
 *       right (K,),           the share of the examples that it answers right
 *       left(k) (T,),         how much of the slope is left at each step of frame k: its length over that at the bell
 *       values(k, part)       (T, H)
 *       limits(part)          the numbers that a part goes from and to, in all frames
 *     } },
 *   kept (K,)                 the mean of f over the quiet steps, those between flag and bell, and all units
 * }
 */
export function openFilm(pack) {
  const { letters, flag, bell, examples } = pack;
  const batches = numbers(pack.batch);
  const T = letters.length;
  const cells = Object.fromEntries(Object.entries(pack.cells).map(([name, cell]) => [name, openCell(cell, T, bell)]));
  const kept = Float64Array.from(batches, (_, k) => {
    const { H, values } = cells.lstm;
    const quiet = values(k, "f").subarray((flag + 1) * H, bell * H);
    return quiet.reduce((sum, f) => sum + f, 0) / quiet.length;
  });
  const frameOf = (batch) => {
    const off = Array.from(batches, (taken) => Math.abs(taken - batch));
    return off.indexOf(Math.min(...off));
  };
  return { batches, T, letters, flag, bell, examples, frameOf, cells, kept };
}

function openCell({ right, slope, parts, most, units: H }, T, bell) {
  const slopes = numbers(slope);
  const whole = Object.fromEntries(Object.entries(parts).map(([part, array]) => [part, numbers(array)]));
  const size = T * H;
  return {
    H,
    parts: Object.keys(parts),
    right: numbers(right),
    left(k) {
      const lengths = slopes.subarray(k * T, (k + 1) * T);
      const last = lengths[bell];
      return lengths.map((length) => length / last);
    },
    limits: (part) => [parts[part].dtype === "uint8" ? 0 : -most[part], most[part]],
    values(k, part) {
      const scale = most[part] / WHOLE[parts[part].dtype];
      return Float64Array.from(whole[part].subarray(k * size, (k + 1) * size), (value) => value * scale);
    },
  };
}
