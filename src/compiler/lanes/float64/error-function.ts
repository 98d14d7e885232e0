/** The error function and its complement on float64 lanes. */
import type { Lanes, Vector } from "../lanes.ts";
import { clamp, evenOdd, exactProduct, type Pair, quickSum, quotient, withSign } from "./exact.ts";
import { exponential, powerOfTwo, preciseExponential, scale } from "./exponential.ts";

/** Where erf x = x, squared. */
const crossing = 0.3812406484863818;

/**
 * (erf x − x)/x divided by x² − crossing, as a function of x², |x| ≤ 0.92, minimax (Remez exchange in 45
 * digits); the error is 2⁻⁵⁹ of x. With that factor outside, nothing cancels in the polynomial. /
 */
const centralSeries = [
  -0.3367405013216957, 0.1033097804930111, -0.024992445727757964, 0.004914808859425938,
  -0.0008109543418690272, 0.00011509348797382055, -1.432076541175374e-5, 1.585305876559121e-6,
  -1.57350545963636e-7, 1.3621534650158504e-8, -8.231763678352474e-10,
];

/**
 * erfcx(x) = e^(x²)·erfc(x) as a function of (x − 1)/(x + 3), 0.915 ≤ x ≤ 6, minimax; the error of erf is
 * 2⁻⁵⁶. The ratio is small where erfc is large, so that errors in it do not matter. /
 */
const scaledSeries = [
  0.427583576155807, -1.0928480591355945, 1.3770969228149155, -1.2234841074794842, 0.723916681160685,
  -0.22394682934733387, -0.022371583736404906, 0.04264201476880819, -0.0021869422626623987,
  -0.008334213291793215, 6.48791274949362e-6, 0.0027591827999896685, -0.0008111278475975598,
];

/** What is added to x in the denominators of variables in which erfcx is smooth. */
const shift = 3;

/**
 * (x + ½)·erfcx(x), which varies little, as a function of 1/(x + 3) − middle, 0.745 ≤ x ≤ 27.3, minimax with
 * an error of 2⁻⁵⁶ of the value; and what its first coefficient lacks. /
 */
const middle = 0.150012998629636;
const first = 0.6195498762685324;
const firstLow = 4.7029607410364897e-17;
const flatSeries = [
  0.4250585668814014, -0.2735608376058272, -9.53948540006784, -57.41655840651044, -212.6063519469397,
  -502.49189048047134, -524.9351743004371, 974.7821913032413, 4114.499642269184, 904.002405910864,
  -20968.08872695847, -22013.357709859192, 113796.65153697788, 174573.4964953639, -728416.3632560432,
  -1125747.9263019096, 5063352.5906032175, 5913706.70232615, -26202030.27804878, -19375363.831314288,
];

/** Up to here erf is taken from its centre. */
const erfCentralEnd = 0.92;

/** From here on erf is 1 in double precision. */
const saturation = 6;

/** erf x − x for |x| ≤ 0.92, where x² is given as well. */
function centralRest(l: Lanes, x: Vector, square: Vector): Vector {
  const factor = l.sub(square, l.constant(crossing));
  return l.mul(x, l.mul(factor, evenOdd(l, square, centralSeries)));
}

/** erf x from its centre, or 1 − erfc |x|. */
export function erf(l: Lanes, x: Vector): Vector {
  const size = l.pseudoMin(l.abs(x), l.constant(saturation));
  const one = l.constant(1);
  const square = l.mul(size, size);
  const near = centralRest(l, size, square);
  const t = l.div(l.sub(size, one), l.add(size, l.constant(shift)));
  const { shifted, head, rest } = exponential(l, l.neg(square), 1023);
  const power = l.mul(powerOfTwo(l, shifted), l.add(one, l.add(head, rest)));
  const beyond = l.mul(evenOdd(l, t, scaledSeries), power);
  const isCentral = l.less(size, l.constant(erfCentralEnd));
  const y = l.add(l.select(isCentral, size, one), l.select(isCentral, near, l.neg(beyond)));
  return withSign(l, y, x);
}

/** Up to here erfc x is 1 − erf x. */
const centralEnd = 0.75;

/** Beyond, erfc is less than half the smallest number. */
const underflow = 27.3;

/** erfc x = e^(−x²)·g/(x + ½) for x ≥ ¾, in pairs: little but the last rounding is lost. */
function tail(l: Lanes, x: Vector): { readonly shifted: Vector } & Pair {
  const one = l.constant(1);
  const coarse = l.and(x, l.integer(-(1n << 27n)));
  const low = l.mul(l.sub(x, coarse), l.add(x, coarse));
  const { shifted, s } = preciseExponential(l, l.neg(l.mul(coarse, coarse)), 2046, l.neg(low));
  const power = quickSum(l, one, s.high);
  const v = l.sub(l.div(one, l.add(x, l.constant(shift))), l.constant(middle));
  const variation = l.mul(v, evenOdd(l, v, flatSeries));
  const g = quickSum(l, l.constant(first), l.add(variation, l.constant(firstLow)));
  const product = exactProduct(l, power.high, g.high);
  const cross = l.add(l.mul(l.add(power.low, s.low), g.high), l.mul(power.high, g.low));
  const numerator = { high: product.high, low: l.add(product.low, cross) };
  return { shifted, ...quotient(l, numerator, quickSum(l, x, l.constant(0.5))) };
}

/** erfc x = 1 − erf x near zero, 2 − erfc |x| for negative x. */
export function erfc(l: Lanes, x: Vector): Vector {
  const size = l.abs(x);
  const isNegative = l.less(x, l.constant(0));
  const { shifted, high, low } = tail(l, clamp(l, size, centralEnd, underflow));
  const isCentral = l.less(size, l.constant(centralEnd));
  const near = l.neg(centralRest(l, x, l.mul(x, x)));
  const far = scale(l, l.add(high, low), shifted);
  const base = l.select(isCentral, l.constant(1), l.and(isNegative, l.constant(2)));
  const main = quickSum(l, base, l.andNot(l.neg(x), l.not(isCentral)));
  const signed = l.xor(far, l.and(isNegative, l.constant(-0)));
  return l.add(main.high, l.add(main.low, l.select(isCentral, near, signed)));
}
