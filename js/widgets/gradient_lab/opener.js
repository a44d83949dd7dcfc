// The networks of the page: those in the widget's state, and a shipped one when it is first asked for.
import { loadNetwork } from "../../numbers/models.js";
import { open } from "../../numbers/small.js";

/** -> find(weights): { networks: { kind: network }, model: the opened shipped one or null, waits, failed } */
export function opener(w) {
  const packed = w.get("networks");
  const opened = {};
  const models = {}; // name -> the network, or null while it is on its way
  const trouble = new Set();

  async function load(name) {
    models[name] = null;
    try {
      models[name] = await loadNetwork(w, name);
      trouble.delete(name);
      w.body.dataset.model = "ready";
    } catch {
      trouble.add(name);
    }
    w.draw();
  }

  function small(weights) {
    opened[weights] ??= Object.fromEntries(
      Object.entries(packed[weights]).map(([kind, one]) => [kind, typeof one === "string" ? one : open(one)]),
    );
    return opened[weights];
  }

  return (weights) => {
    const networks = small(weights);
    const name = Object.values(networks).find((one) => typeof one === "string");
    if (!name) return { networks, model: null, waits: false, failed: false };
    if (!(name in models)) load(name);
    const model = models[name];
    const lstm = model && { kind: "lstm", cell: model.cell, options: {}, dense: model.dense };
    return { networks: lstm ? { lstm } : {}, model, waits: !model, failed: trouble.has(name) };
  };
}
