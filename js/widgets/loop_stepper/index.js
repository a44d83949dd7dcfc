// The loop of chapter 1, line by line: the line that has just run is lit, and what it changed stands beside it.
import { atEnd, button, html, number, slider, svg } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { finite, LARGEST, whole } from "../../kit/link.js";
import { fading, layer, loop } from "../../numbers/loop.js";
import "./style.css";

const LONGEST = 20; // steps
const PAUSE = 900; // milliseconds between two lines while it plays
const COLUMN = 42; // pixels of the picture for a step
const GAP = 10; // between two steps, where the state goes on
const BAR = 26; // the longest bar
const ROWS = { input: 50, output: 128 }; // where the bars stand
const PER_STEP = 3; // lines in the loop's body, with its head

export default frame({
  name: "LoopStepper",
  title: "The loop, line by line",
  linked: { sequence: readSequence, keep: finite, at: whole },
  mount(w) {
    const kernel = w.get("kernel");
    const cell = kernel.length ? flatCell(kernel, w.get("recurrent_kernel"), w.get("bias")) : null;
    const units = cell?.units ?? 1;
    const inputs = cell ? kernel.length : 1;
    const first = fits(w.get("sequence"), inputs) ? w.get("sequence") : [Array(inputs).fill(1)];

    const code = codeOf(cell);
    const told = html("p", { className: "loop-told" });
    const variables = variablesOf(cell, inputs);
    const picture = pictureOf(inputs, units, (t) => go(3 + PER_STEP * t));
    const history = html("tbody");
    const input = inputOf(w, inputs);
    const keep = slider({
      label: "share kept",
      min: -1.5,
      max: 1.5,
      step: 0.05,
      value: w.get("keep"),
      input: (value) => w.set({ keep: value }),
    });

    const runFor = (sequence, share) => ({ share, ...runOf(sequence, cell, share, units) });
    const before = runFor(first, w.get("keep")); // what the reader's changes are held against
    let run; // of the last sequence drawn
    const at = () => Math.min(Math.max(Math.trunc(w.get("at")) || 0, 0), run.steps.length - 1);
    const go = (next, spoken = true) => {
      w.set({ at: Math.min(Math.max(next, 0), run.steps.length - 1) });
      if (spoken) w.speak(tell(run.steps[at()], run, cell));
    };

    let timer = 0;
    const pause = () => {
      clearTimeout(timer);
      timer = 0;
      w.draw();
    };
    const beat = () => {
      go(at() + 1, false);
      if (at() < run.steps.length - 1) timer = setTimeout(beat, PAUSE);
      else {
        pause();
        w.speak(tell(run.steps[at()], run, cell));
      }
    };
    const play = button("Play", () => {
      if (timer) return pause();
      if (at() === run.steps.length - 1) go(0, false);
      timer = setTimeout(beat, PAUSE);
      w.draw();
    });
    const move = (next) => {
      pause();
      go(next());
    };
    const back = button("Back", () => move(() => at() - 1));
    const step = button("Step", () => move(() => at() + 1));
    const place = slider({
      label: "reached",
      min: 0,
      max: 1,
      step: 1,
      value: 0,
      input: (value) => {
        pause();
        go(value, false);
      },
      read: (value) => (run ? placeOf(run.steps[value]) : ""),
    });
    w.signal.addEventListener("abort", () => clearTimeout(timer));

    w.body.append(
      html(
        "div",
        { className: "loop-halves" },
        html(
          "div",
          {},
          code.element,
          told,
          html("div", { className: "belt-row" }, back, step, play),
          place.element,
          cell ? null : keep.element,
          input.element,
        ),
        html("div", {}, variables.element, picture.element),
      ),
      html(
        "details",
        {},
        html("summary", {}, "All steps in numbers"),
        html(
          "div",
          { className: "belt-scroll", tabIndex: 0, role: "group", ariaLabel: "All steps in numbers" },
          html(
            "table",
            {},
            html(
              "thead",
              {},
              html(
                "tr",
                {},
                ...["step", "input_t", "output_t", "output moved by"].map((name) => html("th", { scope: "col" }, name)),
              ),
            ),
            history,
          ),
        ),
      ),
    );

    return () => {
      const sequence = fits(w.get("sequence"), inputs) ? w.get("sequence") : first;
      const share = Number.isFinite(w.get("keep")) ? w.get("keep") : 0.5;
      const key = JSON.stringify([sequence, share]);
      if (run?.key !== key) run = { key, ...runFor(sequence, share) };
      const now = run.steps[at()];

      code.draw(now, share);
      told.textContent = tell(now, run, cell);
      variables.draw(now, run);
      place.input.max = run.steps.length - 1;
      place.set(at());
      keep.set(share);
      input.draw(sequence);
      picture.draw(now, run, before);
      atEnd(back, at() === 0);
      atEnd(step, now.ended === true);
      play.hidden = w.calm();
      play.textContent = timer ? "Pause" : "Play";
      const rows = run.steps.filter(({ line, t }) => line === 2 && t <= now.t - (now.line === 1 && !now.ended ? 1 : 0));
      history.replaceChildren(
        ...rows.map(({ t, input, output }) =>
          html(
            "tr",
            {},
            html("th", { scope: "row" }, String(t)),
            html("td", {}, list(input)),
            html("td", {}, list(output)),
            html("td", {}, moved(output, outputAt(before, t))),
          ),
        ),
      );
    };
  },
});

