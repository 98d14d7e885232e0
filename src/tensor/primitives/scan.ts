/** A loop whose number of turns is known when it starts, with one body traced once. */
import { at } from "../../core/exactly.ts";
import { emptyArray, type NdArray, type TensorType } from "../array.ts";
import { isFloat } from "../dtype.ts";
import type { Graph } from "../graph.ts";
import { sizeOf, unknownLength } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { GraphTransforms, Primitive, Slope } from "./types.ts";

/**
 * Inputs: `carries` values handed from turn to turn, then `scanned` tensors read row by row, then constants. The body takes
 * carries, rows and constants, and gives the next carries followed by rows of the results.
 */
export interface ScanParams {
  readonly body: Graph;
  readonly carries: number;
  readonly scanned: number;
  /** The number of turns, or `unknownLength` when the scanned tensors are tapes. */
  readonly length: number;
  readonly reverse: boolean;
}

export const scan: Primitive<ScanParams> = {
  type: (_, { body, carries, length }) =>
    body.results.map((type, i) => (i < carries ? type : { dtype: type.dtype, shape: [length, ...type.shape] })),
  evaluate: (inputs, { body, carries, scanned, length, reverse }, _, run) => {
    const turns = length === unknownLength ? at(at(inputs, carries).shape, 0) : length;
    const constants = inputs.slice(carries + scanned);
    const tables = inputs.slice(carries, carries + scanned);
    let carry = inputs.slice(0, carries);
    const stacks = body.results.slice(carries).map((type) => emptyArray({ dtype: type.dtype, shape: [turns, ...type.shape] }));
    for (let turn = 0; turn < turns; turn++) {
      const row = reverse ? turns - 1 - turn : turn;
      const results = run(body, [...carry, ...tables.map((table) => rowOf(table, row)), ...constants]);
      carry = results.slice(0, carries);
      for (const [i, stack] of stacks.entries()) {
        const part = at(results, carries + i).data;
        stack.data.set(part, row * part.length);
      }
    }
    return [...carry, ...stacks];
  },
  jvp: ({ inputs, params, apply }, tangents, transforms) => {
    const { body, carries, scanned } = params;
    if (tangents.every((t) => t === undefined)) return body.results.map(() => undefined);
    // Carries of float dtype always carry a tangent, because one may arise in a later turn.
    const moving = inputs.map((x, i) => (i < carries ? isFloat(x.dtype) : tangents[i] !== undefined));
    const floating = body.results.map((type, i) => (i < carries ? at(moving, i) : isFloat(type.dtype)));
    const groups = split(body.inputs, carries, scanned);
    const types = groups.flatMap((group) => [...group.items, ...group.items.filter((_, i) => moving[group.start + i])]);
    const { graphs, captured } = transforms.trace(types, [
      (values) => {
        const { primals, slopes } = separate(values, body.inputs.length, moving, [carries, scanned]);
        const pushed = transforms.push(body, primals, slopes);
        const dual = (from: number, to: number): Tensor[] => [
          ...pushed.outputs.slice(from, to),
          ...pushed.outputs.flatMap((y, i) => (i >= from && i < to && floating[i] ? [pushed.tangents[i] ?? y.zerosLike()] : [])),
        ];
        return [...dual(0, carries), ...dual(carries, pushed.outputs.length)];
      },
    ]);
    const operands = split(inputs, carries, scanned).flatMap((group) => [
      ...group.items,
      ...group.items.flatMap((x, i) => (moving[group.start + i] ? [tangents[group.start + i] ?? x.zerosLike()] : [])),
    ]);
    const movingCount = (from: number, to: number): number => moving.slice(from, to).filter(Boolean).length;
    const results = apply([...operands, ...captured], {
      ...params,
      body: at(graphs, 0),
      carries: carries + movingCount(0, carries),
      scanned: scanned + movingCount(carries, carries + scanned),
    });
    return tangentsAmong(results, floating, carries);
  },
  forward: (inputs, params, _, { trace, run, apply }) => {
    const { body, carries } = params;
    const { graphs, captured } = trace(body.inputs, [(values) => [...run(body, values), ...values.slice(0, carries)]]);
    const results = apply("scan", [...inputs, ...captured], { ...params, body: at(graphs, 0) });
    return { outputs: results.slice(0, body.results.length), saved: results.slice(body.results.length) };
  },
  vjp: ({ inputs, saved, params, wanted }, cotangents, transforms) =>
    pullLoop({ ...params, inputs, wanted, carryTapes: saved, cotangents }, transforms),
  batch: ({ inputs, batched, params, size, apply }, transforms) => {
    const { body, carries, scanned } = params;
    const isStacked = batched.map((flag, i) => flag || i < carries);
    const operands = inputs.map((x, i) => {
      if (i < carries) return batched[i] ? x : x.broadcastTo([size, ...x.shape]);
      return batched[i] && i < carries + scanned ? x.moveAxis(0, 1) : x;
    });
    const types = body.inputs.map((type, i) => (isStacked[i] ? { dtype: type.dtype, shape: [size, ...type.shape] } : type));
    const { graphs, captured } = transforms.trace(types, [(values) => transforms.batch(body, values, isStacked, size)]);
    const results = apply([...operands, ...captured], { ...params, body: at(graphs, 0) });
    return results.map((y, i) => (i < carries ? y : y.moveAxis(1, 0)));
  },
};

/** What the reverse pass of a loop is made from. */
export interface LoopToPull {
  readonly body: Graph;
  readonly carries: number;
  readonly scanned: number;
  readonly length: number;
  readonly reverse: boolean;
  readonly inputs: readonly Tensor[];
  readonly wanted: readonly boolean[];
  /** The carries with which each turn began. */
  readonly carryTapes: readonly Tensor[];
  /** Of the last carries, then of the stacked results. */
  readonly cotangents: readonly Slope[];
  /** Cotangents of the carries with which each turn began, where these were results too. */
  readonly tapeCotangents?: readonly Slope[];
  /** Which turns happened, for loops stacked over examples that stop at different times. */
  readonly active?: Tensor;
}

