// The words as the model reads them: a toolbar of chips with one tab stop. A bar under each says how far P(positive)
// moved at that word: to the right where it rose, to the left where it fell.
import { button, html, put } from "../../kit/dom.js";
import { MEANS } from "./glossary.js";

const MOST = 28; // letters of a word that are shown
const STRETCH = 50; // words laid out together: what changes among them moves none of the others

/** A word as it is shown: a very long one is cut. */
export const short = (word) => (word.length > MOST ? `${[...word.slice(0, MOST)].slice(0, -1).join("")}…` : word);

/** The word at a step, in quotes; before the first word stands the start. */
export const wordName = (tokens, step, offset) => (step < offset ? "the start" : `“${short(tokens[step].typed)}”`);

/**
 * act: { now(), go(step), point(step or null), remove(step), move(step, to), change(step, word) }
 * -> { element, draw(view), drawBars(), edit(step), reveal(step) }
 * signal: an AbortSignal for when the words leave the page
 */
export function words(act, signal) {
  const note = html("span", { className: "review-before", title: MEANS.padding });
  const list = html("div", {
    className: "review-chips",
    role: "toolbar",
    ariaLabel: "Words as the model reads them",
  });
  const stretches = [];
  const chips = [];
  let view;
  let focusing = false; // the chosen chip gets the focus when it is drawn
  let toEdit = null; // the word to open when it is drawn: a key may come before the frame
  let shut = null; // closes the open field, and takes nothing
  let chosen, pointed; // elements

  // Only the words in sight get their bar: there may be 500.
  const inSight = new Set(); // stretches
  const watch = new IntersectionObserver(
    (found) => {
      for (const { target, isIntersecting } of found) inSight[isIntersecting ? "add" : "delete"](target);
      drawBars();
    },
    { root: list },
  );
  signal.addEventListener("abort", () => watch.disconnect());
  addEventListener("beforeprint", () => drawBars(new Set(stretches)), { signal }); // on paper all are in sight
  addStretch().append(note);

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
  list.onkeydown = (event) => {
    if (stepOf(event) < 0 || event.ctrlKey || event.metaKey) return;
    const { step, tokens, offset, network } = act.now();
    const last = tokens.length - 1;
    const word = step >= offset && network;
    const to = (next) => {
      focusing = true;
      act.go(Math.max(0, Math.min(last, next)));
    };
    const shift = (by) => {
      if (!word || step + by < offset || step + by > last) return;
      focusing = true;
      act.move(step, step + by);
    };
    const drop = () => {
      if (!word) return;
      focusing = true;
      act.remove(step);
    };
    const keys = event.altKey
      ? { ArrowLeft: () => shift(-1), ArrowRight: () => shift(1) }
      : {
          ArrowLeft: () => to(step - 1),
          ArrowRight: () => to(step + 1),
          Home: () => to(0),
          End: () => to(last),
          Delete: drop,
          Backspace: drop,
          Enter: () => word && edit(step),
        };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };

  /** A field in the chip's place: Enter or leaving it takes the word, Escape and another text do not. */
  function edit(step) {
    if (act.now().tokens !== view.tokens) {
      toEdit = step;
      return act.draw();
    }
    const chip = chips[step].element;
    const { typed } = view.tokens[step];
    const field = html("input", {
      className: "review-field",
      value: typed,
      ariaLabel: "Change the word",
      spellcheck: false,
      dir: "auto",
    });
    field.size = Math.max(4, field.value.length + 1);
    shut = () => {
      shut = null; // first: a field that goes is left
      field.remove();
      chip.hidden = false;
    };
    const finish = (take, back) => {
      if (!shut) return;
      shut();
      focusing = back;
      if (take && field.value !== typed) act.change(step, field.value);
      else act.go(step);
    };
    field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      finish(event.key === "Enter", true);
    };
    field.onblur = () => finish(true, false);
    chip.hidden = true;
    chip.after(field);
    field.focus();
    field.select();
  }

  function addStretch() {
    const stretch = html("div", { className: "review-stretch" });
    list.append(stretch);
    stretches.push(stretch);
    watch.observe(stretch);
    return stretch;
  }

  function addChip() {
    const stretch = stretches[Math.floor(chips.length / STRETCH)] ?? addStretch();
    const element = button("", null, { className: "review-chip", tabIndex: -1, dir: "auto" });
    stretch.append(element);
    chips.push({ element, stretch, text: "", known: true, start: false, moved: 0 });
  }

  function dropChip() {
    const { element, stretch } = chips.pop();
    element.remove();
    if (chips.length % STRETCH || !chips.length) return;
    watch.unobserve(stretch);
    inSight.delete(stretch);
    stretch.remove();
    stretches.pop();
  }

  /** How far P(positive) moved at each word of these stretches. */
  function drawBars(which = inSight) {
    const { p, start } = view.reading;
    chips.forEach((chip, k) => {
      if (!which.has(chip.stretch)) return;
      const moved = 2 * Math.round(50 * (p[k] - (k ? p[k - 1] : (start?.p ?? p[0]))));
      if (moved === chip.moved) return;
      chip.moved = moved;
      const [from, to] = [50, 50 + moved / 2].sort((a, b) => a - b);
      const bar = `linear-gradient(90deg, #0000 ${from}%, var(--mark) ${from}% ${to}%, #0000 ${to}%)`;
      chip.element.style.backgroundImage = moved ? bar : ""; // asks for no layout
    });
  }

  /** The words themselves, each as the model knows it. */
  function spell({ tokens, offset }) {
    while (chips.length < tokens.length) addChip();
    while (chips.length > tokens.length) dropChip();
    stretches.forEach((stretch, k) => {
      const first = k ? String(k * STRETCH - offset + 1) : "";
      if (stretch.dataset.first !== first) stretch.dataset.first = first;
    });
    tokens.forEach(({ typed, known }, k) => {
      const chip = chips[k];
      const { element } = chip;
      const start = k < offset;
      const text = start ? "start" : short(typed);
      if (text === chip.text && known === chip.known && start === chip.start) return;
      if (text !== chip.text) element.textContent = text;
      element.classList.toggle("review-unknown", !known);
      element.classList.toggle("review-start", start);
      element.title = start ? MEANS.start : "";
      if (known) element.removeAttribute("aria-label");
      else element.setAttribute("aria-label", `${text}, unknown to the model`);
      Object.assign(chip, { text, known, start });
    });
  }

  /** One chip is the chosen one, and the list's tab stop. */
  function choose(element) {
    if (element === chosen) return;
    chosen?.removeAttribute("aria-current");
    if (chosen) chosen.tabIndex = -1;
    chosen = element;
    chosen?.setAttribute("aria-current", "true");
    if (chosen) chosen.tabIndex = 0;
  }

  function point(element) {
    if (element === pointed) return;
    pointed?.classList.remove("review-pointed");
    pointed = element;
    pointed?.classList.add("review-pointed");
  }

  return {
    element: list,
    edit,
    draw(next) {
      const last = view;
      view = next;
      const { tokens, reading, step, at } = view;
      put(note, reading.paddings ? `${reading.paddings} × padding` : "");
      note.hidden = !reading.paddings;
      if (tokens !== last?.tokens) {
        shut?.();
        spell(view);
      }
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

  function reveal(chip) {
    if (chip.hidden) return; // a field stands in its place, in sight
    const room = list.getBoundingClientRect();
    const { top, bottom } = chip.getBoundingClientRect();
    if (top < room.top) list.scrollTop += top - room.top - 4;
    else if (bottom > room.bottom) list.scrollTop += bottom - room.bottom + 4;
  }
}
