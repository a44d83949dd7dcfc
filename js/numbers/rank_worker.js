// Runs in a worker: which gate mattered most, for the newest request alone. js/numbers/ranker.js talks to it.
import { openNetwork } from "./network.js";
import { rank } from "./ranking.js";

let network;
let newest;

addEventListener("message", async ({ data: { pack, key, ids, holds, among } }) => {
  if (pack) {
    network = openNetwork(pack);
    return;
  }
  newest = key;
  const outdated = () => key !== newest;
  const list = await rank(network, ids, holds, outdated, (growing) => postMessage({ key, list: growing }), among);
  if (list) postMessage({ key, list, complete: true });
});
