// Asks a worker which gate at which word mattered most: the slopes and 51 readings, too long for a page that answers
// within a frame.
import rankText from "./rank_worker.js?worker";
import { rank } from "./ranking.js";

/**
 * -> rankInWorker(ids, holds, tell, among): a promise of the candidates of `ranking` as `confirm` gives them; of null if it was
 * asked anew before, or the widget left. `tell(list)` gets the list as it grows: who is not yet confirmed has no
 * `moved`. One for each widget: the worker starts with the first question, and the AbortSignal ends it.
 */
export function openRanker(network, signal) {
  let worker;
  let request = { key: 0 };

  const startWorker = () => {
    worker = new Worker(URL.createObjectURL(new Blob([rankText], { type: "text/javascript" })));
    worker.onmessage = ({ data: { key, list, complete } }) => {
      if (key === request.key) complete ? request.answer(list) : request.tell(list);
    };
    worker.onerror = () => compute(request);
    worker.postMessage({ pack: { ...network.pack, words: "" } });
    return ({ key, ids, holds, among }) => worker.postMessage({ key, ids, holds, among });
  };
  // Some pages forbid workers, as an editor's may. There it is computed on the page, in pieces.
  const compute = async (asked) => {
    ask = compute;
    const outdated = () => asked.key !== request.key;
    const list = await rank(network, asked.ids, asked.holds, outdated, asked.tell, asked.among);
    if (list) asked.answer(list);
  };
  let ask = (asked) => {
    try {
      ask = startWorker();
    } catch {
      ask = compute;
    }
    ask(asked);
  };

  signal.addEventListener("abort", () => {
    request.answer?.(null);
    request = { key: -1 };
    worker?.terminate();
  });

  return function rankInWorker(ids, holds = [], tell = () => {}, among = undefined) {
    request.answer?.(null); // to whoever asked before
    return new Promise((answer) => {
      request = { key: request.key + 1, ids, holds, tell, among, answer };
      ask(request);
    });
  };
}