/**
 * The reverse pass of a loop: another scan that walks the turns backwards, runs each turn again from the carries it began
 * with, and pulls the cotangents through. Memory is one set of carries a turn.
 */
export function pullLoop(loop: LoopToPull, transforms: GraphTransforms): Slope[] {
  const { body, carries, scanned, inputs, carryTapes, cotangents } = loop;
  const wanted = inputs.map((x, i) => isFloat(x.dtype) && (i < carries || at(loop.wanted, i)));
  const inRange = (from: number, to: number): number[] => wanted.flatMap((flag, i) => (flag && i >= from && i < to ? [i] : []));
  const carryPlaces = inRange(0, carries);
  const rowPlaces = inRange(carries, carries + scanned);
  const constantPlaces = inRange(carries + scanned, inputs.length);
  const rows = inputs.slice(carries, carries + scanned);
  const constants = inputs.slice(carries + scanned);
  const resultSlopes = cotangents.slice(carries);
  const tapeSlopes = loop.tapeCotangents ?? [];
  const present = (slopes: readonly Slope[]): Tensor[] => slopes.filter((g) => g !== undefined);

  const slopeCarries = [
    ...carryPlaces.map((i) => cotangents[i] ?? at(inputs, i).zerosLike()),
    ...constantPlaces.map((i) => at(inputs, i).zerosLike()),
  ];
  const tables = [...carryTapes, ...rows, ...present(resultSlopes), ...present(tapeSlopes), ...(loop.active ? [loop.active] : [])];
  const operands = [...slopeCarries, ...tables, ...constants];
  const types = operands.map((x, i): TensorType => {
    const isTable = i >= slopeCarries.length && i < slopeCarries.length + tables.length;
    return { dtype: x.dtype, shape: isTable ? x.shape.slice(1) : x.shape };
  });

  const { graphs, captured } = transforms.trace(types, [
    (values) => {
      const queue = [...values];
      const take = (count: number): Tensor[] => queue.splice(0, count);
      const spread = (slopes: readonly Slope[]): Slope[] => slopes.map((g) => (g === undefined ? undefined : take(1)[0]));
      const carrySlopes = take(carryPlaces.length);
      const sums = take(constantPlaces.length);
      const [carry, row] = [take(carries), take(scanned)];
      const resultParts = spread(resultSlopes);
      const tapeParts = spread(tapeSlopes);
      const [active] = loop.active ? take(1) : [];
      const incoming = body.results.map((_, i): Slope => (i < carries ? undefined : resultParts[i - carries]));
      for (const [k, place] of carryPlaces.entries()) incoming[place] = carrySlopes[k];
      const { pullback } = transforms.pull(body, [...carry, ...row, ...take(constants.length)], wanted);
      const pulled = pullback(incoming);
      const kept = (slope: Slope, otherwise: Tensor): Tensor => {
        if (active === undefined) return slope ?? otherwise.zerosLike();
        return active.where(slope ?? otherwise.zerosLike(), otherwise);
      };
      return [
        ...carryPlaces.map((place, k) => {
          const slope = kept(pulled[place], at(carrySlopes, k));
          const fromTape = tapeParts[place];
          return fromTape ? slope.add(fromTape) : slope;
        }),
        ...constantPlaces.map((place, k) => {
          const sum = at(sums, k);
          const slope = pulled[place];
          if (slope === undefined) return sum;
          return active === undefined ? sum.add(slope) : active.where(sum.add(slope), sum);
        }),
        ...rowPlaces.map((place) => pulled[place] ?? at(row, place - carries).zerosLike()),
      ];
    },
  ]);
  const results = transforms.apply("scan", [...operands, ...captured], {
    body: at(graphs, 0),
    carries: slopeCarries.length,
    scanned: tables.length,
    length: loop.length,
    reverse: !loop.reverse,
  });
  const places = [...carryPlaces, ...constantPlaces, ...rowPlaces];
  return inputs.map((_, i) => results[places.indexOf(i)]);
}

function rowOf(table: NdArray, row: number): NdArray {
  const shape = table.shape.slice(1);
  const size = sizeOf(shape);
  return { dtype: table.dtype, shape, data: table.data.slice(row * size, (row + 1) * size) };
}

interface Group<T> {
  readonly start: number;
  readonly items: readonly T[];
}

function split<T>(list: readonly T[], carries: number, scanned: number): Group<T>[] {
  return [0, carries, carries + scanned].map((start, k, starts) => ({ start, items: list.slice(start, starts[k + 1]) }));
}

/** Takes apart values listed group by group, each group followed by the slopes of its moving members. */
export function separate(
  values: readonly Tensor[],
  count: number,
  moving: readonly boolean[],
  sizes: readonly number[],
): { primals: Tensor[]; slopes: Slope[] } {
  const primals: Tensor[] = [];
  const slopes: Slope[] = [];
  let next = 0;
  let start = 0;
  for (const size of [...sizes, count - sizes.reduce((sum, n) => sum + n, 0)]) {
    for (let i = 0; i < size; i++) primals.push(at(values, next++));
    for (let i = 0; i < size; i++) slopes.push(moving[start + i] ? at(values, next++) : undefined);
    start += size;
  }
  return { primals, slopes };
}

/** The tangents in a list of results that holds carries, their tangents, stacks, their tangents. */
function tangentsAmong(results: readonly Tensor[], floating: readonly boolean[], carries: number): Slope[] {
  return separate(results, floating.length, floating, [carries]).slopes;
}
