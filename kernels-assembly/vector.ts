/** Vectors of 128 bits, for both element types: T is f32 or f64. */

/** Elements in a vector. */
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** Bytes of an element. */
export function width<T>(): usize {
  return sizeof<T>();
}

/**
 * a·b + c in each lane: rounded once where the module is built with relaxed instructions, else after each
 * operation.
 */
export function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/**
 * One element in lane 0, zeros beside it: the ends of rows go through the same arithmetic as their middles.
 */
export function loadOne<T>(address: usize): v128 {
  return sizeof<T>() === 4 ? v128.load32_zero(address) : v128.load64_zero(address);
}

/** Lane 0 goes to memory. */
export function storeOne<T>(address: usize, vector: v128): void {
  if (sizeof<T>() === 4) v128.store32_lane(address, vector, 0);
  else v128.store64_lane(address, vector, 0);
}

/** The sum of the lanes, in lane 0 (and in every other). */
export function sumOfLanes<T>(v: v128): v128 {
  const halves = v128.add<T>(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  if (sizeof<T>() === 8) return halves;
  return v128.add<T>(
    halves,
    i8x16.shuffle(halves, halves, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
  );
}
