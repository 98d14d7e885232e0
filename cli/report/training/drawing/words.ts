/** How the page calls things. */

/** The name of a class, or its number where it has none. */
export function className(labels: readonly (string | number)[] | undefined, index: number): string {
  return String(labels?.[index] ?? index);
}

/** `784`, `1 × 28 × 28`; "a number" for `[]`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "a number" : shape.join(" × ");
}