// --- the run ---------------------------------------------------------------------------------------------------------

/** A cell for js/numbers from the nested lists of the traits. */
function flatCell(kernel, recurrent, bias) {
  return {
    kernel: Float64Array.from(kernel.flat()),
    recurrent: Float64Array.from(recurrent.flat()),
    bias: bias.length ? Float64Array.from(bias) : null,
    units: recurrent.length,
  };
}

const weightsOf = (cell) => (cell ? [cell.kernel, cell.recurrent, cell.bias].filter(Boolean) : []);

/** All that the loop does with a sequence, and how many numbers of each weight it changes: counted, not taken for
 * granted. */
function runOf(sequence, cell, share, units) {
  const before = weightsOf(cell).map((weight) => weight.slice());
  const inputs = sequence.map((x) => Float64Array.from([x].flat()));
  const steps = [...loop(inputs, cell ? layer(cell) : fading(share), units)];
  const changed = weightsOf(cell).map((weight, k) => {
    const count = weight.filter((value, at) => !Object.is(value, before[k][at])).length;
    return `${count} changed`;
  });
  return { steps, length: sequence.length, changed };
}

const outputAt = (run, t) => run.steps[2 + PER_STEP * t]?.output;

/** By how much an output differs from the first run's, in the unit where it differs most. */
const moved = (output, old) =>
  old ? brief(Math.max(...output.map((value, k) => Math.abs(value - old[k])))) : "\u2013";

// --- in words --------------------------------------------------------------------------------------------------------

const short = (value) => String(Number(value.toPrecision(4))).replace("-", "\u2212");

/** Three digits where there is little room: 0.00243, 7e-5. */
function brief(value) {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 1e5) ? value.toExponential(0) : Number(value.toPrecision(3));
  return String(text).replace("e+", "e").replaceAll("-", "\u2212");
}

/** The numbers of a variable: one as it is, several as NumPy prints a row. */
function list(values) {
  if (!values) return "\u2013";
  if (values.length === 1) return short(values[0]);
  const shown = [...values.slice(0, 8)].map((value) => number(value));
  return `[${shown.join(" ")}${values.length > 8 ? " \u2026" : ""}]`;
}

const placeOf = ({ line, t, ended }) => (ended ? "the end" : t < 0 ? "line 1" : `step ${t}, line ${line + 1}`);

/** What the line has done. */
function tell(now, { share, length }, cell) {
  const { line, t, input, output, before, ended } = now;
  if (ended) return "Nothing is left to read: the loop ends. The next sequence starts from zero again.";
  if (line === 0) return "The state starts at zero: nothing has been read.";
  if (line === 1) return `Step ${t}, the last is ${length - 1}: input_t takes the next value.`;
  if (line === 3) return "The output becomes the state that the next step will see.";
  if (!cell) return `${short(share)} \u00d7 ${short(before[0])} + ${short(input[0])} = ${short(output[0])}`;
  const { kernel, recurrent, bias, units } = cell;
  const dot = (x, matrix) => x.reduce((sum, value, k) => sum + value * matrix[k * units], 0);
  const terms = [dot(input, kernel), dot(before, recurrent), ...(bias ? [bias[0]] : [])].map((term) => number(term));
  const names = `from input_t, from state_t${bias ? ", the bias" : ""}`;
  return `First unit: tanh(${terms.join(" + ").replaceAll("+ \u2212", "\u2212 ")}) = ${number(output[0])} (${names}).`;
}

// --- the parts on the page -------------------------------------------------------------------------------------------

function codeOf(cell) {
  const f = html("code");
  const lines = [
    cell ? `state_t = zeros(${cell.units})` : "state_t = 0",
    "for input_t in input_sequence:",
    "    output_t = f(input_t, state_t)",
    "    state_t = output_t",
  ].map((text) => html("li", {}, html("code", {}, text)));
  return {
    element: html(
      "div",
      { className: "loop-code" },
      html("ol", {}, ...lines),
      html("p", {}, "\u25b6 the line that has just run, with ", f),
    ),
    draw(now, share) {
      lines.forEach((line, k) => {
        if (k === now.line) line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      });
      f.textContent = cell
        ? `f(x, h) = tanh(x @ kernel + h @ recurrent_kernel${cell.bias ? " + bias" : ""})`
        : `f(input_t, state_t) = ${short(share)} * state_t + input_t`;
    },
  };
}

