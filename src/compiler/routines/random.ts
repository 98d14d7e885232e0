/** Random numbers from keys, the same as those of `core/random`: four blocks of Threefry a turn, in registers. */
import { at } from "../../core/exactly.ts";
import { PURPOSE } from "../../core/random/key.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Code } from "../emit/code.ts";
import type { LaneContext } from "../lanes/lanes.ts";
import { elementSize } from "../loops/memory.ts";
import { writeNormals } from "./normal.ts";
import type { RoutinePlaces, RoutineRule, RoutineTypes } from "./rule.ts";
import { type Blocks, encrypt, readKey } from "./threefry.ts";
import { advance, copyRun, pointerTo, times } from "./walking.ts";

type Draw = Extract<
  Step,
  { readonly primitive: "randomUniform" | "randomNormal" | "randomBits" | "randomSplit" }
>;

/** How four blocks become elements. */
interface Distribution {
  /** Bytes of elements that four blocks give. */
  readonly bytes: number;
  /** Bytes of room besides. */
  readonly room: number;
  readonly purpose: number;
  /** Writes the elements to a pointer. */
  readonly write: (context: LaneContext, blocks: Blocks, to: number, room: number) => void;
}

const bytesInTurn = 32;
const blocksInTurn = 4;

/** The routine of draws. */
export function draw(step: Draw, { inputs, outputs }: RoutineTypes): RoutineRule {
  const { dtype, shape } = at(outputs, 0);
  const keys = sizeOf(at(inputs, 0).shape) / 2;
  const bytes = (sizeOf(shape) / keys) * elementSize[dtype];
  const distribution = distributionOf(step);
  return {
    room: bytesInTurn + distribution.room,
    write: (context, places) => {
      const { code } = context;
      const key = pointerTo(code, at(places.inputs, 0));
      const to = pointerTo(code, places.output);
      times(code, keys, () => {
        writeStream(context, distribution, key, to, bytes, places);
        advance(code, key, 8);
      });
      code.integer(0);
    },
  };
}

/** Draws for one key; moves `to` behind what is written. */
function writeStream(
  context: LaneContext,
  distribution: Distribution,
  keyAt: number,
  to: number,
  bytes: number,
  places: RoutinePlaces,
): void {
  const { code } = context;
  const key = readKey(code, keyAt);
  const counters = code.local("v128");
  const blocks: Blocks = { x: code.local("v128"), y: code.local("v128") };
  code.bits(lanesOf([0, 1, 2, 3]));
  code.set(counters);
  const turn = (target: number): void => {
    code.get(counters);
    code.tee(blocks.x);
    code.bits(lanesOf([blocksInTurn, blocksInTurn, blocksInTurn, blocksInTurn]));
    code.vector("i32x4Add");
    code.set(counters);
    encrypt(code, key, blocks, distribution.purpose);
    distribution.write(context, blocks, target, places.room + bytesInTurn);
  };
  const turns = Math.floor(bytes / distribution.bytes);
  if (turns > 0)
    times(code, turns, () => {
      turn(to);
      advance(code, to, distribution.bytes);
    });
  const rest = bytes - turns * distribution.bytes;
  if (rest === 0) return;
  const aside = pointerTo(code, places.room);
  turn(aside);
  copyRun(code, aside, to, rest);
  advance(code, to, rest);
}

function lanesOf(words: readonly number[]): number[] {
  return [...new Uint8Array(Uint32Array.from(words).buffer)];
}

function distributionOf(step: Draw): Distribution {
  const stream = { bytes: bytesInTurn, room: 0, purpose: PURPOSE.STREAM };
  switch (step.primitive) {
    case "randomBits":
      return { ...stream, write: ({ code }, blocks, to) => writeWords(code, blocks, to, () => {}) };
    case "randomSplit":
      return {
        ...stream,
        purpose: PURPOSE.SPLIT,
        write: ({ code }, blocks, to) => writeWords(code, blocks, to, () => {}),
      };
    case "randomUniform":
      return {
        ...stream,
        write: (context, blocks, to) =>
          step.params.dtype === "float64"
            ? writeUniformDoubles(context, blocks, to)
            : writeWords(context.code, blocks, to, () => scaledWord(context)),
      };
    case "randomNormal": {
      const isDouble = step.params.dtype === "float64";
      return {
        ...stream,
        bytes: isDouble ? bytesInTurn : bytesInTurn / 2,
        room: 64,
        write: (context, blocks, to, room) => writeNormals(context, blocks, to, room, isDouble),
      };
    }
    default:
      return step satisfies never;
  }
}

/** Both words of each block, one behind the other, changed by what is written to change four of them. */
function writeWords(code: Code, { x, y }: Blocks, to: number, change: () => void): void {
  for (const half of [0, 1]) {
    code.get(to);
    code.get(x);
    code.get(y);
    code.shuffle([0, 1].flatMap((i) => [...wordOf(2 * half + i), ...wordOf(4 + 2 * half + i)]));
    change();
    code.vectorAccess("v128Store", 16 * half);
  }
}

const wordOf = (word: number): number[] => [0, 1, 2, 3].map((byte) => 4 * word + byte);

/** The upper 24 bits as a multiple of 2⁻²⁴. */
function scaledWord({ code, constants }: LaneContext): void {
  code.integer(8);
  code.vector("i32x4ShrU");
  code.vector("f32x4ConvertI32x4S");
  code.integer(0);
  code.vectorAccess("v128Load32Splat", constants.place("float32", 2 ** -24));
  code.vector("f32x4Mul");
}

/** 53 bits of each block: the upper 27 of one word and the upper 26 of the other. */
function writeUniformDoubles({ code, constants }: LaneContext, { x, y }: Blocks, to: number): void {
  const splat = (value: number): void => {
    code.integer(0);
    code.vectorAccess("v128Load64Splat", constants.place("float64", value));
  };
  const half = (words: number, shift: number, upper: boolean): void => {
    code.get(words);
    if (upper) {
      code.get(words);
      code.shuffle([2, 3, 2, 3].flatMap(wordOf));
    }
    code.integer(shift);
    code.vector("i32x4ShrU");
    code.vector("f64x2ConvertLowI32x4S");
  };
  for (const upper of [false, true]) {
    code.get(to);
    half(x, 5, upper);
    splat(2 ** 26);
    code.vector("f64x2Mul");
    half(y, 6, upper);
    code.vector("f64x2Add");
    splat(2 ** -53);
    code.vector("f64x2Mul");
    code.vectorAccess("v128Store", upper ? 16 : 0);
  }
}
