// The shapes through embedding, cell and head, the layer's arrays as areas, and what a wrong count has counted.
import { readNumber } from "../../numbers/answers.js";
import { BLOCKS, flow, gatesOf, planOf, readings } from "../../numbers/counts.js";
import { choice, html, slider, svg, tick } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { sizeOf } from "../../kit/size.js";
import { table } from "../../kit/table.js";
import say from "words:shape_tracer";
import "./style.css";

const SIZES = { vocabulary: 10_000_000, inputs: 10_000, units: 10_000, steps: 10_000, batch: 10_000 }; // at most
const FLAGS = ["use_bias", "reset_after", "return_sequences", "bidirectional"];
const SLIDE = 128; // where the sliders end, if the page does not start beyond
const TALL = 200; // pixels, the picture at most

const whole = (value) => value.toLocaleString("en-US");
const shapeOf = (sizes) => `(${sizes.map(whole).join(", ")}${sizes.length === 1 ? "," : ""})`;

export default frame({
  name: "ShapeTracer",
  title: say("title"),
  linked: {
    ...Object.fromEntries(Object.keys(SIZES).map((name) => [name, readSize])),
    ...Object.fromEntries(FLAGS.map((name) => [name, (text) => text === "true"])),
    cell: String,
    reading: String,
  },
  mount(w) {
    const settings = () => {
      const sizes = Object.entries(SIZES).map(([name, most]) => [name, clean(w.get(name), most)]);
      const flags = FLAGS.map((name) => [name, w.get(name) === true]);
      const cell = Object.hasOwn(BLOCKS, w.get("cell")) ? w.get("cell") : "LSTM";
      return { ...Object.fromEntries([...sizes, ...flags]), cell };
    };
    const controls = controlsOf(w, settings());
    const path = pathOf();
    const picture = pictureOf(w);
    const columns = ["array", "shape", "numbers"].map((name) => say(`arrays.${name}`));
    const arrays = table(columns, { className: "shape-arrays" });
    const whole_model = html("p", { className: "shape-whole" });
    const counts = countsOf(w, settings);

    w.body.append(
      controls.element,
      path.element,
      whole_model,
      html("div", { className: "shape-halves" }, html("div", {}, picture.element, arrays.element), counts.element),
    );

    const size = sizeOf(picture.element, w);

    return () => {
      const now = settings();
      const all = readings(now);
      const reading = all.find(({ key }) => key === w.get("reading")) ?? all[0];
      controls.draw(now);
      path.draw(now);
      const model = modelOf(now);
      const percent = Math.round((100 * now.vocabulary * now.inputs) / model);
      whole_model.textContent = say("whole_model", { count: whole(model), percent });
      picture.draw(now, reading.plan, size().width);
      arrays.draw(rowsOf(reading));
      counts.draw(all, reading, model);
    };
  },
});

const modelOf = (settings) => flow(settings).reduce((sum, [, , , parameters]) => sum + (parameters ?? 0), 0);

function readSize(text) {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw new RangeError("no size");
  return size;
}

/** A whole number from 1 to most, whatever a link or Python said. */
const clean = (value, most) => Math.min(Math.max(Math.trunc(Number(value)) || 1, 1), most);

// --- the settings ----------------------------------------------------------------------------------------------------

function controlsOf(w, first) {
  const label = (name) => say(`settings.${name}`);
  const size = (name) =>
    slider({
      label: label(name),
      min: 1,
      max: Math.max(SLIDE, first[name]),
      step: 1,
      value: first[name],
      input: (value) => w.set({ [name]: value }),
      read: whole,
    });
  const field = (name) => {
    const id = w.id(name);
    const expected = html("span", { id, className: "shape-expected", ariaLive: "polite" });
    const input = html("input", {
      type: "number",
      min: 1,
      max: SIZES[name],
      step: 1,
      "aria-describedby": id,
      oninput: () => {
        check();
        if (fits()) w.set({ [name]: input.valueAsNumber });
      },
    });
    const fits = () => input.validity.valid && input.value !== "";
    const check = () => {
      input.setAttribute("aria-invalid", !fits());
      const said = say("settings.expected", { most: whole(SIZES[name]), now: whole(w.get(name)) });
      expected.textContent = fits() ? "" : said;
    };
    const set = (value) => {
      if (input === document.activeElement || input.valueAsNumber === value) return;
      input.value = value;
      check();
    };
    const named = html("label", { className: "shape-field" }, html("span", {}, label(name)), input);
    return { element: html("div", { className: "shape-checked" }, named, expected), set };
  };
  const flag = (name) => tick({ label: name, value: first[name], input: (checked) => w.set({ [name]: checked }) });

  const sliders = { inputs: size("inputs"), units: size("units") };
  const fields = { steps: field("steps"), batch: field("batch"), vocabulary: field("vocabulary") };
  const cell = choice({
    label: label("cell"),
    options: Object.keys(BLOCKS),
    value: first.cell,
    input: (name) => w.set({ cell: name }),
  });
  const flags = Object.fromEntries(FLAGS.map((name) => [name, flag(name)]));
  const elements = (parts) => Object.values(parts).map(({ element }) => element);
  return {
    element: html(
      "div",
      { className: "shape-controls" },
      html("div", {}, ...elements(sliders)),
      html("div", { className: "belt-row" }, cell.element, ...elements(fields)),
      html("div", { className: "belt-row" }, ...elements(flags)),
    ),
    draw(now) {
      for (const [name, part] of Object.entries({ ...sliders, ...fields, ...flags, cell })) {
        if (name in sliders && now[name] > Number(part.input.max)) part.input.max = now[name];
        part.set(now[name]);
      }
      flags.reset_after.element.hidden = now.cell !== "GRU";
    },
  };
}

