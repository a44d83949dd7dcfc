// Which word of the first text each word of this one is, so that their gates can be compared.

/**
 * For each of `now` the place of its partner in `first`, or -1. Three rounds: the longest run of words that both have in
 * the same order; then words left over on both sides that are the same (they were moved); then, between two partners
 * that follow each other in both, as many words in place of others (they were changed).
 */
export function align(now, first) {
  const partner = new Int32Array(now.length).fill(-1);
  inOrder(now, first, partner);
  const taken = new Set(partner);
  const free = new Map(); // word -> where it still stands in `first`
  first.forEach((word, k) => {
    if (!taken.has(k)) free.set(word, [...(free.get(word) ?? []), k]);
  });
  now.forEach((word, k) => {
    if (partner[k] < 0 && free.get(word)?.length) {
      partner[k] = free.get(word).shift();
      taken.add(partner[k]);
    }
  });
  for (let k = 0; k < now.length; k++) {
    if (partner[k] >= 0 || partner[k - 1] < 0) continue;
    const expected = k ? partner[k - 1] + 1 : 0;
    if (expected < first.length && !taken.has(expected)) {
      partner[k] = expected;
      taken.add(expected);
    }
  }
  return partner;
}

/** The longest common subsequence, by the usual table, within what is left between a common head and a common tail. */
function inOrder(now, first, partner) {
  let head = 0;
  while (head < now.length && head < first.length && now[head] === first[head]) partner[head] = head++;
  let tail = 0;
  while (
    tail < now.length - head &&
    tail < first.length - head &&
    now[now.length - 1 - tail] === first[first.length - 1 - tail]
  )
    partner[now.length - 1 - tail] = first.length - 1 - tail++;
  const rows = now.length - head - tail;
  const columns = first.length - head - tail;
  const wide = columns + 1;
  const longest = new Uint16Array((rows + 1) * wide);
  for (let r = rows - 1; r >= 0; r--) {
    for (let c = columns - 1; c >= 0; c--) {
      const k = r * wide + c;
      longest[k] =
        now[head + r] === first[head + c] ? longest[k + wide + 1] + 1 : Math.max(longest[k + wide], longest[k + 1]);
    }
  }
  for (let r = 0, c = 0; r < rows && c < columns; ) {
    if (now[head + r] === first[head + c]) partner[head + r++] = head + c++;
    else if (longest[(r + 1) * wide + c] >= longest[r * wide + c + 1]) r++;
    else c++;
  }
}

/** Part by part what is now less what was, (T * H) each; NaN where a word has no partner. */
export function subtract(values, before, partner, H) {
  return Float64Array.from(values, (value, k) => {
    const was = partner[Math.floor(k / H)];
    return was < 0 ? Number.NaN : value - before[was * H + (k % H)];
  });
}
