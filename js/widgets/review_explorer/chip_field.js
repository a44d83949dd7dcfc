import say from "words:review_explorer";
import { html } from "../../kit/dom.js";

/**
 * A field in a chip's place, to change its word: Enter or leaving it takes the word, Escape does not.
 * done(word or null, back): back, if the chip is to have the focus again -> shut(): closes it and takes nothing
 */
export function openField(chip, typed, done) {
  const field = html("input", {
    className: "review-field",
    value: typed,
    ariaLabel: say("chips.field"),
    spellcheck: false,
    dir: "auto",
  });
  field.size = Math.max(4, field.value.length + 1);
  let open = true;
  const shut = () => {
    open = false; // first: a field that goes is left
    field.remove();
    chip.hidden = false;
  };
  const finish = (word, back) => {
    if (!open) return;
    shut();
    done(word, back);
  };
  field.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    finish(event.key === "Enter" ? field.value : null, true);
  };
  field.onblur = () => finish(field.value, false);
  chip.hidden = true;
  chip.after(field);
  field.focus();
  field.select();
  return shut;
}
