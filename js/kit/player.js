// Through the steps of something: one back, one on, by itself, or to a place.
import say from "words:kit";
import { atEnd, button, slider } from "./dom.js";

/**
 * at(), last()        where it stands, and where it ends: 0 .. last
 * go(to, spoken)      to a place from 0 to last; spoken is true where a screen reader should be told what has happened
 * names               { back, next, place } of the two buttons and of the slider; without a place there is no slider
 * read(place)         a place in words
 * pace()              milliseconds for a step, while it plays
 * beyond()            what the next step does at the end; left out where there is none
 * round               true where playing goes beyond the end, too, until it is paused
 * -> { back, next, play, place, pause(), draw() }: back, next and play are buttons, place is a slider
 */
export function player(w, { at, last, go, names, read, pace, beyond, round = false }) {
  let timer = 0;
  const pause = () => {
    clearTimeout(timer);
    timer = 0;
    w.draw();
  };
  w.signal.addEventListener("abort", pause);
  const to = (place, spoken) => go(Math.min(Math.max(place, 0), last()), spoken);

  const beat = () => {
    const ends = !round && at() + 1 >= last();
    if (round && at() === last()) beyond();
    else to(at() + 1, ends);
    if (ends || w.calm()) pause();
    else timer = setTimeout(beat, pace());
  };
  const start = () => {
    if (round || at() < last()) return beat();
    to(0, false);
    timer = setTimeout(beat, pace());
  };
  const move = (how) => () => {
    pause();
    how();
  };
  const back = button(
    names.back,
    move(() => to(at() - 1, true)),
  );
  const next = button(
    names.next,
    move(() => (beyond && at() === last() ? beyond() : to(at() + 1, true))),
  );
  const play = button(say("player.play"), () => (timer ? pause() : start()));
  const place =
    names.place &&
    slider({
      label: names.place,
      min: 0,
      max: 1,
      step: 1,
      value: 0,
      read,
      input: (value) => move(() => to(value, false))(),
    });

  return {
    back,
    next,
    play,
    place: place?.element,
    pause,
    draw() {
      if (place) {
        place.input.max = last();
        place.set(at());
      }
      atEnd(back, at() === 0);
      atEnd(next, !beyond && at() === last());
      play.hidden = w.calm();
      play.textContent = say(timer ? "player.pause" : "player.play");
    },
  };
}
