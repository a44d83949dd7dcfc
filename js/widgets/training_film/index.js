// A filmed training: a plain loop and an LSTM learn the same task, side by side, and the reader moves the time.
import say from "words:training_film";
import partName from "words:parts";
import { choice, html } from "../../kit/dom.js";
import { frame } from "../../kit/frame.js";
import { whole } from "../../kit/link.js";
import { player } from "../../kit/player.js";
import { openFilm } from "../../numbers/film.js";
import { cellOf } from "./cell.js";
import { numbersOf } from "./numbers.js";
import { tell } from "./tell.js";
import "./style.css";

const PAUSE = 300; // milliseconds between two frames while it plays

const oneLetter = (text) => {
  if (!/^[fioc]$/.test(text)) throw new RangeError(`expected a part of the cell, got ${text}`);
  return text;
};

export default frame({
  name: "TrainingFilm",
  title: say("title"),
  linked: { batch: whole, part: oneLetter },
  mount(w) {
    const film = openFilm(w.get("film"));
    const at = () => film.frameOf(w.get("batch"));
    const go = (k, spoken) => {
      w.set({ batch: film.batches[k] });
      if (spoken) w.speak(tell(film, k));
    };
    const time = player(w, {
      at,
      last: () => film.batches.length - 1,
      go,
      names: { back: say("back"), next: say("next"), place: say("time") },
      read: (k) => say("batch", { n: film.batches[Math.min(k, film.batches.length - 1)] }),
      pace: () => PAUSE,
    });
    const drag = (k) => {
      time.pause();
      go(k, false);
    };
    const cells = Object.keys(film.cells).map((name) => cellOf(w, film, name, drag));
    const part = choice({
      label: say("more.part"),
      options: film.cells.lstm.parts.map((name) => [name, say("part", { letter: name, name: partName(name) })]),
      value: w.get("part"),
      input: (name) => w.set({ part: name }),
    });
    const numbers = numbersOf(w, film);
    w.body.append(
      html("p", { className: "film-title" }, say("title")),
      html("p", { className: "film-task" }, say("task", { lag: film.bell - film.flag })),
      html("div", { className: "belt-row film-time" }, time.play, time.back, time.next, time.place),
      html("div", { className: "film-cells" }, ...cells.map(({ element }) => element)),
      html(
        "details",
        {},
        html("summary", {}, say("more.summary")),
        part.element,
        html("p", {}, say("more.order")),
        html("p", {}, say("more.slope", { n: film.examples })),
      ),
      numbers.element,
    );

    return () => {
      const k = at();
      const shown = film.cells.lstm.parts.includes(w.get("part")) ? w.get("part") : "f";
      time.draw();
      part.set(shown);
      for (const cell of cells) cell.draw(k, shown);
      w.later(() => numbers.draw(k));
    };
  },
});
