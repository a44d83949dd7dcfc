// What is looked at, made fit to draw: whatever a link or Python says, step, unit and holds lie within the reading.
import { PARTS } from "../../kit/colours.js";
import { limits, scale } from "../../kit/map_colours.js";
import { KINDS } from "../../numbers/kinds.js";
import { encode, measures, read, rereading } from "../../numbers/network.js";
import { canWrite } from "../../numbers/writes.js";
import { align, subtract } from "./partners.js";
import { remember } from "../../kit/remember.js";
import { openStored } from "../../kit/stored.js";

const SORTS = ["number", "push", "memory", "belt", "here"];
const RANKED = ["gates", "candidate", "whole"];
const MARKS = ["belt", "answer", "without", "writes"];
const PANELS = ["square", "hold", "mattered", "opinion", "difference"];
const LARGEST = 100; // of a held value: far beyond what a gate can be

const within = (value, last) =>
  Math.max(0, Math.min(Number.isFinite(value) ? Math.trunc(value) : 0, Math.max(last, 0)));
const one = (value, list) => (list.includes(value) ? value : list[0]);

const unread = openStored(null); // a text that waits for the model

function soundHolds(holds, T, H, gates) {
  if (!Array.isArray(holds)) return [];
  const fits = (value, count) => value === null || (Number.isInteger(value) && value >= 0 && value < count);
  return holds
    .map((hold) => ({ gate: hold?.gate, unit: hold?.unit ?? null, step: hold?.step ?? null, value: hold?.value }))
    .filter(
      ({ gate, unit, step, value }) =>
        gates.includes(gate) && fits(unit, H) && fits(step, T) && Number.isFinite(value) && Math.abs(value) <= LARGEST,
    );
}

/** What there is to look at in a network as it is seen from one of its cells, null for the reading that stands in the
 * page, and what can be done there: names, in the order in which they are offered. What has no meaning is not there. */
function offeredBy(network, reading, stored) {
  const all = network?.parts ?? stored;
  const parts = all.includes("c") ? PARTS : all;
  const { gates, kept, keeps } = KINDS[network?.kind ?? "lstm"];
  const dense = !network || Boolean(reading.dense);
  const held = parts.filter((part) => part in gates);
  return {
    parts,
    gates: held,
    kept,
    sorts: SORTS.filter((sort) => (sort !== "push" || dense) && (sort !== "memory" || keeps)),
    markable: MARKS.filter((mark) => mark !== "writes" || !network || canWrite(network, reading)),
    panels: PANELS.filter((panel) => held.length || (panel !== "hold" && panel !== "mattered")),
  };
}

/** -> look(get, opened, first, theme): the view that everything draws. get(name) is a trait; opened, the network, is null
 * and first (of openStored) is looked at until the model has loaded. */
export function looker() {
  const encoded = remember(encode);
  const plainly = remember(rereading());
  const reread = rereading();
  const held = remember((network, tokens, holds) => reread(network, tokens, JSON.parse(holds)));
  const firstEncoded = remember(encode);
  const firstRead = remember(read);
  const partners = remember((tokens, others) => align(...[tokens, others].map((list) => list.map(({ word }) => word))));
  const offering = remember(offeredBy);
  const mapped = remember(maps);
  const compared = remember((partner, { p }) => Array.from(partner, (k) => (k < 0 ? Number.NaN : p[k])));
  const ordered = remember(order);
  const painted = remember(() => ({})); // another object whenever the large map is to be painted anew
  const paintedAll = remember(() => ({})); // and the small ones

  function readText(network, text, wanted) {
    const { tokens, cut, left, before, behind } = encoded(network, text);
    const gates = Object.keys(KINDS[network.kind].gates);
    const holds = soundHolds(wanted, tokens.length, network.H, gates);
    const plain = plainly(network, tokens);
    const reading = holds.length ? held(network, tokens, JSON.stringify(holds)) : plain;
    return { text, tokens, cut, left, before, behind, H: network.H, parts: network.parts, plain, reading };
  }

  function readFirst(network, text, tokens) {
    const others = firstEncoded(network, text).tokens;
    const offset = others[0]?.typed === "" ? 1 : 0;
    return { text, tokens: others, offset, reading: firstRead(network, others), partner: partners(tokens, others) };
  }

  return function look(get, opened, first, theme) {
    const network = opened?.at(get("layer")) ?? null;
    const stored = get("text") === first.text && get("model_name") === first.name ? first : unread;
    const seen = network ? readText(network, get("text"), get("holds")) : { ...stored, plain: stored.reading };
    const { tokens, reading, plain, H } = seen;
    const step = within(get("step"), reading.T - 1);
    const unit = within(get("unit"), H - 1);
    const offered = offering(network, reading, seen.parts);
    const part = one(get("part"), offered.parts);
    const sort = one(get("sort"), offered.sorts);
    const panel = one(get("panel"), offered.panels);
    const ranked = one(get("ranked"), RANKED);
    const mark = one(get("mark"), offered.markable);
    const compare = Boolean(network && get("compare"));
    const base = network && (compare || panel === "difference") ? readFirst(network, get("base"), tokens) : null;
    const stretch = Boolean(get("stretch"));
    const other = compare ? [base.reading, base.partner] : [null, null];
    const all = mapped(offered.parts, reading, ...other, H, stretch, theme);
    const here = sort === "here" ? [all[part].values, step] : [null, null];
    const rows = ordered(network, reading, sort, ...here, H);
    return {
      ...seen,
      ...offered,
      ...all[part],
      ranks: RANKED,
      network,
      step,
      unit,
      part,
      sort,
      panel,
      ranked,
      last: Boolean(get("last")),
      mark,
      compare,
      stretch,
      base,
      all,
      order: rows,
      holds: reading.holds,
      offset: tokens[0]?.typed === "" ? 1 : 0, // 1 where the start stands before the words
      // the curve that this one is held against
      against: compare ? compared(base.partner, base.reading) : plain === reading ? null : plain.p,
      painted: painted(all, rows, part),
      paintedAll: paintedAll(all, rows),
    };
  };
}

/** { part: { values, limits, scale } }, of the reading or of its difference to another. */
function maps(parts, reading, before, partner, H, stretch) {
  return Object.fromEntries(
    parts.map((part) => {
      const values = before ? subtract(reading[part], before[part], partner, H) : reading[part];
      const ends = limits(part, values, Boolean(before), stretch);
      return [part, { values, limits: ends, scale: scale(part, ends) }];
    }),
  );
}

/** The units from the top of the map to its bottom; by `values` at `step` for the order "here". */
function order(network, reading, sort, values, step, H) {
  const units = Array.from({ length: H }, (_, unit) => unit);
  if (sort === "number" || !reading.T) return units;
  if (sort === "here") return units.sort((a, b) => values[step * H + b] - values[step * H + a]);
  if (!network && sort === "push") return units; // it takes the weights
  const by = measures[sort](network ?? { H, kind: "lstm" }, reading);
  return units.sort((a, b) => by[b] - by[a]);
}
