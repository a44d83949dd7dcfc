// The answer without each word of the text, asked for when it is to be seen.
import { openAskers } from "./asker.js";

/** draw(): there is more of it -> removed(view): the sums (T), NaN where one is yet to come, or null */
export function openRemoved(signal, draw) {
  const asker = openAskers("remove", signal);
  let of = null;
  let logits = null;

  async function start({ network, reading, before, behind, offset }) {
    of = reading;
    logits = null;
    const tell = (some) => {
      if (of !== reading || !some) return;
      logits = some;
      draw();
    };
    const { ids, holds } = reading;
    tell(await asker(network)({ ids, holds, before, behind, offset }, tell));
  }

  return (view) => {
    if (!view.network || !view.reading.T) return null;
    if (of !== view.reading) start(view);
    return logits;
  };
}
