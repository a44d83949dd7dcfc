// Brings a network to the page when it is first needed: in the book from the scripts that tools/assets.py wrote, which
// work from a file too; in a live notebook from Python.
import { openNetwork } from "./network.js";

const loading = new Map(); // address of a script: promise
const open = new Map(); // name of a shipped model: promise of its network

/** A promise of the network that the widget `w` shows: the shipped model `name`, or what Python has. */
export function loadNetwork(w, name) {
  if (!w.assets) return loadPack(w, name).then(openNetwork);
  if (!open.has(name)) open.set(name, loadPack(w, name).then(openNetwork));
  open.get(name).catch(() => open.delete(name)); // another try asks again
  return open.get(name);
}

/** A promise of its pack alone, for a worker that opens it. */
export const loadPack = (w, name) => (w.assets ? fromScripts(`${w.assets}models/`, name) : ask(w, name));

async function fromScripts(folder, name) {
  await Promise.all([load(`${folder}words.js`), load(`${folder}${name}.js`)]);
  return { ...window.beltModels[name], words: window.beltWords };
}

function load(address) {
  if (!loading.has(address)) {
    const script = document.createElement("script");
    const loaded = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => {
        loading.delete(address);
        reject(new Error(`could not load ${address}`));
      };
    });
    script.src = address;
    document.head.append(script);
    loading.set(address, loaded);
  }
  return loading.get(address);
}

/** Python answers { want: "pack", name } with { pack }. */
function ask({ model, signal }, name) {
  return new Promise((resolve) => {
    const answer = ({ pack }) => {
      if (pack?.name !== name) return;
      model.off("msg:custom", answer);
      resolve(pack);
    };
    model.on("msg:custom", answer);
    signal.addEventListener("abort", () => model.off("msg:custom", answer));
    model.send({ want: "pack", name });
  });
}
