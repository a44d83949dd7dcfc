// The trained network reads a reader's text: words, gates, belt and prediction, and the arithmetic behind each square.
import { theme } from "../../kit/colours.js";
import { atEnd, button, choice, html, isAtEnd, number, put, tick } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { loadNetwork } from "../../numbers/models.js";
import { openActs } from "./acts.js";
import { arithmetic } from "./arithmetic.js";
import { curve } from "./curve.js";
import { differencePanel } from "./difference_panel.js";
import { glossary, MEANS } from "./glossary.js";
import { heatmap } from "./heatmap.js";
import { holdPanel } from "./holds.js";
import { parts } from "./parts.js";
import { pushes } from "./pushes.js";
import { rankingPanel } from "./ranking.js";
import { WORDS } from "./scales.js";
import { looker, openFirst, SORTS } from "./state.js";
import { tabs } from "./tabs.js";
import { unitTable } from "./unit_table.js";
import { short, wordName, words } from "./words.js";
import "./style.css";

const text = (value) => value;
const json = JSON.parse;
const LONGEST = 100_000; // letters that the field takes: 500 words are read, and a browser's field is slow with a novel

export default frame({
  name: "ReviewExplorer",
  title: "A trained LSTM reads a review",
  linked: {
    text,
    base: text,
    unit: Number,
    step: Number,
    part: text,
    sort: text,
    holds: json,
    compare: json,
    stretch: json,
    panel: text,
    ranked: text,
  },
  mount,
});

