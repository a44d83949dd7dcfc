// One set of weights, written in the order of one library and read in that of another: no error, another h.
import { cellOf } from "../../numbers/cells.js";
import { apart, HOUSE, misread, step } from "../../numbers/dialects.js";
import { choice, html, number, scroll, svg } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { table } from "../../kit/table.js";
import { ticks } from "../../kit/axis.js";
import say from "words:dialect_switch";
import { symbolAt } from "../../kit/symbols.js";
import "./style.css";

const CURVES = ["sigmoid", "hard_sigmoid_keras2", "hard_sigmoid"];
const BLOCK = 92; // a block's place in the picture, which is 400 wide
const LEFT = 20;
const ROWS = { file: 34, cell: 150, tall: 56 };
const MARKS = ROWS.cell + ROWS.tall + 15; // the line that says what a block is taken for
const SHOWN = 8; // units at most

export default frame({
  name: "DialectSwitch",
  title: say("title"),
  linked: { written: String, read: String, written_curve: String, read_curve: String },
  mount(w) {
    const orders = w.get("orders");
    const names = Object.keys(orders);
    const cell = cellOf(w.get);
    const start = { x: w.get("x"), h: w.get("h"), c: w.get("c") };
    const settings = () => {
      const one = (trait, all) => (all.includes(w.get(trait)) ? w.get(trait) : all[0]);
      return {
        written: one("written", names),
        read: one("read", names),
        written_curve: one("written_curve", CURVES),
        read_curve: one("read_curve", CURVES),
      };
    };
    const result = (written, read, curve) => step(misread(cell, orders[written], orders[read]), start, curve);

    const controls = controlsOf(w, orders, settings());
    const picture = pictureOf();
    const verdict = html("p", { className: "dialect-verdict", ariaLive: "polite" });
    const units = Math.min(cell.units, SHOWN);
    const numbers = numbersOf(units, cell.units);
    const plot = plotOf(units);
    const pairs = pairsOf(names, orders, start.x.length);

    w.body.append(
      controls.element,
      verdict,
      html("div", { className: "dialect-halves" }, picture.element, html("div", {}, numbers.element, plot.element)),
      pairs.element,
    );

    return () => {
      const now = settings();
      const { written, read, written_curve, read_curve } = now;
      const right = result(written, written, written_curve);
      const got = result(written, read, read_curve);
      controls.draw(now);
      picture.draw(written, orders[written], read, orders[read]);
      verdict.textContent = tell(now, orders, right, got);
      numbers.draw(right[0], got[0]);
      plot.draw(right[0].slice(0, units), got[0].slice(0, units));
      pairs.draw(written, read, (one, other) => apart(right, result(one, other, read_curve)));
    };
  },
});

// --- in words --------------------------------------------------------------------------------------------------------

/** Which blocks are taken for which, and by how much the result is off. */
function tell({ written, read, written_curve, read_curve }, orders, right, got) {
  const taken = [...orders[written]]
    .map((letter, place) => ({ letter, slot: orders[read][place] }))
    .filter(({ letter, slot }) => letter !== slot)
    .map((block) => say("verdict.block", block))
    .join(", ");
  const all = taken ? say("verdict.taken", { blocks: taken }) : say("verdict.all_right");
  const blocks = written_curve === read_curve ? all : say("verdict.other_curve", { blocks: all });
  const off = apart(right, got);
  if (off === 0) return say("verdict.right", { blocks });
  const shown = number(apart(right.slice(0, 1), got.slice(0, 1)), 4);
  const n = right.length;
  return say(n > 1 ? "verdict.wrong_over_all" : "verdict.wrong", { blocks, shown, all: number(off, 4), n });
}

// --- the parts on the page -------------------------------------------------------------------------------------------

function controlsOf(w, orders, first) {
  const libraries = Object.entries(orders).map(([name, order]) => [name, `${name}: ${[...order].join(" ")}`]);
  const curves = CURVES.map((name) => [name, say(`curves.${name}`)]);
  const pick = (trait, options) =>
    choice({
      label: say(`controls.${trait}`),
      options,
      value: first[trait],
      input: (value) => w.set({ [trait]: value }),
    });
  const parts = {
    written: pick("written", libraries),
    written_curve: pick("written_curve", curves),
    read: pick("read", libraries),
    read_curve: pick("read_curve", curves),
  };
  return {
    element: html("div", { className: "dialect-controls" }, ...Object.values(parts).map(({ element }) => element)),
    draw(now) {
      for (const [trait, part] of Object.entries(parts)) part.set(now[trait]);
    },
  };
}

