/**
 * What the keys do among the words: go, move one with Alt, delete, change.
 * act: { now(), go(step), move(step, to), remove(step) }; edit(step); focusNext(): the word chosen next gets the focus
 * -> a keydown listener
 */
export function chipKeys(act, edit, focusNext) {
  return (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const { step, tokens, offset, network } = act.now();
    const last = tokens.length - 1;
    const word = step >= offset && network;
    const to = (next) => {
      focusNext();
      act.go(Math.max(0, Math.min(last, next)));
    };
    const shift = (by) => {
      if (!word || step + by < offset || step + by > last) return;
      focusNext();
      act.move(step, step + by);
    };
    const drop = () => {
      if (!word) return;
      focusNext();
      act.remove(step);
    };
    const keys = event.altKey
      ? { ArrowLeft: () => shift(-1), ArrowRight: () => shift(1) }
      : {
          ArrowLeft: () => to(step - 1),
          ArrowRight: () => to(step + 1),
          Home: () => to(0),
          End: () => to(last),
          Delete: drop,
          Backspace: drop,
          Enter: () => word && edit(step),
        };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
}
