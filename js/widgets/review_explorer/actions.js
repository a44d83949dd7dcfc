// What a reader can do. All of it changes traits, and the next frame draws them.
import say from "words:review_explorer";
import { short } from "../../kit/dom.js";
import { KINDS } from "../../numbers/kinds.js";
import { encode } from "../../numbers/network.js";
import * as edits from "./edits.js";
import { align } from "./partners.js";

/** now() gives the view as it is now, not as it was last drawn: keys may come faster than frames. */
export function openActions(w, now) {
  const words = ({ tokens, offset }) => tokens.slice(offset);
  const go = (step = now().step, unit = now().unit, part = now().part) => w.set({ step, unit, part });

  /** Another text. What is held at one word goes with the word, wherever it stands now, and is let go if it is gone. */
  function write(text) {
    const { network, holds, tokens } = now();
    const single = holds.filter(({ step }) => step !== null);
    if (!network || !single.length) return w.set({ text });
    const known = (list) => list.map(({ word }) => word);
    const partner = align(known(encode(network, text).tokens), known(tokens));
    const kept = holds
      .map((hold) => (hold.step === null ? hold : { ...hold, step: partner.indexOf(hold.step) }))
      .filter(({ step }) => step !== -1);
    w.set({ text, holds: kept });
    if (kept.length < holds.length) w.speak(say("edit.let_go"));
  }

  /** The text with one word removed, moved or changed: how(text, tokens, which word, ...rest). */
  function rewrite(how, step, ...rest) {
    const view = now();
    write(how(view.text, words(view), step - view.offset, ...rest));
  }

  return {
    now,
    go,
    write,
    draw: w.draw,
    open: () => w.set({ panel: "square" }),
    part: (part) => w.set({ part }),
    hold(holds, said) {
      w.set({ holds });
      if (said) w.speak(said);
    },
    /** A candidate of the ranking: held beside what is held already, and its panel opened. */
    holdThis({ gate, unit, step, value }) {
      w.set({
        holds: [...now().holds, { gate, unit, step, value }],
        step,
        unit: unit ?? now().unit,
        part: gate,
        panel: "hold",
      });
      w.speak(say("hold.taken"));
    },
    remove(step) {
      const { tokens, holds, before } = now();
      rewrite(edits.remove, step);
      const left = now().tokens.length;
      const moved = before === null ? 0 : 1; // a word left out before, or the start, comes in at the front
      go(Math.max(0, Math.min(step + moved, left - 1)));
      const key = w.get("holds").length < holds.length ? "deleted_held" : "deleted";
      w.speak(say(`edit.${key}`, { word: short(tokens[step].typed) }));
    },
    move(step, to) {
      const { tokens, offset } = now();
      if (to < offset || to >= tokens.length) return;
      rewrite(edits.move, step, to - offset);
      go(to);
      w.speak(say("edit.moved", { word: short(tokens[step].typed), k: to - offset + 1 }));
    },
    change(step, word) {
      if (word.trim()) rewrite(edits.change, step, word);
      else this.remove(step);
    },
    shuffle() {
      const view = now();
      write(edits.shuffle(view.text, words(view)));
      w.set({ compare: true });
      w.speak(say("edit.shuffled"));
    },
    /** A ready review, which is then the first text too, without a difference to look at; its last word is chosen. */
    take(text) {
      const { network } = now();
      const last = network ? encode(network, text).tokens.length - 1 : 10_000; // brought within the text when it is read
      w.set({ text, base: text, compare: false, holds: [], step: Math.max(last, 0) });
    },
    /** Another layer is looked at; what is held in this one is let go. */
    look(layer) {
      const { network, part, step, holds } = now();
      const next = network.at(layer);
      w.set({ layer, holds: [], unit: 0, step, part: next.parts.includes(part) ? part : KINDS[next.kind].kept });
      if (holds.length) w.speak(say("layer.let_go"));
    },
    sort: (sort) => w.set({ sort }),
    stretch: (stretch) => w.set({ stretch }),
    panel: (panel) => w.set({ panel }),
    mark: (mark) => w.set({ mark }),
    rankLast: (last) => w.set({ last }),
    rank: (ranked) => w.set({ ranked }),
    /** Another first text, beside the one that stands here. */
    beside: (base) => w.set({ base, compare: true }),
    compare: (compare) => w.set({ compare }),
    back: () => w.set({ text: w.get("base"), holds: [] }),
    first: () => w.set({ base: w.get("text") }),
  };
}
