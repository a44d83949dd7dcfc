// The network that reads: which one is chosen, and what is loaded of it. Another is loaded when it is chosen; until it is
// there the one before reads on.
import say from "words:review_explorer";
import { choice, html, put } from "../../kit/dom.js";
import { loadNetwork } from "../../numbers/models.js";
import { openNetwork } from "../../numbers/network.js";

/**
 * -> { element: the list to choose from, card: what is said of the network that reads,
 *      network(): it, null until one has loaded, absent(): whether it is a model in Python, and no Python runs,
 *      notice(): whether another is awaited, or in vain; "" if not, draw() }
 */
export function networks(w) {
  const offered = w.get("networks"); // [{ name, title, accuracy, unquantised }], without the last two a reader's own
  const opened = new Map(); // one of them -> its network
  let asked = null; // the one that was chosen last, and the one that reads
  let shown = null;
  let trouble = false;

  const list = choice({
    label: say("model.choose"),
    options: offered.map(({ name, title }) => [name, title]),
    value: offered[0].name,
    input: (name) => w.set({ model_name: name }),
  });
  list.element.hidden = offered.length < 2;
  const card = html("p", { className: "review-card" });
  const chosen = () => offered.find(({ name }) => name === w.get("model_name")) ?? offered[0];

  async function load(one) {
    try {
      const own = w.get("pack"); // a small network of the reader's own
      if (own?.name === one.name && one.accuracy === undefined) opened.set(one, openNetwork(own));
      else if (w.assets && one.accuracy === undefined) throw new Error("the model is in Python");
      else opened.set(one, await loadNetwork(w, one.name));
      if (asked === one) shown = one;
      w.body.dataset.model = "ready";
    } catch {
      if (asked === one) trouble = true;
    }
    w.draw();
  }

  const absent = () => !shown && trouble && asked.accuracy === undefined;

  function follow() {
    const one = chosen();
    if (one === asked) return;
    asked = one;
    trouble = false;
    if (opened.has(one)) shown = one;
    else load(one);
  }

  return {
    element: list.element,
    card,
    network() {
      follow();
      return opened.get(shown) ?? null;
    },
    absent,
    notice() {
      if (shown === asked) return "";
      if (absent()) return say("notice.python");
      if (!shown) return say(`notice.${trouble ? "trouble" : w.assets ? "loading" : "asked"}`);
      return say(`notice.other_${trouble ? "trouble" : "loading"}`, { title: asked.title, shown: shown.title });
    },
    draw() {
      list.set(asked.name);
      put(card, cardOf(shown ?? asked));
    },
  };
}

function cardOf({ name, title, accuracy, unquantised }) {
  if (accuracy === undefined) return say("model.name", { name });
  const percent = (share) => `${(100 * share).toFixed(2)}%`;
  return say("model.card", { name, title, accuracy: percent(accuracy), unquantised: percent(unquantised) });
}