function variablesOf(cell, inputs) {
  const units = cell?.units ?? 1;
  const row = (name, shape, className = null) => {
    const value = html("td", { className });
    return {
      value,
      element: html("tr", {}, html("th", { scope: "row" }, html("code", {}, name)), html("td", {}, shape), value),
    };
  };
  const size = (n) => (cell ? `(${n},)` : "()");
  const lines = Math.ceil(Math.min(Math.max(inputs, units), 8) / 3); // that a value takes where the page is narrow
  const rows = {
    input: row("input_t", size(inputs), "loop-value"),
    output: row("output_t", size(cell?.units), "loop-value"),
    state: row("state_t", size(cell?.units), "loop-value"),
  };
  const changes = [["state"], ["input"], ["output"], ["state"]]; // by each line
  const weights = weightsOf(cell).map((_, k) => {
    const name = ["kernel", "recurrent_kernel", "bias"][k];
    return row(name, [`(${inputs}, ${cell.units})`, `(${cell.units}, ${cell.units})`, `(${cell.units},)`][k]);
  });
  return {
    element: html(
      "div",
      { className: "loop-variables", style: `--lines: ${lines}` },
      html(
        "table",
        {},
        html("caption", {}, cell ? "The variables" : "The variables; shape () means one number"),
        html(
          "thead",
          {},
          html("tr", {}, ...["name", "shape", "value"].map((name) => html("th", { scope: "col" }, name))),
        ),
        html(
          "tbody",
          {},
          ...Object.values(rows).map(({ element }) => element),
          ...weights.map(({ element }) => element),
        ),
      ),
    ),
    draw(now, run) {
      for (const [name, { value, element }] of Object.entries(rows)) {
        const fresh = !now.ended && changes[now.line].includes(name);
        value.textContent = list(now[name]);
        element.toggleAttribute("data-new", fresh);
      }
      weights.forEach(({ value }, k) => (value.textContent = run.changed[k]));
    },
  };
}

/** The steps side by side: bars for what came in and for what went out, an arrow where the state went on. */
function pictureOf(inputs, units, chosen) {
  const columns = [];
  const drawing = svg("svg", { role: "img", height: 172 });
  const view = html(
    "div",
    { className: "belt-scroll", tabIndex: 0, role: "group", ariaLabel: "The steps side by side" },
    drawing,
  );
  const words =
    "The steps: input above, output below. The arrow is the state on its way to the next step. " +
    "Dashed: the first run, where you have changed it.";
  const column = (t) => {
    const ground = svg("rect", { x: 1, y: 1, width: COLUMN, height: 170, rx: 4, className: "loop-ground" });
    const input = svg("g", { className: "loop-input" });
    const old = svg("g", { className: "loop-first" });
    const output = svg("g", { className: "loop-output" });
    const arrow = svg("path", { className: "loop-arrow", d: `M${COLUMN + 2} ${ROWS.output}h${GAP - 2}l-4-4m4 4l-4 4` });
    const group = svg(
      "g",
      { transform: `translate(${t * (COLUMN + GAP)} 0)`, onclick: () => chosen(t) },
      ground,
      svg("text", { x: COLUMN / 2, y: 15 }, String(t)),
      input,
      svg("path", { className: "loop-arrow", d: `M${COLUMN / 2} 82v14l-4-4m4 4l4-4` }),
      output,
      old,
      arrow,
    );
    return { group, ground, input, old, output, arrow };
  };
  return {
    element: html("div", { className: "loop-picture" }, view, html("p", {}, words)),
    draw(now, run, before) {
      while (columns.length > run.length) columns.pop().group.remove();
      while (columns.length < run.length) {
        columns.push(column(columns.length));
        drawing.append(columns.at(-1).group);
      }
      drawing.setAttribute("width", (COLUMN + GAP) * run.length);
      const reach = (name) => Math.max(...run.steps.flatMap((step) => [...(step[name] ?? [])].map(Math.abs)), 1e-12);
      const olds = columns.map((_, t) => outputAt(before, t) ?? []);
      const most = {
        input: reach("input"),
        output: Math.max(reach("output"), ...olds.flatMap((h) => [...h].map(Math.abs))),
      };
      columns.forEach(({ group, ground, input, old, output, arrow }, t) => {
        const read = t < now.t || (t === now.t && now.line >= 1);
        const done = t < now.t || (t === now.t && (now.line >= 2 || now.ended));
        const passed = t < now.t || (t === now.t && (now.line === 3 || now.ended));
        const values = run.steps[2 + PER_STEP * t];
        group.toggleAttribute("data-read", read);
        ground.toggleAttribute("data-now", t === now.t && !now.ended);
        bars(input, values.input, inputs, ROWS.input, most.input);
        const changed = done && olds[t].some((value, k) => value !== values.output[k]);
        bars(old, changed ? olds[t] : [], units, ROWS.output, most.output, false);
        bars(output, done ? values.output : [], units, ROWS.output, most.output);
        arrow.toggleAttribute("data-off", !passed || t === run.length - 1);
      });
      drawing.setAttribute(
        "aria-label",
        `${run.length} steps: the input above, as bars, the output below. ${placeOf(now)}. ${now.output ? `Output ${list(now.output)}.` : "No output yet."}`,
      );
      const left = now.t * (COLUMN + GAP);
      if (left < view.scrollLeft || left + COLUMN > view.scrollLeft + view.clientWidth)
        view.scrollLeft = left - view.clientWidth / 2;
    },
  };
}

