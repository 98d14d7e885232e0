/** Vectors as typed arrays: the few loops every method needs. Nothing is checked; lengths are the caller's. */

/** The element at a place that is known to exist: `at` for this one kind of list alone, so that engines compile it to a load. */
export function entry(a: Float64Array, index: number): number {
  const value = a[index];
  if (value === undefined) throw new RangeError(`no element at ${index} of ${a.length}`);
  return value;
}

/** aᵀb. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += entry(a, i) * entry(b, i);
  return sum;
}

/** ‖a‖₂, scaled so that squares neither overflow nor vanish. */
export function norm(a: Float64Array): number {
  const largest = maxNorm(a);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const scaled = entry(a, i) / largest;
    sum += scaled * scaled;
  }
  return largest * Math.sqrt(sum);
}

/** ‖a‖∞; NaN where an element is NaN. */
export function maxNorm(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(entry(a, i));
    if (!(size <= largest)) {
      if (Number.isNaN(size)) return size;
      largest = size;
    }
  }
  return largest;
}

/** a + t·b, fresh. */
export function addScaled(a: Float64Array, t: number, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = entry(a, i) + t * entry(b, i);
  return sum;
}

/** a − b, fresh. */
export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = entry(a, i) - entry(b, i);
  return difference;
}

/** t·a, fresh. */
export function scaled(t: number, a: Float64Array): Float64Array {
  const product = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) product[i] = t * entry(a, i);
  return product;
}

/** True when no element is NaN or infinite. */
export function isFiniteVector(a: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(entry(a, i))) return false;
  return true;
}
