// The loop of chapter 1, line by line: the line that has just run is lit, and what it changed stands beside it.
import say from "words:loop_stepper";
import { html, slider } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { finite, whole } from "../../kit/link.js";
import { player } from "../../kit/player.js";
import { cellOf } from "../../numbers/cells.js";
import { codeOf } from "./code.js";
import { historyOf } from "./history.js";
import { pictureOf } from "./picture.js";
import { keyOf, PER_STEP, runOf } from "./run.js";
import { fits, readSequence, sequenceOf } from "./sequence.js";
import { placeOf, tell } from "./tell.js";
import { variablesOf } from "./variables.js";
import "./style.css";

const PAUSE = 900; // milliseconds between two lines while it plays

export default frame({
  name: "LoopStepper",
  title: say("title"),
  linked: { sequence: readSequence, keep: finite, at: whole },
  mount,
});

function mount(w) {
  const kernel = w.get("kernel");
  const cell = kernel.length ? cellOf(w.get) : null;
  const inputs = cell ? kernel.length : 1;
  const first = fits(w.get("sequence"), inputs) ? w.get("sequence") : [Array(inputs).fill(1)];
  const before = runOf(first, cell, w.get("keep")); // what the reader's changes are held against
  let run = before; // of the last sequence drawn

  const last = () => run.steps.length - 1;
  const at = () => Math.min(Math.max(Math.trunc(w.get("at")) || 0, 0), last());
  const go = (to, spoken) => {
    w.set({ at: to });
    if (spoken) w.speak(tell(run.steps[at()], run, cell));
  };
  const steps = player(w, {
    at,
    last,
    go,
    names: { back: say("back"), next: say("step"), place: say("reached") },
    read: (line) => placeOf(run.steps[line]),
    pace: () => PAUSE,
  });

  const code = codeOf(cell);
  const told = html("p", { className: "loop-told" });
  const variables = variablesOf(cell, inputs);
  const picture = pictureOf(inputs, cell?.units ?? 1, (t) => go(3 + PER_STEP * t, true));
  const history = historyOf();
  const written = sequenceOf(w, inputs);
  const keep = slider({
    label: say("keep"),
    min: -1.5,
    max: 1.5,
    step: 0.05,
    value: w.get("keep"),
    input: (value) => w.set({ keep: value }),
  });
  const buttons = html("div", { className: "belt-row" }, steps.back, steps.next, steps.play);
  const shown = [code.element, told, buttons, steps.place, cell ? null : keep.element, written.element];
  w.body.append(
    html(
      "div",
      { className: "loop-halves" },
      html("div", {}, ...shown),
      html("div", {}, variables.element, picture.element),
    ),
    history.element,
  );

  return () => {
    const sequence = fits(w.get("sequence"), inputs) ? w.get("sequence") : first;
    const share = Number.isFinite(w.get("keep")) ? w.get("keep") : 0.5;
    if (run.key !== keyOf(sequence, share)) run = runOf(sequence, cell, share);
    const now = run.steps[at()];

    code.draw(now, share);
    told.textContent = tell(now, run, cell);
    variables.draw(now, run);
    steps.draw();
    keep.set(share);
    written.draw(sequence);
    picture.draw(now, run, before);
    history.draw(now, run, before);
  };
}
