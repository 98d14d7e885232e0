/**
 * The logarithm of the gamma function, log|Γ(x)|.
 *
 * About its zeros 1 and 2 it is d·(slope + d·R(d)) with d = x - 1 and d = x - 2, so that it is precise
 * relative to itself there; between and up to 13 it is expanded about fixed centres, and from 13 on by
 * Stirling's series, Abramowitz & Stegun (1964), 6.1.41. Small arguments by Γ(x) = Γ(1 + x)/x (6.1.15),
 * negative ones by reflection (6.1.17). The ratios interpolate at Chebyshev nodes, computed with mpmath at 80
 * digits; each is good to about 1e-16 relative to the result.
 */
import { type Piece, piecewise, polynomial, type Rational, rational } from "./rational.ts";
import { sinPi } from "./trigonometry-of-pi.ts";

/** Euler's γ = -ψ(1), and ψ(2) = 1 - γ: the slopes at the zeros, each with what the double lacks of it. */
const EULER = 0.5772156649015329;
const EULER_REMAINDER = -4.942915152430645e-18;
const SLOPE_AT_TWO = 0.42278433509846713;
const SLOPE_AT_TWO_REMAINDER = 4.942915152430645e-18;

const NEAR_ONE: Rational = {
  numerator: [
    8.103520919034771e-5, 0.01477800075070494, 0.21727496771741014, 1.0741159192543719, 2.3211072877700767,
    2.269786249328252, 0.8224670334241132,
  ],
  denominator: [
    0.004053791398901026, 0.09841167512708411, 0.7419513373813541, 2.4751466694011093, 4.074952938867557,
    3.2469044656987833, 1.0,
  ],
};

const NEAR_TWO: Rational = {
  numerator: [
    4.3534735734262947e-7, 0.0001616561561502632, 0.004919666977472624, 0.05000724751230518,
    0.2208868386527057, 0.43929045012353407, 0.3224670334241132,
  ],
  denominator: [
    4.730282963374479e-5, 0.002460359247280315, 0.039332339794509744, 0.27598676342920886, 0.9493259429327152,
    1.5711458805476974, 1.0,
  ],
};

/** 1.3 ≤ x < 1.7, about the minimum. */
const BETWEEN: readonly Piece[] = [
  {
    end: 1.7,
    centre: 1.5,
    value: -0.12078223763524522,
    remainder: -4.1797047492946264e-18,
    numerator: [
      0.0018359663860999281, 0.04547201373557509, 0.288747390824812, 0.6673283579049892, 0.5275458305352622,
      0.03648997397857652,
    ],
    denominator: [
      0.0004552218393603845, 0.02155778298124097, 0.23450044917318336, 0.9609651929654432, 1.6482535805104672,
      1.0,
    ],
  },
];

