/**
 * The upper quantile of the standard normal distribution, from arithmetic and square roots alone.
 *
 * IEEE 754 fixes + - × ÷ √ to the bit but no library's log or cos, so normal numbers made this way are the
 * same bits on every platform. The form is that of Wichura (1988), algorithm AS 241: a ratio in 0.425² - q²
 * for the middle 85 %, with q = 1/2 - p, and ratios in r = √(-log p) for the tails. The ratios interpolate at
 * Chebyshev nodes, computed with mpmath at 80 digits.
 */
import { polynomial, type Rational, rational } from "../special/rational.ts";

/**
 * z/q as a function of 0.425² - q², 0 ≤ q ≤ 0.425; so centred, all coefficients are positive and nothing
 * cancels.
 */
const CENTRE: Rational = {
  numerator: [
    3907.007639023816, 74060.81462563902, 214247.3801984238, 213550.16248438213, 95692.73551269759,
    21627.48116049056, 2548.2248573022625, 148.75654077063152, 3.3871328727963665,
  ],
  denominator: [
    9398.46451720659, 72342.69749284587, 140376.82723612545, 109244.70555458817, 41169.98166790856,
    8176.878340636071, 871.2838940641986, 46.92338689522055, 1.0,
  ],
};
const CENTRE_HALF_WIDTH = 0.425;
const CENTRE_SQUARE = 0.180625;

/** The middle of the distribution, z = q·ratio(square − q²) for 0 ≤ q ≤ halfWidth, for whoever writes it as code. */
export const centralQuantile: {
  readonly ratio: Rational;
  readonly halfWidth: number;
  readonly square: number;
} = { ratio: CENTRE, halfWidth: CENTRE_HALF_WIDTH, square: CENTRE_SQUARE };

/** z as a function of r for 1.58 ≤ r < 3.4. */
const TAIL_NEAR: Rational = {
  numerator: [
    0.4546289134137085, 7.536750095030105, 37.69839018113757, 75.47419951236394, 33.05971366904636,
    -55.061272893848844, -37.61755770985948, -3.571221442132647,
  ],
  denominator: [
    1.0638099804721714e-6, 0.32138458954600424, 5.334620247933711, 27.44933071500298, 62.425525015440556,
    57.90171483804784, 17.353886249962954, 1.0,
  ],
};
const FAR = 3.4;

/** z as a function of r for 3.4 ≤ r < 6.8. */
const TAIL_FAR: Rational = {
  numerator: [
    -0.0008125508185589195, 0.16409964614223543, 3.041729873082496, 11.453619657883625, 5.118143636106366,
    -10.262581121709129, -3.1397079511828623,
  ],
  denominator: [
    -4.019965859934498e-9, -0.0005740786862602732, 0.11600136944765875, 2.151182837873502, 8.400834196146386,
    7.2211239717843165, 1.0,
  ],
};

/** 2/k for k = 21, 19 ... 1: log((1 + s)/(1 - s)) = s Σ 2/k s^(k - 1). */
const LOG_SERIES = [2 / 21, 2 / 19, 2 / 17, 2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3, 2] as const;

/** log p for 2⁻⁶⁵ ≤ p < 1, from arithmetic alone. */
function logOfProbability(p: number): number {
  let mantissa = p;
  let exponent = 0;
  // Bring the mantissa into [1/2, 1) by 2^64, 2^32 ... 2; their products and roots are exact.
  for (let step = 64, power = 2 ** 64; step >= 1; step /= 2, power = Math.sqrt(power)) {
    if (mantissa * power < 1) {
      mantissa *= power;
      exponent -= step;
    }
  }
  const s = (mantissa - Math.SQRT1_2) / (mantissa + Math.SQRT1_2);
  return (exponent - 0.5) * Math.LN2 + s * polynomial(LOG_SERIES, s * s);
}

/**
 * The z ≥ 0 that a standard normal number exceeds with probability p, for 2⁻⁶⁵ ≤ p ≤ 1/2. Relative error
 * below 2e-15.
 */
export function upperNormalQuantile(p: number): number {
  const q = 0.5 - p;
  if (q <= CENTRE_HALF_WIDTH) return q * rational(CENTRE, CENTRE_SQUARE - q * q);
  const r = Math.sqrt(-logOfProbability(p));
  return rational(r < FAR ? TAIL_NEAR : TAIL_FAR, r);
}
