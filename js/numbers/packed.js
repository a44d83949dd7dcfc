// Arrays of numbers on their way from Python to the page: lstm_edu/widgets/packed.py makes what is opened here.

const KINDS = { int8: Int8Array, uint8: Uint8Array, float32: Float32Array, float64: Float64Array };

/** An array, { dtype, data } with its bytes in base64, little-endian: as doubles, but small whole numbers as they are. */
export function numbers({ dtype, data }) {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = text.charCodeAt(k);
  const array = new KINDS[dtype](bytes.buffer);
  return dtype.endsWith("int8") ? array : Float64Array.from(array);
}
