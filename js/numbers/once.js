/** The function, computing for each argument but once. */
export function once(make) {
  const made = new Map();
  return (of) => made.get(of) ?? made.set(of, make(of)).get(of);
}
