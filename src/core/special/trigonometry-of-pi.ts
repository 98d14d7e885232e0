/** sin(πx) and π·cot(πx) with the argument reduced exactly before π enters, for the reflection formulas. */

/** sin(πx): exactly 0 at integers, precise near them however large x is. */
export function sinPi(x: number): number {
  const nearest = Math.round(x);
  const sine = Math.sin(Math.PI * (x - nearest));
  return nearest % 2 === 0 ? sine : -sine;
}

/** π·cot(πx) for x not an integer: exactly 0 at half integers. */
export function piCotPi(x: number): number {
  const distance = x - Math.round(x);
  if (Math.abs(distance) <= 0.25) return Math.PI / Math.tan(Math.PI * distance);
  return Math.PI * Math.tan(Math.PI * (Math.sign(distance) * 0.5 - distance));
}
