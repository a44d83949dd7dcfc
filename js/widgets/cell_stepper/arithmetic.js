// The open node's arithmetic: its terms one below the other, weights as sliders, the sum, and what becomes of it.
import say from "words:cell_stepper";
import { PARTS } from "../../kit/colours.js";
import { html, number, scroll } from "../../kit/dom.js";
import { table } from "../../kit/table.js";
import { makeRoom } from "./inputs.js";
import { letterOf, meaningOf } from "./meaning.js";

const SIGNS = { sigmoid: "σ", hard_sigmoid: "hard σ", hard_sigmoid_keras2: "hard σ", tanh: "tanh" };

/** weigh(weight, value) is called -> { element, draw(now, what) }, what being `made` of js/numbers/turn.js */
export function arithmetic(weigh) {
  const called = html("strong");
  const meant = html("span");
  const terms = table(["term", "value", "weight", "product"].map((name) => say(`terms.${name}`)));
  const box = scroll("", terms.element);
  box.classList.add("cell-terms");
  const result = html("p", { className: "cell-result" });
  const element = html("div", { className: "cell-sum" }, html("p", {}, called, ": ", meant), box, result);
  let shape; // what the sliders were made for
  let sliders = []; // a term each, null for one without a weight

  function draw({ stage, part, unit, units, x, cell }, what) {
    const letter = letterOf(stage, part);
    called.textContent = units > 1 ? say("of_unit", { letter, unit }) : letter;
    called.className = `cell-letter lstm-${PARTS.includes(letter) ? letter : "plain"}`;
    meant.textContent = meaningOf(stage, part);
    element.style.setProperty("--rows", x.length + units + (cell.bias ? 1 : 0)); // of a layer, which has the most
    const nameOf = ({ name, index }) => {
      if (name === "bias") return say("terms.bias");
      return { x: x.length, h: units }[name] > 1 ? `${name}[${index}]` : name;
    };
    const next = `${stage} ${part} ${unit}`;
    if (next !== shape) {
      shape = next;
      sliders = what.terms.map((term) => {
        const name = say("terms.weight_of", { term: nameOf(term), letter });
        return term.weight ? weightSlider(name, (value) => weigh(term.weight, value)) : null;
      });
      box.hidden = what.terms.length === 0;
      box.setAttribute("aria-label", say("terms.title", { letter }));
      terms.name(2, say(what.terms.some(({ weight }) => weight) ? "terms.weight" : "terms.times"));
    }
    terms.draw(what.terms.map((term, k) => row(term, nameOf(term), sliders[k])));
    result.textContent = resultOf(part, letter, x, what);
  }

  return { element, draw };
}

function row({ name, value, times, product }, called, slider) {
  slider?.set(times ?? value);
  const factor = slider?.element ?? (times === null ? "" : number(times));
  return [called, name === "bias" ? "" : number(value), factor, number(product)];
}

/** The last line: what is made of the sum. */
function resultOf(part, letter, x, { squash, sum, value }) {
  const shown = number(value, 6);
  if (part === "x" && x.length > 1) return `x = [${Array.from(x, (v) => number(v)).join(", ")}]`;
  return squash ? `${letter} = ${SIGNS[squash]}(${number(sum)}) = ${shown}` : `${letter} = ${shown}`;
}

/** A slider in a cell of the table, its name for those who do not see the table. */
function weightSlider(name, input) {
  const range = html("input", { type: "range", step: 0.1, min: -8, max: 8, ariaLabel: name });
  const output = html("output");
  range.oninput = () => input(range.valueAsNumber);
  const set = (value) => {
    makeRoom(range, value, 8);
    if (range.valueAsNumber !== value) range.value = value;
    output.textContent = number(value, 2);
    range.setAttribute("aria-valuetext", output.textContent);
  };
  return { element: html("div", { className: "cell-weight" }, range, output), set };
}
