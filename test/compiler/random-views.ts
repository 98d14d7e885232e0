/** Random operations that move elements: views, joins, windows, convolutions. */
import { at } from "../../src/core/exactly.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import { apply, type Tensor } from "../../src/tensor/tensor.ts";
import type { Source } from "../primitives/source.ts";
import { drawn, type Operation } from "./random-pool.ts";

function shuffled(source: Source, rank: number): number[] {
  const order = Array.from({ length: rank }, (_, i) => i);
  for (let i = rank - 1; i > 0; i--) {
    const j = source.integer(0, i);
    [order[i], order[j]] = [at(order, j), at(order, i)];
  }
  return order;
}

const transpose: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 1);
  return x && apply("transpose", [x], { permutation: shuffled(source, x.rank) });
};

/** Another shape of so many elements: neighbours joined, lengths split, axes of length 1 put in. */
function otherShape(source: Source, shape: readonly number[]): number[] {
  const lengths = [...shape];
  if (lengths.length > 1 && source.flip()) {
    const axis = source.integer(0, lengths.length - 2);
    lengths.splice(axis, 2, at(lengths, axis) * at(lengths, axis + 1));
  }
  const axis = lengths.findIndex((n) => n > 2 && (n % 2 === 0 || n % 3 === 0));
  if (axis >= 0 && source.flip()) {
    const by = at(lengths, axis) % 2 === 0 ? 2 : 3;
    lengths.splice(axis, 1, ...(source.flip() ? [by, at(lengths, axis) / by] : [at(lengths, axis) / by, by]));
  }
  if (source.integer(0, 3) === 0) lengths.splice(source.integer(0, lengths.length), 0, 1);
  return source.integer(0, 3) === 0 ? lengths.filter((n) => n !== 1) : lengths;
}

const reshape: Operation = ({ source, find }) => {
  const x = find((y) => y.rank < 5);
  return x && apply("reshape", [x], { shape: otherShape(source, x.shape) });
};

const broadcastTo: Operation = ({ source, find }) => {
  const x = find((y) => y.rank < 4 && y.size < 300);
  if (x === undefined) return undefined;
  const inner = x.shape.map((n) => (n === 1 && source.flip() ? source.integer(1, 9) : n));
  return apply("broadcastTo", [x], { shape: source.flip() ? [source.integer(1, 5), ...inner] : inner });
};

const slice: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 0);
  if (x === undefined) return undefined;
  const starts = x.shape.map((n) => (source.flip() ? 0 : source.integer(0, Math.max(0, n - 1))));
  const stops = x.shape.map((n, axis) => (source.flip() ? n : source.integer(at(starts, axis), n)));
  const steps = x.shape.map(() => source.pick([1, 1, 2, 3]));
  const isFull = x.shape.map((n) => source.integer(0, 2) > 0 && n > 0);
  return apply("slice", [x], {
    starts: starts.map((start, axis) => (isFull[axis] ? 0 : start)),
    stops: stops.map((stop, axis) => (isFull[axis] ? at(x.shape, axis) : stop)),
    steps: steps.map((step, axis) => (isFull[axis] ? 1 : step)),
  });
};

const flip: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 0);
  return x && apply("flip", [x], { axes: x.shape.flatMap((_, axis) => (source.flip() ? [axis] : [])) });
};

const pad: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 0 && y.rank < 4 && y.size < 500);
  if (x === undefined) return undefined;
  const some = (most: number): number[] => x.shape.map(() => (source.flip() ? 0 : source.integer(0, most)));
  const crop = source.integer(0, 7) === 0 ? -1 : 0;
  const low = some(2).map((n, axis) => (at(x.shape, axis) > 2 && n === 0 ? crop : n));
  const value = isFloat(x.dtype)
    ? source.pick([0, 0, -0, 1.5, Infinity, -Infinity, Number.NaN])
    : source.integer(0, 1);
  return apply("pad", [x], {
    low: crop < 0 ? low.map((n) => Math.max(n, 0)) : low,
    high: some(2),
    interior: some(2),
    value,
  });
};

const concat: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 0 && y.size < 1000);
  if (x === undefined) return undefined;
  const axis = source.integer(0, x.rank - 1);
  const fits = (y: Tensor): boolean =>
    y.dtype === x.dtype &&
    y.rank === x.rank &&
    y.size < 1000 &&
    y.shape.every((n, i) => i === axis || n === x.shape[i]);
  const others = Array.from({ length: source.integer(1, 3) }, () => find(fits) ?? x);
  return apply("concat", [x, ...others], { axis });
};

const unstack: Operation = ({ source, find }) => {
  const x = find((y) => y.rank > 0 && at(y.shape, 0) > 0 && at(y.shape, 0) < 6);
  if (x === undefined) return undefined;
  const rows = apply("unstack", [x], {});
  return source.flip() ? rows : [source.pick(rows)];
};

const pair = (source: Source, low: number, high: number): [number, number] => [
  source.integer(low, high),
  source.integer(low, high),
];

const windows: Operation = ({ source, find }) => {
  const x = find((y) => isFloat(y.dtype) && y.rank >= 2 && y.size > 0 && y.size < 400);
  if (x === undefined) return undefined;
  const [h, w] = x.shape.slice(-2) as [number, number];
  const size: [number, number] = [source.integer(1, Math.min(3, h)), source.integer(1, Math.min(3, w))];
  const isPadded = source.integer(0, 2) === 0;
  const padding = (): [number, number] => (isPadded ? pair(source, 0, 1) : [0, 0]);
  const params = {
    size,
    stride: pair(source, 1, 2),
    low: padding(),
    high: padding(),
    dilation: [1, 1] as const,
    value: source.pick([0, -Infinity]),
  };
  const made = apply("windows", [x], params);
  return source.flip() ? made : apply("foldWindows", made, { ...params, image: [h, w] });
};

const convolution: Operation = ({ source, find, elements }) => {
  const x = find((y) => isFloat(y.dtype) && y.rank === 4 && y.size > 0 && y.size < 1000);
  if (x === undefined) return undefined;
  const [, channels, h, w] = x.shape as [number, number, number, number];
  const groups = channels % 2 === 0 && source.flip() ? 2 : 1;
  const shape = [
    groups * source.integer(1, 3),
    channels / groups,
    source.integer(1, Math.min(3, h)),
    source.integer(1, Math.min(3, w)),
  ];
  const kernel = drawn(source, { dtype: x.dtype, shape }, elements === "whole" ? "whole" : "ordinary");
  return apply("convolution", [x, kernel], {
    stride: pair(source, 1, 2),
    low: pair(source, 0, 1),
    high: pair(source, 0, 1),
    dilation: [1, 1],
    inputDilation: source.integer(0, 3) === 0 ? [2, 1] : [1, 1],
    groups,
  });
};

/** Each moves elements in its way. */
export const viewOperations: readonly Operation[] = [
  transpose,
  transpose,
  reshape,
  reshape,
  broadcastTo,
  slice,
  slice,
  flip,
  pad,
  concat,
  unstack,
  windows,
  convolution,
];
