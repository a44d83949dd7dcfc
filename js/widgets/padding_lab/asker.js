// The networks: half a megabyte each, so they are loaded when the reader comes to the widget, or when there is a state
// whose answers do not stand in the page. A worker computes; while it does, the newest state waits, and no queue grows.
import { openWorker } from "../../kit/worker.js";
import { loadPack } from "../../numbers/models.js";
import { openNetwork } from "../../numbers/network.js";
import { answering } from "../../numbers/rows.js";
import script from "./worker.js?worker";

/** -> { ids: Map word -> id, null until they have loaded; load(), trouble(), ask(request): a promise of the answers } */
export function openAsker(w) {
  let ids = null;
  let ask = null;
  let trouble = false;
  let asked = false;

  async function load() {
    if (asked) return;
    asked = true;
    try {
      const networks = w.get("networks");
      const packs = await Promise.all(networks.map(({ name }) => loadPack(w, name)));
      const models = packs.map((pack, k) => ({ pack: { ...pack, words: "" }, handed: networks[k].handed }));
      ids = openNetwork(packs[0]).ids; // all know the same words
      const work = (answers, request) => answers(request);
      ask = openWorker({ script, first: models, about: answering(models), work, signal: w.signal });
      w.body.dataset.model = "ready";
    } catch {
      trouble = true;
    }
    w.draw();
  }
  for (const near of ["focusin", "pointerover"]) w.body.addEventListener(near, load, { once: true });

  return { ids: () => ids, load, trouble: () => trouble, ask: (request) => ask?.(request) };
}