// --- the way through the model ---------------------------------------------------------------------------------------

/** Arrays and layers in a row; what the last change moved is outlined. */
function pathOf() {
  const items = Array.from({ length: 7 }, (_, k) => {
    const parts = [html("b"), html("span", { className: "shape-letters" }), html("span")];
    return { parts, element: html("li", { className: k % 2 ? "shape-layer" : "shape-array" }, ...parts) };
  });
  let before;
  return {
    element: html(
      "ol",
      { className: "shape-path", ariaLabel: say("path.label") },
      ...items.map(({ element }) => element),
    ),
    draw(now) {
      const named = {
        [now.cell]: now.bidirectional
          ? [say("path.bidirectional", { name: `${now.cell}(${now.units})` }), say("path.two_sets")]
          : [`${now.cell}(${now.units})`, say("path.one_set")],
        h: [say(now.return_sequences ? "path.all_h" : "path.last_h")],
      };
      const texts = flow(now).map(([name, letters, shape, parameters]) => [
        named[name]?.[0] ?? name,
        named[name]?.[1] ?? `(${letters})`,
        parameters === undefined ? shapeOf(shape) : say("path.parameters", { count: whole(parameters) }),
      ]);
      items.forEach(({ parts, element }, k) => {
        parts.forEach((part, n) => (part.textContent = texts[k][n]));
        if (String(texts) !== String(before))
          element.toggleAttribute("data-new", before !== undefined && String(texts[k]) !== String(before[k]));
      });
      before = texts;
    },
  };
}

// --- the arrays as areas ---------------------------------------------------------------------------------------------

// how many rows a plan gives each array
const PARTS = [
  ["kernel", (plan) => (plan.kernel ? plan.D : 0)],
  ["recurrent", (plan) => (plan.recurrent ? plan.H : 0)],
  ["bias", (plan) => plan.biases],
];

/** The arrays that a reading counts, a row each, and their sum. */
function rowsOf({ plan, count }) {
  const rows = PARTS.filter(([, height]) => height(plan)).map(([key, height]) => {
    const wide = plan.blocks.length * plan.H;
    const shape = shapeOf(key === "bias" && plan.biases === 1 ? [wide] : [height(plan), wide]);
    const name = html("span", {}, html("span", { className: `shape-swatch shape-${key}` }), say(`arrays.${key}`));
    const numbers = whole(plan.directions * height(plan) * wide);
    return [name, plan.directions === 2 ? say("arrays.twice", { shape }) : shape, numbers];
  });
  return [...rows, [say("arrays.together"), "", whole(count)]];
}

/** The fused kernel to scale: a column of blocks for each gate. What Keras has and the reading leaves out is dashed and
 * empty; what the reading has on top is dashed and full. */
function pictureOf(w) {
  const drawing = svg("svg", { role: "img" });
  const note = html("p");
  const element = html("div", { className: "shape-picture" }, drawing, note);
  const hatch = w.id("hatch");
  return {
    element,
    draw(now, reading, wide) {
      const keras = planOf(now);
      const moved = reading.D !== keras.D || reading.H !== keras.H; // other sizes: nothing to lay over one another
      const right = moved ? reading : keras;
      const blocks = [...new Set([...right.blocks, ...reading.blocks])];
      const directions = Math.max(right.directions, reading.directions);
      const rows = PARTS.map(([key, height]) => [key, height(right), height(reading)]);
      const high = rows.reduce((sum, [, a, b]) => sum + Math.max(a, b), 0);
      const columns = directions * blocks.length * right.H;
      const gap = directions === 2 ? 12 : 0;
      const scale = Math.min((wide - gap - 4) / columns, TALL / high);
      const block = right.H * scale;
      const shapes = [];
      for (let d = 0; d < directions; d++) {
        blocks.forEach((name, k) => {
          const x = 2 + d * (blocks.length * block + gap) + k * block;
          let y = 18;
          if (block > 10) shapes.push(svg("text", { x: x + block / 2, y: 12 }, name));
          const has = (plan) => d < plan.directions && plan.blocks.includes(name);
          for (const [key, kerasRows, theirRows] of rows) {
            for (const { rows, state } of bands(has(right) ? kerasRows : 0, has(reading) ? theirRows : 0)) {
              const tall = Math.max(rows * scale, 2);
              shapes.push(...area({ x, y, width: block, height: tall, key, name, hatch, state }));
              y += tall;
            }
          }
        });
      }
      const total = 20 + rows.reduce((sum, [, a, b]) => sum + Math.max(a, b) * scale, 0) + 6;
      drawing.setAttribute("width", Math.max(wide, 1));
      drawing.setAttribute("height", total);
      drawing.replaceChildren(pattern(hatch), ...shapes);
      const arrays = rows.map(([key, , n]) => say("picture.array", { name: say(`arrays.${key}`), n })).join(", ");
      drawing.setAttribute("aria-label", say("picture.label", { blocks: blocks.join(", "), n: right.H, arrays }));
      note.textContent = say(moved ? "picture.moved" : "picture.apart");
      note.hidden = JSON.stringify(reading) === JSON.stringify(keras);
    },
  };
}

