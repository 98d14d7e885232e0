/** Floating-point numbers of 16 bits. */

/** 2⁻¹⁵ … 2¹⁶ by exponent field. */
const powers = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 15));

/** A binary16 number (1 sign, 5 exponent, 10 fraction bits) from its bits. IEEE 754-2008, section 3.6. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  // Without an implied leading 1, at the smallest normal exponent.
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction) * (powers[exponent] ?? 0);
}

const word = new Uint32Array(1);
const single = new Float32Array(word.buffer);

/** A bfloat16 number from its bits: the upper half of a binary32. */
export function fromBrain(bits: number): number {
  word[0] = bits << 16;
  return single[0] ?? 0;
}
