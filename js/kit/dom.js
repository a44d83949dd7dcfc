// Elements and the controls that all widgets have. Text goes in as text: there is no way here to hand over HTML.

const SVG = "http://www.w3.org/2000/svg";

/** html("button", { type: "button", onclick, ariaLabel: "..." }, "text", child): properties, data-* and aria-* alike. */
export function html(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG, where everything is an attribute. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element[name] = value;
    else if (name === "className") element.setAttribute("class", value);
    else if (!(element instanceof SVGElement) && name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text into an element, where it is another: what is set anew costs a layout, even if it says the same. */
export const put = (element, text) => element.textContent !== text && (element.textContent = text);

/** A number for the eye: fixed digits, a real minus. */
export const number = (value, digits = 3) => value.toFixed(digits).replace("-", "\u2212");

const MOST = 28; // letters of a word that are shown

/** A word of a reader's for the eye: a very long one is cut. */
export const short = (word) => (word.length > MOST ? `${[...word.slice(0, MOST)].slice(0, -1).join("")}…` : word);

/**
 * A slider with a name and its value in words. -> { element, input, set(value) }
 * input(value) is called with each number; read(value) gives what is shown and read out.
 */
export function slider({ label, min, max, step, value, input, read = (v) => number(v, 2), className = "" }) {
  const range = html("input", { type: "range", min, max, step });
  const output = html("output");
  const show = () => {
    const text = read(range.valueAsNumber);
    put(output, text);
    range.setAttribute("aria-valuetext", text);
  };
  const set = (next) => {
    if (range.valueAsNumber !== next) range.value = next;
    show();
  };
  range.oninput = () => {
    show();
    input(range.valueAsNumber);
  };
  set(value);
  return {
    element: html("label", { className: `belt-slider ${className}` }, html("span", {}, label), range, output),
    input: range,
    set,
  };
}

/** A drop-down list. options: [[value, text], ...] or [text, ...]. -> { element, input, set(value), offer(options) } */
export function choice({ label, options, value, input }) {
  const select = html("select", { onchange: () => input(select.value) });
  const set = (next) => select.value !== next && (select.value = next);
  let offered = "";
  /** Other options; the same ones are left as they are. */
  const offer = (list) => {
    const pairs = list.map((option) => (Array.isArray(option) ? option : [option, option]));
    const key = JSON.stringify(pairs);
    if (key === offered) return;
    offered = key;
    select.replaceChildren(...pairs.map(([key, text]) => html("option", { value: key }, text)));
  };
  offer(options);
  set(value);
  const element = html("label", { className: "belt-choice" }, html("span", {}, label), select);
  return { element, input: select, set, offer };
}

/** A button; pressed (true or false) makes it a switch. */
export const button = (text, onclick, properties = {}) =>
  html("button", { type: "button", onclick, ...properties }, text);

/** Nothing more to do for a button: said and shown, and the focus stays where it is. */
export const atEnd = (element, yes) => element.setAttribute("aria-disabled", yes);
export const isAtEnd = (element) => element.getAttribute("aria-disabled") === "true";

/** A tick box. -> { element, input, set(checked) } */
export function tick({ label, value, input }) {
  const box = html("input", { type: "checkbox", onchange: () => input(box.checked) });
  const set = (next) => (box.checked = next);
  set(value);
  return { element: html("label", { className: "belt-tick" }, box, html("span", {}, label)), input: box, set };
}

/** What is wider or taller than its place, and is scrolled there, by keys too. */
export const scroll = (label, ...children) =>
  html("div", { className: "belt-scroll", tabIndex: 0, role: "group", ariaLabel: label }, ...children);

/** A field for the reader's own text, at most `longest` letters. write(text) is called at each of them. */
export function textArea({ label, longest, write }) {
  const field = html("textarea", {
    rows: 2,
    maxLength: longest,
    spellcheck: false,
    dir: "auto",
    ariaLabel: label,
    oninput: () => write(field.value),
  });
  return field;
}
