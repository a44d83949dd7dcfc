// The network that reads. It is half a megabyte, so it is loaded when the reader comes to the widget, or when there is a
// text whose reading does not stand in the page.
import { loadNetwork } from "../../numbers/models.js";

/** -> { network(): null until it has loaded, load(), trouble(): whether it was asked for in vain } */
export function openModel(w) {
  let network = null;
  let asked = false;
  let trouble = false;

  async function load() {
    if (asked) return;
    asked = true;
    try {
      network = await loadNetwork(w, w.get("model_name"));
      w.body.dataset.model = "ready";
    } catch {
      trouble = true;
    }
    w.draw();
  }
  for (const near of ["focusin", "pointerover"]) w.body.addEventListener(near, load, { once: true });

  return { network: () => network, load, trouble: () => trouble };
}
