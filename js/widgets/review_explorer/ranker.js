// Asks a worker which gate at which word mattered most: the slopes and 51 readings, too long for a page that answers
// within a frame.
import { openWorker } from "../../kit/worker.js";
import { rank } from "../../numbers/ranking.js";
import script from "./rank_worker.js?worker";

/** -> rankInWorker({ ids, holds, among }, tell): as `ask` of js/kit/worker.js, for `rank`. One for each widget. */
export const openRanker = (network, signal) =>
  openWorker({ script, first: { ...network.pack, words: "" }, about: network, work: rank, signal });

/** -> rankers(network): the ranker of this network; that of the network before ends. */
export function openRankers(signal) {
  let by = null;
  let end = new AbortController();
  let rankInWorker;
  signal.addEventListener("abort", () => end.abort());
  return (network) => {
    if (network !== by) {
      end.abort();
      end = new AbortController();
      by = network;
      rankInWorker = openRanker(network, end.signal);
    }
    return rankInWorker;
  };
}