function mount(w) {
  const look = looker();
  const first = openFirst(w.get("first"));
  let network = null;
  let view = null;
  let pointed = null; // what the mouse moved over last: { step, unit }; a key puts an end to it
  let opened = false; // a square was: its sum is to be read out
  let trouble = "";

  const now = () => look(w.get, network, first, theme());
  const acts = openActs(w, now);
  const act = {
    ...acts,
    open() {
      acts.open();
      opened = true;
    },
    holdThis(candidate) {
      acts.holdThis(candidate);
      below.focus("hold"); // the button that was pressed goes
    },
    point(step, unit = view?.unit) {
      pointed = step === null ? null : { step, unit };
      w.draw();
    },
  };
  w.body.addEventListener("keydown", () => act.point(null));

  // --- the text
  const reviews = w.get("reviews");
  const ready = choice({
    label: "A ready review",
    options: [["", "your own"], ...reviews.map(({ name }, k) => [String(k), name])],
    value: "",
    input: (k) => k !== "" && act.take(reviews[k].text),
  });
  const field = html("textarea", {
    rows: 2,
    maxLength: LONGEST,
    spellcheck: false,
    dir: "auto",
    ariaLabel: "Your review",
    oninput: () => act.write(field.value),
  });
  const value = html("output", { className: "review-p" });
  const verdict = html("span", { className: "review-verdict" });
  const meter = html("span", { className: "review-meter" }, html("i"));
  const notice = html("p", { className: "review-notice", role: "status" });
  const chips = words(act, w.signal);
  const selected = html("span", { className: "review-selected" });
  const tool = (name, use) => button(name, ({ currentTarget }) => isAtEnd(currentTarget) || use(now().step));
  const tools = [
    tool("← Move", (step) => act.move(step, step - 1)),
    tool("Move →", (step) => act.move(step, step + 1)),
    tool("Change", chips.edit),
    tool("Delete", act.remove),
  ];
  const top = html(
    "div",
    { className: "review-top" },
    html("div", { className: "review-typing" }, ready.element, field),
    html(
      "div",
      { className: "review-answer" },
      html("span", { className: "review-hint", title: MEANS["P(positive)"] }, "P(positive)"),
      value,
      meter,
      verdict,
    ),
  );
  const bench = html("div", { className: "review-tools" }, selected, ...tools, notice);

  // --- the maps
  const six = parts(w.id("part"), act.part);
  const line = curve(act);
  const map = heatmap(act);
  const push = pushes();
  const names = html("div", { className: "review-names", ariaHidden: "true" });
  const readout = html("p", { className: "review-readout" });
  const legend = html(
    "span",
    { className: "review-legend" },
    html("span"),
    html("span", { className: "review-swatch" }),
    html("span"),
  );
  const noDifference = button(
    "off",
    () => {
      act.compare(false);
      map.element.focus({ preventScroll: true }); // the button goes
    },
    { ariaLabel: "Difference from the first text: off" },
  );
  const comparing = html("span", { className: "review-comparing" }, "difference from the first text ", noDifference);
  const sort = choice({
    label: "Units by",
    options: Object.entries(SORTS),
    value: "number",
    input: (name) => w.set({ sort: name }),
  });
  const stretch = tick({ label: "Stretch", value: false, input: (on) => w.set({ stretch: on }) });
  stretch.element.title = MEANS.Stretch;
  const unitNumber = html("b");
  const row = html("span", { className: "review-row" }, "unit ", unitNumber);
  const chart = html(
    "div",
    { className: "review-chart" },
    html(
      "div",
      { className: "review-axis", ariaHidden: "true" },
      html("span", {}, "1"),
      html("span", {}, "½"),
      html("span", {}, "0"),
    ),
    line.element,
    html("div", { className: "review-push-name", ariaHidden: "true" }, "push"),
    html("div", { className: "review-axis", ariaHidden: "true" }, row),
    map.element,
    push.element,
    names,
  );

  // --- one thing at a time below them
  const square = arithmetic(act);
  const unit = unitTable();
  const holding = holdPanel(act);
  const mattered = rankingPanel(act, w.signal);
  const difference = differencePanel(act);
  const below = tabs(
    w.id,
    [
      ["square", "The sum", html("div", {}, square.element, unit.element)],
      ["hold", "Hold a gate", holding.element],
      ["mattered", "What mattered", mattered.element],
      ["difference", "Difference", difference.element],
    ],
    (panel) => w.set({ panel }),
  );
  const card = html("p", { className: "review-card" });
  const controls = html("div", { className: "belt-row" }, legend, comparing, stretch.element, sort.element);
  const head = html("div", { className: "review-head" }, readout, controls);
  const bars = html(
    "p",
    { className: "review-hint" },
    "The bar under a word: how far P(positive) moved there, right up, left down.",
  );
  const hint = html(
    "p",
    { className: "review-hint" },
    "Push: what each unit adds to the prediction at the chosen word, its h times its weight. ",
    "Units have Keras’ column numbers, from 0.",
  );
  const maps = html("div", { className: "review-maps" }, six.element, head, chart, hint);
  w.body.append(top, chips.element, bars, bench, maps, below.element, glossary(), card);
  let size = { width: 0, height: 0 }; // of the large map: known without asking for a layout
  const watch = new ResizeObserver(([{ contentRect }]) => {
    size = contentRect;
    w.draw();
  });
  watch.observe(map.element);
  w.signal.addEventListener("abort", () => watch.disconnect());

  load();
  async function load() {
    try {
      if (w.assets && !w.get("shipped")) throw new Error("the model is in Python");
      network = await loadNetwork(w, w.get("model_name"));
      w.body.dataset.model = "ready";
    } catch {
      trouble = "the model could not be loaded: reload the page to try again";
    }
    w.draw();
  }

  let told = "";
  let spelled = null;
  return () => {
    const last = view;
    view = now();
    const { reading, tokens, step, part } = view;
    const at = (view.at = pointed && pointed.step < reading.T ? { ...pointed } : { step, unit: view.unit });
    view.label = `${part}, ${WORDS[part]}${view.compare ? ", difference from the first text" : ""}: ${reading.T} words by ${view.H} units. Arrow keys move, Enter opens the sum, f i g o c h choose the part`;

    if (field.value !== w.get("text")) field.value = w.get("text");
    const chosen = reviews.findIndex((review) => review.text === w.get("text"));
    ready.set(chosen < 0 ? "" : String(chosen));
    const known = Number.isFinite(reading.last); // not for a text of the reader's while there is no model
    put(value, known ? number(reading.last, 3) : "–");
    value.dataset.value = reading.last;
    const free = reading.holds.length ? `; ${number(view.plain.last, 3)} with nothing held` : "";
    put(verdict, known ? `${reading.last >= 0.5 ? "positive" : "negative"}${free}` : "not read");
    meter.firstChild.style.width = known ? `${100 * reading.last}%` : "0";
    const full = field.value.length >= LONGEST;
    put(notice, noticeOf(view, network, trouble, full));

    chips.draw(view);
    if (last?.step !== step || last?.network !== network) chips.reveal(step);
    const token = tokens[step];
    const word = step >= view.offset && token;
    put(selected, token ? wordName(tokens, step, view.offset) : "");
    const ends = [step > view.offset, step < tokens.length - 1, true, true];
    tools.forEach((tool, k) => atEnd(tool, !network || !word || !ends[k]));

    view.size = size;
    six.draw(view);
    line.draw(view);
    map.draw(view);
    push.draw(view);
    row.hidden = !reading.T;
    put(unitNumber, String(at.unit));
    row.style.top = `${(100 * (view.order.indexOf(at.unit) + 0.5)) / view.H}%`;
    const labels = size.width / reading.T >= 11;
    names.hidden = !labels;
    if (labels && spelled !== tokens) {
      names.style.gridTemplateColumns = `repeat(${reading.T}, 1fr)`;
      names.replaceChildren(
        ...tokens.map(({ typed: name }, k) => html("bdi", { dir: "ltr" }, k < view.offset ? "start" : short(name))),
      );
      spelled = tokens;
    }
    const [low, high] = view.limits;
    put(legend.children[0], shortly(low));
    legend.children[1].style.background = view.scale.css;
    put(legend.children[2], shortly(high));
    comparing.hidden = !view.compare;
    stretch.set(view.stretch);
    stretch.input.disabled = view.compare;
    sort.set(view.sort);
    const words = describe(view, at);
    put(readout, words);
    if (document.activeElement === map.element && !pointed && words !== told) w.speak(words);
    told = words;

    below.draw(view.panel);
    if (view.panel === "square") {
      square.draw(view);
      unit.draw(view);
      if (opened) w.speak(square.spoken());
      opened = false;
    }
    holding.draw(view);
    mattered.draw(view, view.panel === "mattered");
    if (view.panel === "difference") difference.draw(view);
    put(card, cardOf(w.get("card"), w.get("model_name")));
    w.later(() => {
      chips.drawBars();
      six.paint();
    });
    if (known && w.get("probability") !== reading.last) w.set({ probability: reading.last });
  };
}

