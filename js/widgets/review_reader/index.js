// The trained network reads a reader's text: its words, P(positive) after each as a curve under them, and what one unit
// keeps as colours. All else that can be looked at is ReviewExplorer's, one click away.
import say from "words:review_reader";
import { html } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { linkTo } from "../../kit/link.js";
import { answer } from "./answer.js";
import { columns } from "./columns.js";
import { openModel } from "./model.js";
import { notes } from "./notes.js";
import { textField } from "./text_field.js";
import { looker } from "./view.js";
import "./style.css";

export default frame({
  name: "ReviewReader",
  title: say("title"),
  linked: { text: (value) => value, step: Number },
  mount,
});

function mount(w) {
  const look = looker(w.get("first"), w.get("length"));
  const model = openModel(w);
  const now = () => look(w.get, model.network());
  const act = {
    now,
    go: (step) => w.set({ step }),
    /** Another text: its last word is chosen, so the large number is that of the whole text. */
    write: (text) => w.set({ text, step: look.last(text) }),
  };

  const typing = textField(act);
  const result = answer();
  const words = columns(act);
  const told = notes();
  const more = html("a", {}, say("more"));
  const onward = html("p", { className: "reader-onward" }, more, " ", say("more_told"));
  onward.hidden = !w.assets || !w.get("instrument"); // in a notebook there is no page beside this one
  w.body.append(
    html("div", { className: "reader-top" }, typing.element, result.element),
    words.element,
    told.element,
    onward,
  );

  return () => {
    const view = now();
    if (!view.reading) model.load();
    typing.draw(view.text);
    result.draw(view);
    words.draw(view);
    told.draw(view, model.trouble());
    w.later(() => {
      words.reveal();
      const { text, step, unit } = view;
      if (!onward.hidden) more.href = linkTo(w.get("instrument"), "review-explorer", { text, base: text, step, unit });
    });
  };
}
