// The elements of the words, in stretches of fifty: what changes in one lays out none of the others.
import { button, html } from "../../kit/dom.js";

const STRETCH = 50;

/**
 * list: the element they stand in; seen(): called when others come into sight; signal: for when they leave the page
 * -> { first: an element, chips: [{ element, stretch, ...what is drawn }], resize(count), number(offset), inSight(chip) }
 */
export function chipStretches(list, seen, signal) {
  const stretches = [];
  const chips = [];
  const visible = new Set();
  const watch = new IntersectionObserver(
    (found) => {
      for (const { target, isIntersecting } of found) visible[isIntersecting ? "add" : "delete"](target);
      seen();
    },
    { root: list },
  );
  signal.addEventListener("abort", () => watch.disconnect());
  addStretch();

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
    chips.push({ element, stretch, text: "", known: true, start: false, long: 0, tint: "" });
  }

  function dropChip() {
    const { element, stretch } = chips.pop();
    element.remove();
    if (chips.length % STRETCH || !chips.length) return;
    watch.unobserve(stretch);
    visible.delete(stretch);
    stretch.remove();
    stretches.pop();
  }

  return {
    chips,
    first: stretches[0],
    resize(count) {
      while (chips.length < count) addChip();
      while (chips.length > count) dropChip();
    },
    /** In front of each stretch stands the number of its first word. */
    number(offset) {
      stretches.forEach((stretch, k) => {
        const first = k ? String(k * STRETCH - offset + 1) : "";
        if (stretch.dataset.first !== first) stretch.dataset.first = first;
      });
    },
    inSight: ({ stretch }) => visible.has(stretch),
  };
}