/** 2.5 ≤ x < 13. */
const MIDDLE: readonly Piece[] = [
  {
    end: 3.0,
    centre: 2.71875,
    value: 0.4498386340104196,
    remainder: -1.1285720672880544e-17,
    numerator: [
      9.331560538301924e-5, 0.004914770404290535, 0.06920239628526009, 0.38859461758681285,
      0.9369025093362318, 0.8051339522877389,
    ],
    denominator: [
      1.9987211407845108e-5, 0.0017822178200161516, 0.03633600472311094, 0.27811314733227405,
      0.8882105611280608, 1.0,
    ],
  },
  {
    end: 4.0,
    centre: 3.5,
    value: 1.2009736023470743,
    remainder: -6.235058427319136e-17,
    numerator: [
      2.7577577544906204e-5, 0.0019413494630624328, 0.03676397965730579, 0.2799343221350206,
      0.9245762286141783, 1.103156640645243,
    ],
    denominator: [
      5.604790412343605e-6, 0.000643433015341656, 0.01691410206234612, 0.16703116515262917,
      0.6883857854673155, 1.0,
    ],
  },
  {
    end: 6.0,
    centre: 5.0,
    value: 3.1780538303479458,
    remainder: -1.3216387039714197e-16,
    numerator: [
      4.820846958921309e-6, 0.0005106302826961222, 0.014542957827747501, 0.16685991897964297,
      0.8326962660272804, 1.5061176684318005,
    ],
    denominator: [
      9.120685313178402e-7, 0.00015078273632152683, 0.005702689593456216, 0.08096331764757356,
      0.47940131325231683, 1.0,
    ],
  },
  {
    end: 9.0,
    centre: 7.5,
    value: 7.534364236758733,
    remainder: 2.749147566750321e-16,
    numerator: [
      6.561545287510585e-7, 0.0001096097317430494, 0.004902743933185301, 0.08816987075043024,
      0.6886287286904696, 1.9467574842460869,
    ],
    denominator: [
      1.1510211513136068e-7, 2.8809783995540076e-5, 0.0016489347486773353, 0.03541385292361671,
      0.31710204549755977, 1.0,
    ],
  },
  {
    end: 13.0,
    centre: 10.5,
    value: 13.940625219403763,
    remainder: 2.0916364919946416e-16,
    numerator: [
      1.1106382557531626e-7, 2.7964963208838863e-5, 0.0018564252586678988, 0.049094300700261155,
      0.5602493199619472, 2.3030010342976865,
    ],
    denominator: [
      1.823867584402647e-8, 6.692621231679336e-6, 0.0005562115464965707, 0.017232819651940668,
      0.22157647101882436, 1.0,
    ],
  },
];

const STIRLING_START = 13;

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** B₂ₖ / (2k(2k - 1)) for k = 8 ... 1, the coefficients of x^(1 - 2k). */
const STIRLING = [
  -3617 / 122400,
  1 / 156,
  -691 / 360360,
  1 / 1188,
  -1 / 1680,
  1 / 1260,
  -1 / 360,
  1 / 12,
] as const;

function stirling(x: number): number {
  const series = polynomial(STIRLING, 1 / (x * x)) / x;
  return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5 + series);
}

/** log Γ(1 + d) for -0.3 ≤ d < 0.7, with d given so that nothing is lost near d = 0. */
function lgammaOnePlus(d: number): number {
  if (d >= 0.3) return piecewise(BETWEEN, 1 + d);
  // 0 - ... rather than -d: log Γ(1) is 0, not -0.
  return 0 - d * (EULER + (EULER_REMAINDER - d * rational(NEAR_ONE, d)));
}

/** log Γ(2 + d) for -0.3 ≤ d < 0.5. */
function lgammaTwoPlus(d: number): number {
  return d * (SLOPE_AT_TWO + (SLOPE_AT_TWO_REMAINDER + d * rational(NEAR_TWO, d)));
}

function lgammaPositive(x: number): number {
  if (x < 0.7) return lgammaOnePlus(x) - Math.log(x);
  if (x < 1.7) return lgammaOnePlus(x - 1);
  if (x < 2.5) return lgammaTwoPlus(x - 2);
  return x < STIRLING_START ? piecewise(MIDDLE, x) : stirling(x);
}

/**
 * log|Γ(x)| of any number: +∞ at the poles 0, -1, -2, ... and at ±∞ (as in C), NaN for NaN. Within 3 units in
 * the last place for x > 0; for x < 0 the same but near the zeros between the poles (the first is -2.457...),
 * where the error is relative to the terms that cancel.
 *
 * Example: `lgamma(10)` is 12.801827480081469, the logarithm of 9!.
 */
export function lgamma(x: number): number {
  if (x > 0) return x === Number.POSITIVE_INFINITY ? x : lgammaPositive(x);
  if (Number.isNaN(x)) return x;
  if (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  // Below 1e-17 the next term, γ|x|, is lost beside -log|x|, and π/(|x| sin πx) could overflow.
  if (x > -1e-17) return -Math.log(-x);
  return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgammaPositive(-x);
}