/** The blocks as they stand in the file, and below them where the reader's cell puts each. A block keeps its colour. */
function pictureOf() {
  const titles = [ROWS.file - 8, ROWS.cell + ROWS.tall + 34].map((y) => svg("text", { x: 200, y }));
  const blocks = [...HOUSE].map((letter) => {
    const path = svg("path", { stroke: `var(--gate-${letter})` });
    const rows = ["file", "cell"].map(() => blockOf(letter));
    return { letter, path, rows };
  });
  const marks = [...HOUSE].map((slot, k) => {
    const middle = LEFT + (k + 0.5) * BLOCK - 14;
    return { slot, middle, mark: svg("text", { x: middle, y: MARKS, className: "dialect-mark" }), sign: svg("path") };
  });
  const drawing = svg(
    "svg",
    { role: "img", viewBox: "0 0 400 250", className: "dialect-picture" },
    ...titles,
    ...blocks.map(({ path }) => path),
    ...blocks.flatMap(({ rows }) => rows),
    ...marks.flatMap(({ mark, sign }) => [mark, sign]),
  );
  return {
    element: html("div", {}, drawing, html("p", {}, say("picture.words"))),
    draw(written, there, read, expected) {
      titles[0].textContent = say("picture.file", { library: written });
      titles[1].textContent = say("picture.cell", { library: read });
      for (const { letter, path, rows } of blocks) {
        const place = there.indexOf(letter);
        const slot = HOUSE.indexOf(expected[place]);
        const x = (k) => LEFT + k * BLOCK;
        rows[0].style.transform = `translate(${x(place)}px, ${ROWS.file}px)`;
        rows[1].style.transform = `translate(${x(slot)}px, ${ROWS.cell}px)`;
        const middle = BLOCK / 2 - 4;
        const [top, bottom] = [ROWS.file + ROWS.tall, ROWS.cell];
        path.setAttribute(
          "d",
          `M${x(place) + middle} ${top}C${x(place) + middle} ${top + 30} ${x(slot) + middle} ${bottom - 30} ${x(slot) + middle} ${bottom}`,
        );
      }
      for (const one of marks) {
        const { slot, middle, mark, sign } = one;
        const used = there[expected.indexOf(slot)];
        mark.toggleAttribute("data-wrong", used !== slot);
        const right = used === slot;
        mark.textContent = right ? slot : say("as", { letter: used, slot });
        one.sign = symbolAt(right ? "tick" : "cross", middle + (right ? 9 : 31), MARKS);
        sign.replaceWith(one.sign);
      }
      const used = marks.map(({ slot }) => say("as", { letter: there[expected.indexOf(slot)], slot })).join(", ");
      drawing.setAttribute("aria-label", say("picture.label", { file: [...there].join(" "), used }));
    },
  };
}

/** A block of columns with its letter. */
function blockOf(letter) {
  const wide = BLOCK - 8;
  const columns = [1, 2, 3, 4].map((k) => `M${(k * wide) / 5} 0v${ROWS.tall}`).join("");
  return svg(
    "g",
    {},
    svg("rect", { width: wide, height: ROWS.tall, rx: 3, fill: `var(--gate-${letter})` }),
    svg("path", { d: columns, className: "dialect-columns" }),
    svg("text", { x: wide / 2, y: ROWS.tall / 2 + 7 }, letter),
  );
}

/** The numbers of the first units, counted from 0 as code does. */
function numbersOf(units, all) {
  const caption = say(units < all ? "numbers.caption_first" : "numbers.caption", { n: units, all });
  const head = ["unit", "right", "returned", "difference"].map((name) => say(name));
  const { element, draw } = table(head, { className: "dialect-numbers", caption });
  const row = (right, got) => (_, u) => [u, ...[right[u], got[u], got[u] - right[u]].map((value) => number(value, 4))];
  return { element, draw: (right, got) => draw(Array.from({ length: units }, row(right, got))) };
}

/** Both results, on a scale that just holds them: a disc for what is right, a ring for what came back. */
function plotOf(units) {
  const [wide, tall] = [44, 140];
  const marks = Array.from({ length: units }, (_, u) => {
    const x = 46 + u * wide;
    return {
      line: svg("path", { className: "dialect-gap" }),
      disc: svg("circle", { cx: x, r: 4, className: "dialect-right" }),
      ring: svg("circle", { cx: x, r: 6, className: "dialect-got" }),
      label: svg("text", { x, y: tall + 30 }, String(u)),
      x,
    };
  });
  const lines = svg("g");
  const drawing = svg(
    "svg",
    { role: "img", viewBox: `0 0 ${units * wide + 34} ${tall + 36}`, className: "dialect-plot" },
    lines,
    ...marks.flatMap(({ line, disc, ring, label }) => [line, disc, ring, label]),
  );
  return {
    element: html("div", {}, drawing, html("p", {}, say("plot.words"))),
    draw(right, got) {
      const least = Math.min(...right, ...got);
      const most = Math.max(...right, ...got);
      const rest = Math.max(0.05 - (most - least), 0) / 2; // one unit alone may have no spread
      const [low, high] = [least - rest, most + rest];
      const y = (value) => 10 + ((high - value) / (high - low)) * tall;
      lines.replaceChildren(
        ...ticks(low, high, (high - low) / 5).flatMap((value) => [
          svg("path", { d: `M32 ${y(value)}h${units * wide}`, className: "dialect-grid" }),
          svg("text", { x: 16, y: y(value) + 4 }, number(value, 2)),
        ]),
      );
      marks.forEach(({ line, disc, ring, x }, u) => {
        disc.setAttribute("cy", y(right[u]));
        ring.setAttribute("cy", y(got[u]));
        line.setAttribute("d", `M${x} ${y(right[u])}V${y(got[u])}`);
      });
      drawing.setAttribute("aria-label", say("plot.label"));
    },
  };
}

/** The largest difference for every pair, and where the chosen one stands; worked out only while it is open. */
function pairsOf(names, orders, sequences) {
  const label = say(sequences > 1 ? "pairs.label_over_all" : "pairs.label", { n: sequences });
  const all = table([say("pairs.corner"), ...names], { className: "dialect-pairs" });
  let redraw = () => {};
  const element = html("details", { ontoggle: () => redraw() }, html("summary", {}, label), scroll(label, all.element));
  return {
    element,
    draw(written, read, difference) {
      redraw = () => {
        if (!element.open) return;
        const row = (one) => names.map((other) => number(difference(one, other), 4));
        all.draw(names.map((one) => [`${one} ${orders[one]}`, ...row(one)]));
        all.element.querySelector("[aria-current]")?.removeAttribute("aria-current");
        all.rows[names.indexOf(written)].cells[1 + names.indexOf(read)].setAttribute("aria-current", "true");
      };
      redraw();
    },
  };
}
