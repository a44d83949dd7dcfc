// What is looked at, made fit to draw: whatever a link says, the chosen step lies within the text.
import { remember } from "../../kit/remember.js";
import { openStored } from "../../kit/stored.js";
import { encode, measures, rereading } from "../../numbers/network.js";

/**
 * -> look(get, network): { text, tokens, cut, offset, step, reading, unit, H }; get(name) is a trait, network null until
 *    it has loaded. Until then reading is that of `first` (of openStored), and null for other texts. offset: 1 where the
 *    start stands before the words; unit: the one that moves the answer most.
 *    look.last(text): the last step of a text
 */
export function looker(first, length) {
  const stored = openStored(first);
  const spelled = remember((text) => encode({ ids: new Map(), length, paddings: () => 0 }, text));
  const encoded = remember(encode);
  const reread = remember(rereading());
  const loudest = remember((network, reading) => {
    const push = measures.push(network, reading).map(Math.abs);
    return push.indexOf(Math.max(...push));
  });

  function seen(text, network) {
    if (network) {
      const { tokens, cut } = encoded(network, text);
      const reading = reread(network, tokens);
      return { tokens, cut, reading, unit: loudest(network, reading), H: network.H };
    }
    if (first && text === stored.text) return stored;
    const { tokens, cut } = spelled(text);
    return { tokens: tokens.map((token) => ({ ...token, known: true })), cut, reading: null, unit: 0, H: 1 };
  }

  function look(get, network) {
    const text = get("text");
    const { tokens, cut, reading, unit, H } = seen(text, network);
    const wanted = Number.isFinite(get("step")) ? Math.trunc(get("step")) : 0;
    const step = Math.max(0, Math.min(wanted, tokens.length - 1));
    return { text, tokens, cut, offset: tokens[0]?.typed === "" ? 1 : 0, step, reading, unit, H };
  }
  look.last = (text) => spelled(text).tokens.length - 1;
  return look;
}
