/** make(...) computed again only when one of its arguments is another. */
export function remember(make) {
  let known = null;
  let value;
  return (...given) => {
    if (!known || given.some((argument, k) => argument !== known[k])) [known, value] = [given, make(...given)];
    return value;
  };
}
