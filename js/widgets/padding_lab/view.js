// What is looked at, made fit to draw, whatever a link says.
import { remember } from "../../kit/remember.js";
import { placed } from "../../numbers/batches.js";
import { numbers } from "../../numbers/packed.js";
import { encode } from "../../numbers/text.js";

const SIDES = ["pre", "post"];
const UNKNOWN = 2;

/**
 * asker: of asker.js
 * -> look(): { text, tokens, rows, place, shown, waits }
 *    tokens: [{ typed, id, known }], the start first, where typed is empty; id is null until the words have loaded
 *    rows: { maxlen, padding, truncating, mask }; place: of js/numbers/batches.js
 *    shown: the newest answers, { ids, rows, answers }, or null; waits: they are those of another row
 */
export function looker(w, asker) {
  const first = w.get("first"); // the answers that stand in the page, or null
  const stored = first && { ...first, answers: first.answers.map(opened) };
  const spelled = remember((text, ids) => {
    const { tokens } = encode({ ids: ids ?? new Map(), length: Number.POSITIVE_INFINITY, paddings: () => 0 }, text);
    if (ids) return tokens;
    const known = text === first?.text ? first.ids : tokens.map(() => null);
    return tokens.map((token, k) => ({ ...token, id: known[k], known: known[k] !== UNKNOWN }));
  });
  const idsOf = remember((tokens) => tokens.map(({ id }) => id));
  let shown = stored;
  let busy = false;

  async function follow(ids, rows) {
    if (busy) return;
    busy = true;
    const answers = await asker.ask({ ids, rows });
    busy = false;
    if (answers) shown = { ids, rows, answers };
    w.draw();
  }

  return () => {
    const text = w.get("text");
    const rows = rowsOf(w);
    const tokens = spelled(text, asker.ids());
    const ids = idsOf(tokens);
    if (answersTo(stored, ids, rows)) shown = stored;
    const waits = !answersTo(shown, ids, rows);
    if (waits && asker.ids()) follow(ids, rows);
    else if (waits) asker.load();
    const known = !waits || asker.ids(); // else what is shown is of a state that is long gone
    return { text, tokens, rows, place: placed(tokens.length, rows), shown: known ? shown : null, waits };
  };
}

const opened = ({ p, trained }) => ({ p: numbers({ dtype: "float32", data: p }), trained });

function rowsOf(w) {
  const longest = w.get("lengths").at(-1);
  const maxlen = w.get("maxlen");
  const side = (name) => (SIDES.includes(w.get(name)) ? w.get(name) : SIDES[0]);
  return {
    maxlen: Number.isInteger(maxlen) && maxlen >= 1 && maxlen <= longest ? maxlen : longest,
    padding: side("padding"),
    truncating: side("truncating"),
    mask: w.get("mask") === true,
  };
}

function answersTo(one, ids, rows) {
  if (!one || Object.keys(rows).some((name) => rows[name] !== one.rows[name])) return false;
  return one.ids === ids || (one.ids.length === ids.length && ids.every((id, t) => id === one.ids[t]));
}
