// Asks a worker which gate at which word mattered most: the slopes and 51 readings, too long for a page that answers
// within a frame.
import { openWorker } from "../../kit/worker.js";
import { rank } from "../../numbers/ranking.js";
import script from "./rank_worker.js?worker";

/** -> rankInWorker({ ids, holds, among }, tell): as `ask` of js/kit/worker.js, for `rank`. One for each widget. */
export const openRanker = (network, signal) =>
  openWorker({ script, first: { ...network.pack, words: "" }, about: network, work: rank, signal });
