// Values as a map of coloured squares, a column for each step and a row for each unit: one pixel of a canvas is one
// square, and the browser scales it up.

const images = new WeakMap(); // a canvas' pixels, written anew at each input and made anew only in another size

/** Paints (T, H) values onto a canvas of T x H pixels, the rows in the order of the units given. NaN stays clear. */
export function paint(canvas, values, order, scale) {
  const H = order.length;
  const T = values.length / H;
  if (canvas.width !== T || canvas.height !== H || !images.has(canvas)) {
    canvas.width = T;
    canvas.height = H;
    if (T) images.set(canvas, new ImageData(T, H));
  }
  if (!T) return;
  const image = images.get(canvas);
  const pixels = new Uint32Array(image.data.buffer);
  const { table, low, steep } = scale;
  const clear = table.length - 1;
  const last = clear - 1;
  for (let t = 0, k = 0; t < T; t++, k += H) {
    for (let r = 0, pixel = t; r < H; r++, pixel += T) {
      const at = (values[k + order[r]] - low) * steep + 0.5;
      pixels[pixel] = table[at >= last ? last : at >= 0 ? at | 0 : at < 0 ? 0 : clear]; // NaN is none of these
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
