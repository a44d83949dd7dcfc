// How far back the slope of an answer reaches, for the plain loop, the LSTM and the GRU: the steps, the curves, the
// numbers to take away, and what the reader moves.
import say from "words:gradient_lab";
import { html, put } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { whole } from "../../kit/link.js";
import { sizeOf } from "../../kit/size.js";
import { chart } from "./chart.js";
import { controls } from "./controls.js";
import { figures } from "./figures.js";
import { more } from "./more.js";
import { opener } from "./opener.js";
import { steps } from "./steps.js";
import { clipped, question, told } from "./told.js";
import { looker, orNone } from "./view.js";
import "./style.css";

const text = (value) => value;

export default frame({
  name: "GradientLab",
  title: say("title"),
  linked: {
    weights: text,
    radius: orNone("radius"),
    forget_bias: orNone("forget_bias"),
    steps: whole,
    at: (value) => (value === "null" ? null : whole(value)),
    activation: text,
    clip: orNone("clip"),
    log: JSON.parse,
    text,
  },
  mount,
});

function mount(w) {
  const look = looker(w, opener(w));
  let hovered = null; // the step under the mouse: while it is there the answer is asked after it
  let pointed = null; // the step that the mouse points at in the picture, to read its numbers
  let view = look(hovered);
  const act = {
    go: (step) => {
      hovered = null;
      w.set({ at: step === view.T - 1 ? null : step });
    },
    hover(step) {
      hovered = step;
      w.draw();
    },
    point(step) {
      pointed = step;
      w.draw();
    },
  };

  const asks = html("p", { className: "lab-question" });
  const row = steps(act);
  const picture = chart(act);
  const numbers = figures();
  const moved = controls(w, view);
  const clip = html("p", { className: "lab-clip" });
  const below = more(w, moved);
  const head = html("p", { className: "lab-title" }, say("title"));
  w.body.append(head, asks, row.element, picture.element, numbers.element, moved.element, clip, below.element);
  const size = sizeOf(w.body, w);

  let said; // to a screen reader, which is not told what the mouse does
  function speak() {
    if (hovered !== null) return;
    const words = told(view);
    if (said !== undefined && said !== words) w.speak(words);
    said = words;
  }

  return () => {
    view = look(hovered);
    put(asks, question(view));
    picture.draw(view, pointed, size().width);
    moved.draw(view);
    put(clip, clipped(view));
    below.draw(view);
    w.later(() => {
      row.draw(view); // the colours and the table follow the curves by a frame
      numbers.draw(view, pointed);
      row.name();
      speak();
    });
  };
}
