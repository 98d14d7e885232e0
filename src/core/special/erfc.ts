/**
 * The complementary error function, erfc(x) = 1 - erf(x), without cancellation far out.
 *
 * Below 1 it is expanded about fixed centres; above, erfc(x) = exp(-x²)·erfcx(x) with the slowly varying
 * erfcx expanded in the same way, and from 6 on x·erfcx(x) as a function of 1/x² (Abramowitz & Stegun (1964),
 * 7.1.23, shows why). The ratios interpolate at Chebyshev nodes, computed with mpmath at 80 digits; each is
 * good to 2e-17 relative to the result.
 */
import { erfCentral } from "./erf-central.ts";
import { type Piece, piecewise, type Rational, rational } from "./rational.ts";

/** Below this 1 - erf(x) loses nothing. */
const CENTRAL_END = 0.25;

/** From here on x·erfcx(x) is expanded in 1/x². */
const FAR = 6;

/** log 2 in two parts; the first has 32 bits, so that its products with integers below 2²¹ are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Beyond, erfc(x) is less than half the smallest positive double. */
const UNDERFLOW = 27.3;

const ERFC_PIECES: readonly Piece[] = [
  {
    end: 0.6875,
    centre: 0.46875,
    value: 0.507386526782062,
    remainder: 3.3306914518767484e-17,
    numerator: [
      -0.0008444906296868948, 0.0036871750700204794, -0.02068443908606332, -0.013530473563155586,
      -0.15754484097090585, 0.228091263871334, -0.9057931367751159,
    ],
    denominator: [
      0.00551774022224741, 0.007168320860913771, 0.08115320468329197, 0.07221116998706216, 0.4624680408533734,
      0.2169361424967245, 1.0,
    ],
  },
  {
    end: 1.0,
    centre: 0.84375,
    value: 0.23277433876765838,
    remainder: -1.207175746214912e-17,
    numerator: [
      -0.000826918199581275, 0.0026630738588348875, -0.009806281163135469, -0.0072288389954636096,
      -0.14226374701086592, 0.19324711597415078, -0.553700238250772,
    ],
    denominator: [
      0.0054392981184507826, 0.016662972247480118, 0.09446985889663384, 0.17130897405483625,
      0.533093324883774, 0.49473964633887557, 1.0,
    ],
  },
];

const ERFCX_PIECES: readonly Piece[] = [
  {
    end: 1.5,
    centre: 1.25,
    value: 0.3678229164523611,
    remainder: 1.387401093925035e-19,
    numerator: [
      2.4477438493121163e-8, -0.0011215843252340223, -0.01498078778728491, -0.07976825757426367,
      -0.20130394245858926, -0.20882187596460985,
    ],
    denominator: [
      0.0030480739177676784, 0.04541524898794549, 0.2805981832685468, 0.896065462672141, 1.4754178053998679,
      1.0,
    ],
  },
  {
    end: 2.25,
    centre: 1.875,
    value: 0.2694299851646704,
    remainder: 2.4834579724134718e-17,
    numerator: [
      2.1100512198821266e-9, -0.00043549162183222046, -0.0065376019921304694, -0.0386281916550804,
      -0.10676592659329275, -0.11801672272799837,
    ],
    denominator: [
      0.0016161847498393932, 0.027650711498259962, 0.19490987572385182, 0.7061577617247032,
      1.3126491997240843, 1.0,
    ],
  },
  {
    end: 3.5,
    centre: 2.875,
    value: 0.1860549346844711,
    remainder: 7.76667829835616e-18,
    numerator: [
      6.428506678623676e-11, -0.00011795817162900923, -0.0021102629574929217, -0.014653681000202059,
      -0.0468774387300739, -0.05856329265980373,
    ],
    denominator: [
      0.0006339878326227682, 0.013264765733481435, 0.11345533944849308, 0.4952918075578302,
      1.1024466706928098, 1.0,
    ],
  },
  {
    end: 6.0,
    centre: 4.75,
    value: 0.11630270721024731,
    remainder: -3.1774786879972914e-18,
    numerator: [
      2.9173145908250314e-13, -1.6352222008653166e-5, -0.0003907673619202995, -0.0035717507088375154,
      -0.01480500992690157, -0.02350344859816315,
    ],
    denominator: [
      0.0001406004413378999, 0.004041976971679682, 0.04707881719602103, 0.2775897762449904,
      0.8282331937192932, 1.0,
    ],
  },
];

/** 1/√π, the limit of x·erfcx(x), and what the double lacks of it. */
const LIMIT = 0.5641895835477563;
const LIMIT_REMAINDER = 7.66772980658294e-18;

/** (x·erfcx(x) - 1/√π)·x² as a function of 1/x². */
const ERFCX_FAR: Rational = {
  numerator: [
    -15.020980006462942, -220.72196458706807, -222.98014899190093, -68.05965231514705, -7.708629065303011,
    -0.28209479177387814,
  ],
  denominator: [
    758.8750012692116, 1723.7957727899197, 1116.6022582067021, 280.75475349054386, 28.82637854399702, 1.0,
  ],
};

/** erfcx(x) = exp(x²)·erfc(x) for x ≥ 1. */
function scaledErfc(x: number): number {
  if (x < FAR) return piecewise(ERFCX_PIECES, x);
  const inverseSquare = 1 / (x * x);
  return (LIMIT + (LIMIT_REMAINDER + inverseSquare * rational(ERFCX_FAR, inverseSquare))) / x;
}

/**
 * exp(-x²)·erfcx(x). Rounding x² would cost x² units in the last place, so it is split into high + low, high
 * exact in a double. Then exp(-x²) is 2^(-k)·exp(reduced) with |reduced| ≤ ½ log 2, and exp(reduced) - 1
 * enters as a correction.
 */
function erfcTail(x: number): number {
  const rounded = Math.fround(x);
  const high = rounded * rounded;
  const low = (x - rounded) * (x + rounded);
  const k = Math.round(high / Math.LN2);
  const reduced = k * LN2_HIGH - high + (k * LN2_LOW - low);
  const scaled = scaledErfc(x);
  // Two factors, for 2^(-k) alone may underflow; only the second may round, once.
  const half = k >> 1;
  return (scaled + scaled * Math.expm1(reduced)) * 2 ** -half * 2 ** (half - k);
}

/**
 * The complementary error function of any number: erfc(-∞) = 2, erfc(+∞) = 0, NaN for NaN. Within 2.5 units
 * in the last place wherever the result is a normal double, tail included.
 *
 * Example: `erfc(10)` is 2.08848758376254...e-45, where 1 - erf(10) is 0.
 */
export function erfc(x: number): number {
  if (x < -CENTRAL_END) return 2 - erfc(-x);
  if (x < CENTRAL_END) return 1 - erfCentral(x);
  if (x < 1) return piecewise(ERFC_PIECES, x);
  return x > UNDERFLOW ? 0 : erfcTail(x);
}
