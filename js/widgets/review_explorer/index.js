// The trained network reads a reader's text: words, gates, belt and prediction, and the arithmetic behind each square.
import say from "words:review_explorer";
import { theme } from "../../kit/colours.js";
import { html } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { openActions } from "./actions.js";
import { answer } from "./answer.js";
import { chips } from "./chips.js";
import { glossary } from "./glossary.js";
import { maps } from "./maps.js";
import { marking } from "./marked.js";
import { marks } from "./marks.js";
import { networks } from "./networks.js";
import { panels } from "./panels.js";
import { openRemoved } from "./removed.js";
import { openStored } from "../../kit/stored.js";
import { textField } from "./text_field.js";
import { looker } from "./view.js";
import { wordTools } from "./word_tools.js";
import "./style.css";

const text = (value) => value;
const json = JSON.parse;

export default frame({
  name: "ReviewExplorer",
  title: say("title"),
  linked: {
    text,
    model_name: text,
    layer: text,
    mark: text,
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
    last: json,
  },
  mount,
});

function mount(w) {
  const look = looker();
  const stored = openStored(w.get("first"));
  const choice = networks(w);
  let view = null;
  let pointed = null; // what the mouse moved over last: { step, unit }; a key puts an end to it

  const now = () => look(w.get, choice.network(), stored, theme());
  const actions = openActions(w, now);
  const act = {
    ...actions,
    open() {
      actions.open();
      below.readOut();
    },
    holdThis(candidate) {
      actions.holdThis(candidate);
      below.focus("hold"); // the button that was pressed goes
    },
    point(step, unit = view?.unit) {
      pointed = step === null ? null : { step, unit };
      w.draw();
    },
  };
  w.body.addEventListener("keydown", () => act.point(null));

  const typing = textField(w.get("reviews"), choice.element, act);
  const result = answer();
  const words = chips(act, w.signal);
  const tools = wordTools(act, words.edit);
  const seen = maps(w, act);
  const below = panels(w, act);
  const top = html("div", { className: "review-top" }, typing.element, result.element);
  const shown = marks(act);
  const meanings = glossary();
  const marked = marking();
  const removed = openRemoved(w.signal, w.draw);
  w.body.append(
    top,
    words.element,
    shown.element,
    tools.element,
    seen.element,
    below.element,
    meanings.element,
    choice.card,
  );

  return () => {
    const last = view;
    view = now();
    const { reading, step, unit, network } = view;
    view.pointed = pointed;
    view.absent = choice.absent();
    // what takes the model does not wait for one that will not come
    for (const { element } of [shown, below]) element.hidden = view.absent;
    for (const { element } of [words, seen, meanings]) element.hidden = view.absent && !view.reading.T;
    view.at = pointed && pointed.step < reading.T ? { ...pointed } : { step, unit };

    view.removed = view.mark === "without" || shown.open() ? removed(view) : null;
    view.marks = marked(view, view.removed, theme());

    typing.draw(w.get("text"));
    result.draw(view);
    words.draw(view);
    shown.draw(view);
    if (last?.step !== step || last?.network !== network) words.reveal(step);
    tools.draw(view, typing.full(), choice.notice());
    seen.draw(view);
    below.draw(view);
    meanings.draw(view);
    choice.draw();
    w.later(() => {
      words.drawBars();
      seen.paint();
    });
    const { last: p } = reading; // none for a text of the reader's while there is no model
    if (Number.isFinite(p) && !choice.notice() && w.get("probability") !== p) w.set({ probability: p });
  };
}
