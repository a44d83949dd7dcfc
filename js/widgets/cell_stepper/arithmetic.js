// The open node's arithmetic: its terms one below the other, weights as sliders, the sum, and what becomes of it.
import { html, number } from "../../kit/dom.js";
import { makeRoom } from "./inputs.js";

const SIGNS = { sigmoid: "σ", hard_sigmoid: "hard σ", hard_sigmoid_keras2: "hard σ", tanh: "tanh" };
const GATES = {
  // what a layer is called, and what its value says
  f: ["f", "the forget gate: how much of the belt is kept"],
  i: ["i", "the input gate: how much of the candidate is put on"],
  g: ["g", "the candidate: what could be put on"],
  o: ["o", "the output gate: how much of the belt is read"],
  f_times_c: ["f · c", "what is kept of the belt"],
  i_times_g: ["i · g", "what is put on the belt"],
  plus: ["c", "the new belt"],
  tanh_c: ["tanh(c)", "the belt, squashed for reading"],
  o_times_c: ["h", "the new output"],
  x: ["x", "the input of this turn"],
  h_prev: ["h", "the output of the last turn"],
  c_prev: ["c", "the belt as the last turn left it"],
};
const ELSEWHERE = {
  loop: { g: ["h", "the new output"] },
  belt: { g: ["g", "what is put on the belt"], tanh_c: ["h", "the new output: the belt through tanh"] },
  gates: {},
};

const spoken = (stage, part) => ELSEWHERE[stage][part] ?? GATES[part];

/** What a part computes, as a letter: f, f · c, c, tanh(c), h. */
export const letterOf = (stage, part) => spoken(stage, part)[0];

export function arithmetic(weigh) {
  const called = html("strong");
  const meant = html("span");
  const body = html("tbody");
  const head = html(
    "tr",
    {},
    ...["term", "value", "weight", "product"].map((name) => html("th", { scope: "col" }, name)),
  );
  const table = html("table", {}, html("thead", {}, head), body);
  const scroll = html("div", { className: "belt-scroll cell-terms", tabIndex: 0, role: "region" }, table);
  const result = html("p", { className: "cell-result" });
  const element = html("div", { className: "cell-sum" }, html("p", {}, called, ": ", meant), scroll, result);
  let shape; // what the rows were built for
  let rows = [];

  /** -> the part in words */
  function draw({ stage, part, unit, units, x, cell }, what) {
    const [letter, meaning] = spoken(stage, part);
    const name = units > 1 ? `${letter}, unit ${unit}` : letter;
    called.textContent = name;
    called.className = `cell-letter lstm-${letter in GATES || letter === "c" || letter === "h" ? letter : "plain"}`;
    meant.textContent = meaning;
    element.style.setProperty("--rows", x.length + units + (cell.bias ? 1 : 0)); // of a layer, which has the most
    const next = `${stage} ${part} ${unit}`;
    if (next !== shape) {
      shape = next;
      rows = what.terms.map((term) => row(term, `${letter}`, { x: x.length, h: units }));
      body.replaceChildren(...rows.map(({ element }) => element));
      scroll.hidden = rows.length === 0;
      scroll.setAttribute("aria-label", `The terms of ${letter}`);
      head.cells[2].textContent = what.terms.some(({ weight }) => weight) ? "weight" : "times";
    }
    what.terms.forEach((term, k) => rows[k].draw(term));
    const value = number(what.value, 6);
    if (part === "x" && x.length > 1) result.textContent = `x = [${Array.from(x, (v) => number(v)).join(", ")}]`;
    else if (what.squash) result.textContent = `${letter} = ${SIGNS[what.squash]}(${number(what.sum)}) = ${value}`;
    else result.textContent = `${letter} = ${value}`;
    return `${name}, ${meaning}:`;
  }

  function row(term, letter, sizes) {
    const called = sizes[term.name] > 1 ? `${term.name}[${term.index}]` : term.name;
    const cells = ["value", "times", "product"].map(() => html("td"));
    const control = term.weight && weightSlider(`weight of ${called} in ${letter}`, (value) => weigh(place, value));
    if (control) cells[1].append(control.element);
    const place = term.weight;
    const write = ({ value, times, product }) => {
      cells[0].textContent = term.name === "bias" ? "" : number(value);
      if (control) control.set(times ?? value);
      else cells[1].textContent = times === null ? "" : number(times);
      cells[2].textContent = number(product);
    };
    return { element: html("tr", {}, html("th", { scope: "row" }, called), ...cells), draw: write };
  }

  return { element, draw };
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
