// The words as the model reads them: a toolbar of chips with one tab stop. A bar under each shows a number, to the right
// above 0, to the left below, and for some numbers the chip's colour does, too: marks.js says which.
import say from "words:review_explorer";
import { html, put, short } from "../../kit/dom.js";
import { barOf, shareOf } from "../../kit/chip_bar.js";
import { openField } from "./chip_field.js";
import { chipKeys } from "./chip_keys.js";
import { chipStretches } from "./chip_stretches.js";

/**
 * act: { now(), go(step), point(step or null), remove(step), move(step, to), change(step, word), draw() }
 * -> { element, draw(view), drawBars(), edit(step), reveal(step) }
 * signal: an AbortSignal for when the words leave the page
 */
export function chips(act, signal) {
  const note = html("span", { className: "review-before" });
  const list = html("div", { className: "review-chips", role: "toolbar", ariaLabel: say("chips.label") });
  const stretches = chipStretches(list, () => drawBars(), signal); // only the words in sight get their bar
  const { chips } = stretches;
  let view;
  let focusing = false; // the chosen chip gets the focus when it is drawn
  let toEdit = null; // the word to open when it is drawn: a key may come before the frame
  let shut = null; // closes the open field, and takes nothing
  const choose = among((element, yes) => {
    if (yes) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
    element.tabIndex = yes ? 0 : -1; // the list's tab stop
  });
  const point = among((element, yes) => element.classList.toggle("review-pointed", yes));
  addEventListener("beforeprint", () => drawBars(() => true), { signal }); // on paper all are in sight

  const stepOf = (event) => chips.findIndex(({ element }) => element === event.target.closest(".review-chip"));
  list.onclick = (event) => {
    const step = stepOf(event);
    if (step >= 0) act.go(step);
  };
  list.ondblclick = (event) => {
    const step = stepOf(event);
    if (step >= view.offset && view.network) edit(step);
  };
  list.onpointermove = (event) => {
    const step = stepOf(event);
    if (step !== view.at.step) act.point(step < 0 ? null : step);
  };
  list.onpointerleave = () => act.point(null);
  const keys = chipKeys(act, edit, () => (focusing = true));
  list.onkeydown = (event) => stepOf(event) >= 0 && keys(event);

  /** A field in the chip's place; another text closes it. */
  function edit(step) {
    if (act.now().tokens !== view.tokens) {
      toEdit = step;
      return act.draw();
    }
    const { typed } = view.tokens[step];
    shut = openField(chips[step].element, typed, (word, back) => {
      shut = null;
      focusing = back;
      if (word !== null && word !== typed) act.change(step, word);
      else act.go(step);
    });
  }

  /** The bars and colours of these words. */
  function drawBars(which = stretches.inSight) {
    const { values, limit, tints } = view.marks;
    chips.forEach((chip, k) => {
      if (!which(chip)) return;
      const share = shareOf(values[k], limit);
      const long = 2 * Math.round(50 * share);
      const tint = tints ? tints.of(share) : "";
      if (long !== chip.long) {
        chip.long = long;
        chip.element.style.backgroundImage = barOf(long); // asks for no layout
      }
      if (tint !== chip.tint) {
        chip.tint = tint;
        chip.element.style.setProperty("--tint", tint);
      }
    });
  }

  /** The words themselves, each as the model knows it. */
  function spell({ tokens, offset }) {
    stretches.resize(tokens.length);
    stretches.number(offset);
    tokens.forEach(({ typed, known }, k) => {
      const chip = chips[k];
      const { element } = chip;
      const start = k < offset;
      const text = start ? say("chips.start") : short(typed);
      if (text === chip.text && known === chip.known && start === chip.start) return;
      if (text !== chip.text) element.textContent = text;
      element.classList.toggle("review-unknown", !known);
      element.classList.toggle("review-start", start);
      element.title = start ? say("meaning.start") : "";
      if (known) element.removeAttribute("aria-label");
      else element.setAttribute("aria-label", say("chips.unknown", { word: text }));
      Object.assign(chip, { text, known, start });
    });
  }

  /** The padding stands where it is read. */
  function drawPadding(n, behind) {
    put(note, n ? say("chips.padding", { n }) : "");
    note.hidden = !n;
    note.title = say(behind ? "meaning.padding_behind" : "meaning.padding");
    const place = behind ? (chips.at(-1)?.stretch ?? stretches.first) : stretches.first;
    if ((behind ? place.lastChild : place.firstChild) !== note) behind ? place.append(note) : place.prepend(note);
  }

  function reveal(chip) {
    if (chip.hidden) return; // a field stands in its place, in sight
    const room = list.getBoundingClientRect();
    const { top, bottom } = chip.getBoundingClientRect();
    if (top < room.top) list.scrollTop += top - room.top - 4;
    else if (bottom > room.bottom) list.scrollTop += bottom - room.bottom + 4;
  }

  return {
    element: list,
    edit,
    draw(next) {
      const last = view;
      view = next;
      const { tokens, reading, step, at } = view;
      if (tokens !== last?.tokens) {
        shut?.();
        shut = null;
        spell(view);
      }
      drawPadding(reading.paddings, view.network?.padding === "post");
      choose(chips[step]?.element);
      point(at.step === step ? undefined : chips[at.step]?.element);
      if (focusing && chips.length) {
        chips[step].element.focus({ preventScroll: true });
        reveal(chips[step].element);
      }
      focusing = false;
      if (toEdit !== null && toEdit < chips.length) edit(toEdit);
      toEdit = null;
    },
    drawBars: () => drawBars(),
    /** Scrolls the list, and not the page, until the chosen word is seen. */
    reveal: (step) => chips[step] && reveal(chips[step].element),
  };
}

/** -> (element or undefined) => void: one at a time is marked, by mark(element, yes or no). */
function among(mark) {
  let marked;
  return (element) => {
    if (element === marked) return;
    if (marked) mark(marked, false);
    marked = element;
    if (marked) mark(marked, true);
  };
}
