/**
 * Standard normal numbers by inversion, as `core/random/fill-normal.ts` makes them, bit for bit: the middle 85 % by a ratio of
 * polynomials in registers, the tails by the host's own function.
 */
import { centralQuantile } from "../../core/random/normal-quantile.ts";
import type { LaneContext } from "../lanes/lanes.ts";
import { highHalf } from "../lanes/widths.ts";
import type { Blocks } from "./threefry.ts";
import { advance, copyOf, pointerTo, times } from "./walking.ts";

/** Writes the four numbers of four blocks; the room holds their probabilities and signs. */
export function writeNormals(
  context: LaneContext,
  blocks: Blocks,
  to: number,
  room: number,
  isDouble: boolean,
): void {
  const { code } = context;
  const { halfWidth } = centralQuantile;
  const isTail = code.local("v128");
  const sizes = [0, 1].map((half): number => {
    const p = probabilities(context, blocks, half === 1);
    code.integer(room + 16 * half);
    code.get(p);
    code.vectorAccess("v128Store", 0);
    const size = code.local("v128");
    const q = code.local("v128");
    splat(context, 0.5);
    code.get(p);
    code.vector("f64x2Sub");
    code.set(q);
    writeCentre(context, q);
    code.set(size);
    code.get(q);
    splat(context, halfWidth);
    code.vector("f64x2Gt");
    if (half === 1) {
      code.get(isTail);
      code.vector("v128Or");
    }
    code.set(isTail);
    return size;
  });
  for (const [half, size] of sizes.entries()) {
    code.integer(room + 32 + 16 * half);
    code.get(size);
    code.vectorAccess("v128Store", 0);
  }
  code.get(isTail);
  code.vector("v128AnyTrue");
  code.when(() => writeTails(context, room));
  writeSigned(context, blocks, to, room, isDouble);
}

function splat({ code, constants }: LaneContext, value: number): void {
  code.integer(0);
  code.vectorAccess("v128Load64Splat", constants.place("float64", value));
}

/** ((upper word without its sign)·2³² + lower word + ½)·2⁻⁶⁴ of two blocks. */
function probabilities(context: LaneContext, { x, y }: Blocks, upper: boolean): number {
  const { code } = context;
  const p = code.local("v128");
  const word = (words: number): void => {
    code.get(words);
    if (!upper) return;
    code.get(words);
    code.shuffle(highHalf);
  };
  word(x);
  code.integer(0x7fffffff);
  code.vector("i32x4Splat");
  code.vector("v128And");
  code.vector("f64x2ConvertLowI32x4S");
  splat(context, 2 ** 32);
  code.vector("f64x2Mul");
  // An unsigned word is the signed one of its bits but for the sign, which counts 2³¹.
  word(y);
  code.integer(0x80000000 | 0);
  code.vector("i32x4Splat");
  code.vector("v128Xor");
  code.vector("f64x2ConvertLowI32x4S");
  splat(context, 2 ** 31);
  code.vector("f64x2Add");
  code.vector("f64x2Add");
  splat(context, 0.5);
  code.vector("f64x2Add");
  splat(context, 2 ** -64);
  code.vector("f64x2Mul");
  code.set(p);
  return p;
}

/** q·R(c² − q²), left on the stack. */
function writeCentre(context: LaneContext, q: number): void {
  const { code } = context;
  const { ratio, square } = centralQuantile;
  const t = code.local("v128");
  splat(context, square);
  code.get(q);
  code.get(q);
  code.vector("f64x2Mul");
  code.vector("f64x2Sub");
  code.set(t);
  const polynomial = ([first = 0, ...rest]: readonly number[]): void => {
    splat(context, first);
    for (const coefficient of rest) {
      code.get(t);
      code.vector("f64x2Mul");
      splat(context, coefficient);
      code.vector("f64x2Add");
    }
  };
  code.get(q);
  polynomial(ratio.numerator);
  polynomial(ratio.denominator);
  code.vector("f64x2Div");
  code.vector("f64x2Mul");
}

/** Asks the host for the sizes that lie in the tails. */
function writeTails({ code, host }: LaneContext, room: number): void {
  const pointer = pointerTo(code, room);
  times(code, 4, () => {
    code.double(0.5);
    code.get(pointer);
    code.access("f64Load", 0);
    code.op("f64Sub");
    code.double(centralQuantile.halfWidth);
    code.op("f64Gt");
    code.when(() => {
      code.get(pointer);
      code.get(pointer);
      code.access("f64Load", 0);
      code.double(0);
      code.call(host("upperNormalQuantile"));
      code.access("f64Store", 32);
    });
    advance(code, pointer, 8);
  });
}

/** Gives the sizes their signs, the first bit of each block. */
function writeSigned(
  { code }: LaneContext,
  { x }: Blocks,
  to: number,
  room: number,
  isDouble: boolean,
): void {
  const target = copyOf(code, to);
  for (const half of [0, 1]) {
    code.get(target);
    code.integer(room + 32 + 16 * half);
    code.vectorAccess("v128Load", 0);
    code.get(x);
    code.get(x);
    // Each word into the upper half of a lane; below it lies what the mask takes away.
    const [first, second] = [8 * half, 8 * half + 4];
    code.shuffle([first, second].flatMap((byte) => [...wordAt(byte), ...wordAt(byte)]));
    code.bits([0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x80]);
    code.vector("v128And");
    code.vector("v128Xor");
    if (isDouble) code.vectorAccess("v128Store", 16 * half);
    else {
      code.vector("f32x4DemoteF64x2");
      code.vectorAccess("v128Store64Lane", 8 * half, 0);
    }
  }
}

const wordAt = (byte: number): number[] => [0, 1, 2, 3].map((k) => byte + k);
