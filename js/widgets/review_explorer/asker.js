// Asks a worker what takes too long for a page that answers within a frame: which gate mattered, the text without each word.
import { openWorker } from "../../kit/worker.js";
import { WORKS } from "../../numbers/works.js";
import script from "./network_worker.js?worker";

/** name: of one of WORKS -> ask(request, tell), as in js/kit/worker.js */
export const openAsker = (name, network, signal) =>
  openWorker({
    script,
    first: { pack: { ...network.pack, words: "" }, work: name, place: network.place },
    about: network,
    work: WORKS[name],
    signal,
  });

/** -> asker(network): ask of this network; the worker of the network before ends. */
export function openAskers(name, signal) {
  let by = null;
  let end = new AbortController();
  let ask;
  signal.addEventListener("abort", () => end.abort());
  return (network) => {
    if (network !== by) {
      end.abort();
      end = new AbortController();
      by = network;
      ask = openAsker(name, network, end.signal);
    }
    return ask;
  };
}