const shortly = (value) => number(value, Number.isInteger(value) ? 0 : value < 0.1 && value > -0.1 ? 3 : 1);

/** The square in words. */
function describe({ reading, tokens, offset, part, values, H, compare }, { step, unit }) {
  if (!reading.T) return "There is no word to look at.";
  const value = values[step * H + unit];
  const count = step < offset ? "" : `, word ${step - offset + 1} of ${reading.T - offset}`;
  const word = `${wordName(tokens, step, offset)}${count}`;
  const what = compare ? `difference of ${part}` : part;
  const seen = Number.isNaN(value) ? "not in the first text" : number(value, 3);
  return `${word}; unit ${unit}: ${what} ${seen}; P(positive) ${number(reading.p[step], 3)}`;
}

/** What a reader should know of how the text was read. */
function noticeOf({ tokens, cut, offset, reading }, network, trouble, full) {
  const unknown = tokens.filter(({ known }) => !known).length;
  const count = tokens.length - offset;
  return [
    `${count} ${count === 1 ? "word" : "words"}`,
    unknown ? `${unknown} unknown (dashed, with “?”)` : "",
    cut ? `the first ${cut} left out: the model reads the last ${network?.length ?? count}` : "",
    full ? `the field is full: it takes ${LONGEST.toLocaleString("en")} letters` : "",
    reading.holds.length ? `${reading.holds.length} held` : "",
    trouble || (network ? "" : "the model is loading"),
  ]
    .filter(Boolean)
    .join(" · ");
}

function cardOf(card, name) {
  if (!card) return `The model: ${name}.`;
  const percent = (share) => `${(100 * share).toFixed(2)}%`;
  return `The model: ${name}, right on ${percent(card.accuracy)} of the 25,000 test reviews as it is here, its embedding in whole numbers; ${percent(card.unquantised)} before that.`;
}
