// Reads what a person typed as an answer, and judges it. Whatever comes, the result is a verdict and what to say, never
// an exception. A problem is { key, ... }: its sentence in words/en/check.toml and what fills the holes. No DOM: the
// tests run it in Node.

const NO_NUMBER = { problem: { key: "number" } };

/** { value } or { problem }: the number that a text means. A % is a hundredth, unless the answer's unit is %. */
export function readNumber(text, unit = "") {
  let plain = tidy(text);
  if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trim();
  if (plain === "") return NO_NUMBER;
  const percent = plain.endsWith("%");
  if (percent) plain = plain.slice(0, -1).trim();
  const [upper, lower, ...rest] = plain.split("/").map(readDecimal);
  const wrong = [upper, lower, ...rest].find((part) => part?.problem) ?? (rest.length ? NO_NUMBER : null);
  if (wrong) return wrong;
  if (lower?.value === 0) return { problem: { key: "fraction" } };
  return { value: (upper.value / (lower?.value ?? 1)) * (percent ? 0.01 : 1) };
}

/** { value: [numbers] } or { problem }. Brackets are welcome and not needed; commas and blanks part the numbers. */
export function readArray(text) {
  const inside = tidy(text).replace(/^(np\.)?array(?=\()/, "");
  const parts = inside.replace(/(?<=\d)\s*[x×]\s*(?=\d)/g, " ").match(/[^\s,;()[\]{}]+/g) ?? [];
  if (!parts.length && !/[([{]/.test(inside)) return { problem: { key: "array" } };
  const numbers = parts.map((part) => readNumber(part));
  const wrong = numbers.findIndex((number) => number.problem);
  if (wrong >= 0) return { problem: { key: "part", part: parts[wrong] } };
  return { value: numbers.map((number) => number.value) };
}

/**
 * What is to be said of `given`, a list of texts: the one typed, or the choices ticked.
 * -> { verdict, says }: "right", "wrong", "" where nothing was given; "unread" where it cannot be read, with `problem`.
 */
export function judge(question, given) {
  if (!given.length) return { verdict: "", says: "" };
  const { value, problem } = read(question, given);
  if (problem) return { verdict: "unread", problem };
  if (same(question, value, question.answer)) return { verdict: "right", says: question.right };
  const named = question.wrong.find((wrong) => same(question, value, wrong.value));
  return { verdict: "wrong", says: named?.says ?? question.hint };
}

/** The right answer as it is shown. */
export function answerText({ answer, unit }) {
  if (typeof answer === "string") return answer;
  if (typeof answer === "number") return `${numberText(answer)}${unit === "%" ? "" : " "}${unit}`.trim();
  if (answer.some((part) => typeof part === "string")) return answer.join(", ");
  return `(${answer.map(numberText).join(", ")})`;
}

function read({ kind, unit, choices }, given) {
  if (kind === "number") return readNumber(given[0], unit);
  if (kind === "array") return readArray(given[0]);
  const unknown = given.find((text) => !choices.includes(text));
  if (unknown !== undefined) return { problem: { key: "choice", text: unknown } };
  return { value: kind === "several" ? given : given[0] };
}

function same({ kind, tolerance }, value, other) {
  // a hair more than the tolerance, for a decimal is not the number in the machine
  const near = (a, b) => Math.abs(a - b) <= tolerance + 1e-12 * Math.abs(b);
  if (kind === "number") return near(value, other);
  if (kind === "array") return value.length === other.length && value.every((part, k) => near(part, other[k]));
  if (kind === "several") return value.length === other.length && value.every((text) => other.includes(text));
  return value === other;
}

/** One decimal number. A comma or a blank may stand before three digits; before others a comma is a person's point. */
function readDecimal(text) {
  const plain = text.trim();
  if (/^[+-]?[1-9]\d{0,2}([,\s'’_]\d{3})+(\.\d*)?$/.test(plain))
    return { value: Number(plain.replace(/[,\s'’_]/g, "")) };
  const comma = plain.match(/^([+-]?\d+),(\d+)$/);
  if (comma) return { problem: { key: "comma", number: `${comma[1]}.${comma[2]}` } };
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? { value } : NO_NUMBER;
}

/** One kind of minus, slash and blank, of the many that a keyboard or another page has. */
const tidy = (text) => String(text).replace(/[−‒–]/g, "-").replace(/[⁄∕]/g, "/").replace(/\s+/g, " ").trim();

const numberText = (value) =>
  value !== 0 && Math.abs(value) < 1e-4 ? String(value) : value.toLocaleString("en", { maximumFractionDigits: 12 });