/** The rows of an array, cut where the plans part. */
function bands(right, reading) {
  const both = Math.min(right, reading);
  const rest = Math.abs(right - reading);
  const found = [];
  if (both) found.push({ rows: both, state: "both" });
  if (rest) found.push({ rows: rest, state: right > reading ? "missing" : "extra" });
  return found;
}

function area({ key, name, hatch, state, ...box }) {
  const gate = `var(--gate-${name}, var(--lstm-faded))`; // z and r of a GRU have no colour of their own
  const fill = state === "missing" ? "none" : key === "bias" ? "var(--lstm-ink)" : gate;
  const shapes = [svg("rect", { ...box, fill, className: `shape-area shape-${state}` })];
  if (key === "recurrent" && state !== "missing") shapes.push(svg("rect", { ...box, fill: `url(#${hatch})` }));
  return shapes;
}

const pattern = (id) =>
  svg(
    "pattern",
    { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    svg("path", { d: "M-2 2l4-4M0 8l8-8M6 10l4-4", stroke: "var(--lstm-background)", "stroke-width": 2 }),
  );

// --- counts, right and wrong -----------------------------------------------------------------------------------------

function countsOf(w, settings) {
  const name = w.id("reading");
  const list = html("div", { className: "shape-readings" });
  const rows = new Map(); // by key
  const answer = html("p", { ariaLive: "polite" });
  const field = html("input", {
    inputMode: "numeric",
    autocomplete: "off",
    size: 9,
    oninput: () => {
      answer.textContent = judge(field.value, settings());
      const found = readings(settings()).find(({ count }) => count === readNumber(field.value).value);
      w.set({ reading: found?.key ?? "right" });
    },
  });
  let counted = ""; // all counts, as they were drawn last
  const row = (key) => {
    const radio = html("input", { type: "radio", name, value: key, onchange: () => w.set({ reading: key }) });
    const parts = [html("span"), html("span", { className: "shape-count" })];
    return { radio, parts, element: html("label", {}, radio, ...parts) };
  };
  return {
    element: html(
      "div",
      {},
      html("label", { className: "shape-yours" }, html("span", {}, say("count.yours")), field),
      answer,
      html("fieldset", {}, html("legend", {}, say("count.legend")), list),
    ),
    draw(all, reading, model) {
      const now = String([model, ...all.map(({ count }) => count)]);
      if (now !== counted) field.value = answer.textContent = ""; // it was typed for another layer
      counted = now;
      for (const [key, { element }] of rows) element.hidden = !all.some((one) => one.key === key);
      all.forEach((one) => {
        const { key, count } = one;
        if (!rows.has(key)) {
          rows.set(key, row(key));
          list.append(rows.get(key).element);
        }
        const { radio, parts } = rows.get(key);
        parts[0].textContent = wordsOf(one);
        parts[1].textContent = whole(count);
        radio.checked = key === reading.key;
      });
    },
  };
}

const wordsOf = ({ key, plan }) => say(`readings.${key}`, { gates: gatesOf(plan.blocks).length });

/** What a count is the right count of. */
function judge(text, settings) {
  if (!text.trim()) return "";
  const given = readNumber(text).value;
  if (!Number.isInteger(given) || given < 0) return say("count.none");
  const all = readings(settings);
  const found = all.filter(({ count }) => count === given);
  if (found[0]?.key === "right") return say("count.right");
  if (found.length) {
    const reading = found.map(wordsOf).reduce((one, other) => say("count.or", { one, other }));
    return say(found.length > 1 ? "count.several" : "count.one", { count: whole(given), reading });
  }
  if (given === modelOf(settings)) return say("count.model");
  return say(given < all[0].count ? "count.more" : "count.fewer");
}