/** A bar for each number, up or down from the line, and the number itself where there is only one. */
function bars(group, values, places, y, most, written = true) {
  const wide = Math.min((COLUMN - 8) / places, 12);
  const from = (COLUMN - wide * places) / 2;
  group.replaceChildren(
    svg("path", { d: `M4 ${y}h${COLUMN - 8}` }),
    ...[...values].map((value, k) => {
      const tall = (BAR * Math.abs(value)) / most;
      return svg("rect", {
        x: from + k * wide + Math.min(1, wide / 8),
        y: value < 0 ? y : y - tall,
        width: wide - 2 * Math.min(1, wide / 8),
        height: tall,
      });
    }),
    ...(written && values.length === 1 && places === 1
      ? [svg("text", { x: COLUMN / 2, y: y + (values[0] < 0 ? -4 : 14) }, brief(values[0]))]
      : []),
  );
}

// --- the sequence, to be written by the reader -----------------------------------------------------------------------

function inputOf(w, inputs) {
  const several = inputs > 1;
  const wrong = html("p", { id: w.id("wrong"), className: "loop-wrong", ariaLive: "polite" });
  const field = html(several ? "textarea" : "input", {
    spellcheck: false,
    autocomplete: "off",
    "aria-describedby": w.id("wrong"),
    oninput: () => {
      const { sequence, error } = parse(field.value, inputs);
      wrong.textContent = error ?? "";
      field.setAttribute("aria-invalid", String(Boolean(error)));
      if (sequence) w.set({ sequence });
    },
  });
  if (several) field.rows = 6;
  const label = several ? `input_sequence: a step a line, ${inputs} numbers each` : "input_sequence";
  return {
    element: html("div", {}, html("label", { className: "loop-sequence" }, html("span", {}, label), field), wrong),
    draw(sequence) {
      if (JSON.stringify(parse(field.value, inputs).sequence) === JSON.stringify(sequence)) return;
      if (field === document.activeElement && field.getAttribute("aria-invalid") === "true") return; // being written
      field.value = several ? sequence.map((row) => row.join("  ")).join("\n") : sequence.flat().join(" ");
      field.setAttribute("aria-invalid", "false");
      wrong.textContent = "";
    },
  };
}

/** { sequence } from what somebody wrote, or { error } in words. */
function parse(text, inputs) {
  const numbers = (line) =>
    line
      .replaceAll("\u2212", "-")
      .split(/[\s,;[\]]+/)
      .filter(Boolean)
      .map(Number);
  const rows =
    inputs > 1
      ? text
          .split("\n")
          .filter((line) => line.trim())
          .map(numbers)
      : numbers(text).map((x) => [x]);
  if (!rows.length) return { error: "Write at least one step." };
  if (rows.length > LONGEST) return { error: `At most ${LONGEST} steps, these are ${rows.length}.` };
  for (const [t, row] of rows.entries()) {
    if (!row.every(Number.isFinite)) return { error: `Step ${t} holds something that is no number.` };
    if (row.some((value) => Math.abs(value) > LARGEST)) return { error: `Step ${t} goes beyond ${LARGEST}.` };
    if (row.length !== inputs) return { error: `Step ${t}: expected ${inputs} numbers, got ${row.length}.` };
  }
  return { sequence: inputs > 1 ? rows : rows.flat() };
}

const fits = (sequence, inputs) =>
  Array.isArray(sequence) &&
  sequence.length >= 1 &&
  sequence.length <= LONGEST &&
  sequence.every((step) => [step].flat().length === inputs && [step].flat().every(Number.isFinite));

function readSequence(text) {
  const sequence = JSON.parse(text);
  if (!Array.isArray(sequence) || !sequence.flat().every((value) => Math.abs(value) <= LARGEST))
    throw new TypeError("no sequence");
  return sequence;
}
