/**
 * The digamma function, ψ(x) = d/dx log Γ(x).
 *
 * On [1, 2] it is (x - x₀)·R(x) with x₀ its positive zero held in two doubles, so that it is precise relative
 * to itself there, and on [2, 3] it is expanded about a fixed centre (the ratios interpolate at Chebyshev
 * nodes, computed with mpmath at 80 digits). Elsewhere, Abramowitz & Stegun (1964): recurrence 6.3.5,
 * asymptotic series 6.3.18, reflection 6.3.7.
 */
import { type Piece, piecewise, polynomial, type Rational, rational } from "./rational.ts";
import { piCotPi } from "./trigonometry-of-pi.ts";

/** The positive zero of ψ, and what the double lacks of it. */
const ZERO = 1.4616321449683622;
const ZERO_REMAINDER = 9.549995429965697e-17;

/** ψ(x) / (x - x₀) as a function of x - 1.5. */
const ABOUT_ZERO: Rational = {
  numerator: [
    4.22009395907132e-7, 0.00022636249078624788, 0.008297484863617567, 0.0998201733015596, 0.5137384479970142,
    1.1663702567214969, 0.9510558760318328,
  ],
  denominator: [
    4.664959078686044e-5, 0.0025031842360786877, 0.041378314480827155, 0.2978119036558111, 1.0319333676352624,
    1.6718236205395554, 1.0,
  ],
};

/** 2 ≤ x < 3. */
const BEYOND_ZERO: readonly Piece[] = [
  {
    end: 3.0,
    centre: 2.4375,
    value: 0.6720386299077455,
    remainder: 3.525139214243636e-17,
    numerator: [
      8.62433439003125e-7, 0.00036037869088640734, 0.011052494232591208, 0.1067983356014632,
      0.40009629949064945, 0.5055709708256839,
    ],
    denominator: [
      8.797697222082885e-5, 0.004307039282019209, 0.06343279679176946, 0.38843155371764465, 1.039446527593129,
      1.0,
    ],
  },
];

const ASYMPTOTIC_START = 10;

/** B₂ₖ / 2k for k = 8 ... 1, the coefficients of x^(-2k). */
const ASYMPTOTIC = [
  -3617 / 8160,
  1 / 12,
  -691 / 32760,
  1 / 132,
  -1 / 240,
  1 / 252,
  -1 / 120,
  1 / 12,
] as const;

function asymptotic(x: number): number {
  const inverseSquare = 1 / (x * x);
  return Math.log(x) - (0.5 / x + inverseSquare * polynomial(ASYMPTOTIC, inverseSquare));
}

/** ψ(x) for 1 ≤ x < 3. */
function digammaBase(x: number): number {
  if (x >= 2) return piecewise(BEYOND_ZERO, x);
  return (x - ZERO - ZERO_REMAINDER) * rational(ABOUT_ZERO, x - 1.5);
}

function digammaPositive(x: number): number {
  if (x >= ASYMPTOTIC_START) return asymptotic(x);
  if (x < 1) return digammaPositive(x + 1) - 1 / x;
  // Stepping down adds positive terms to a positive base; nothing cancels.
  let base = x;
  let steps = 0;
  while (base >= 3) {
    base -= 1;
    steps += 1 / base;
  }
  return steps + digammaBase(base);
}

/**
 * ψ(x) of any number. At the poles as SciPy has it: ψ(+0) = -∞, ψ(-0) = +∞, NaN at -1, -2, ... and at -∞;
 * ψ(+∞) = +∞. Within 4 units in the last place for x > 0; for x < 0 the same but near the zeros between the
 * poles, where the error is relative to the terms that cancel.
 *
 * Example: `digamma(1)` is -0.57721566490153..., minus Euler's constant.
 */
export function digamma(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x > 0) return digammaPositive(x);
  if (x === 0) return -1 / x;
  if (Number.isInteger(x) || !Number.isFinite(x)) return Number.NaN;
  // 1 - x would round a tiny x away, which harms nothing: ψ is flat at 1 beside the pole.
  return digammaPositive(1 - x) - piCotPi(x);
}
