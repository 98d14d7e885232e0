/** Samples of loops, branches and functions with rules of their own. */
import { at } from "../../../src/core/exactly.ts";
import type { TensorType } from "../../../src/tensor/array.ts";
import type { CondParams } from "../../../src/tensor/primitives/cond.ts";
import type { CustomParams } from "../../../src/tensor/primitives/custom.ts";
import type { ScanParams } from "../../../src/tensor/primitives/scan.ts";
import type { WhileParams } from "../../../src/tensor/primitives/while.ts";
import { apply, type Tensor } from "../../../src/tensor/tensor.ts";
import { graphOf, type SampleMaker } from "../sample.ts";
import { booleans, floats, integers, type Source } from "../source.ts";

const real = (...shape: number[]): TensorType => ({ dtype: "float64", shape });
const whole = (...shape: number[]): TensorType => ({ dtype: "int32", shape });

const near = (source: Source, shape: readonly number[], low = -1, high = 1): Tensor =>
  floats(shape, () => source.uniform(low, high));

/** A recurrent layer: carries, rows and constants, forwards or backwards, also with no turn at all. */
const recurrent: SampleMaker<ScanParams> = (source) => {
  const length = source.integer(0, 3);
  const body = graphOf([real(2), real(2), real(2, 2), real()], (values) => {
    const [h, x, weights, bias] = [at(values, 0), at(values, 1), at(values, 2), at(values, 3)];
    const next = weights.matmul(h).add(x).add(bias).tanh();
    return [next, next.mul(h).sum(), x.mul(x)];
  });
  return {
    params: { body, carries: 1, scanned: 1, length, reverse: source.flip() },
    draw: (values) => [near(values, [2]), near(values, [length, 2]), near(values, [2, 2]), near(values, [])],
    isFixed: true,
  };
};

/** A counter beside a float carry, and scanned integers that pick from a constant. */
const counting: SampleMaker<ScanParams> = (source) => {
  const length = source.integer(1, 3);
  const body = graphOf([whole(), real(), whole(), real(3)], (values) => {
    const [count, sum, index, table] = [at(values, 0), at(values, 1), at(values, 2), at(values, 3)];
    const picked = table.gatherPrimitive(index, 0);
    return [count.add(1), sum.mul(picked).add(count.cast("float64")).sin(), count, picked.mul(sum)];
  });
  return {
    params: { body, carries: 2, scanned: 1, length, reverse: source.flip() },
    draw: (values) => [
      integers([], () => values.integer(0, 3)),
      near(values, []),
      integers([length], () => values.integer(0, 2)),
      near(values, [3]),
    ],
    isFixed: true,
  };
};

/** A scan whose body is a scan. */
const nested: SampleMaker<ScanParams> = (source) => {
  const inner = graphOf([real(), real(), real()], (values) => {
    const [s, x, a] = [at(values, 0), at(values, 1), at(values, 2)];
    const next = s.mul(a).add(x.sin());
    return [next, next.mul(x)];
  });
  const reverse = source.flip();
  const body = graphOf([real(), real(2), real()], (values) => {
    const params = { body: inner, carries: 1, scanned: 1, length: 2, reverse };
    const [last, rows] = apply("scan", [at(values, 0), at(values, 1), at(values, 2)], params);
    if (last === undefined || rows === undefined) return [];
    return [last.tanh(), rows.sum().mul(at(values, 2))];
  });
  return {
    params: { body, carries: 1, scanned: 1, length: 2, reverse: source.flip() },
    draw: (values) => [near(values, []), near(values, [2, 2]), near(values, [])],
    isFixed: true,
  };
};

/** Only stacked results, no carry. */
const mapping: SampleMaker<ScanParams> = () => ({
  params: {
    body: graphOf([real(2), real()], (values) => [at(values, 0).mul(at(values, 1)).exp()]),
    carries: 0,
    scanned: 1,
    length: 3,
    reverse: false,
  },
  draw: (values) => [near(values, [3, 2]), near(values, [])],
  isFixed: true,
});

/** A body that hands a constant on: the carry's slope arises in a later turn only. */
const lateSlope: SampleMaker<ScanParams> = () => ({
  params: {
    body: graphOf([real(), real(), real()], (values) => {
      const [a, b, c] = [at(values, 0), at(values, 1), at(values, 2)];
      return [b, c.mul(a.cos()), b.mul(a)];
    }),
    carries: 2,
    scanned: 0,
    length: 3,
    reverse: false,
  },
  draw: (values) => [near(values, []), near(values, []), near(values, [])],
  isFixed: true,
});

export const scanSamples: readonly SampleMaker<ScanParams>[] = [
  recurrent,
  counting,
  nested,
  mapping,
  lateSlope,
];

/** As many turns as an input says, also none; a counter, a vector and a constant. */
const counted: SampleMaker<WhileParams> = () => {
  const types = [whole(), real(2), whole(), real()];
  const condition = graphOf(types, (values) => [at(values, 0).less(at(values, 2))]);
  const body = graphOf(types, (values) => {
    const [count, x, , a] = [at(values, 0), at(values, 1), at(values, 2), at(values, 3)];
    return [count.add(1), x.mul(a).add(x.flip().sin())];
  });
  return {
    params: { condition, body, carries: 2, taped: false },
    draw: (values) => [
      integers([], () => values.integer(0, 1)),
      near(values, [2]),
      integers([], () => values.integer(-1, 3)),
      near(values, []),
    ],
    isFixed: true,
  };
};

/** Doubles until a bound is passed: the number of turns depends on the value that is being differentiated. */
const growing: SampleMaker<WhileParams> = () => {
  const types = [real(), real()];
  const condition = graphOf(types, (values) => [at(values, 0).less(10)]);
  const body = graphOf(types, (values) => [
    at(values, 0).mul(2),
    at(values, 1).mul(at(values, 0)).mul(0.1).cos(),
  ]);
  return {
    params: { condition, body, carries: 2, taped: false },
    // Three turns within [1.4, 2.2], one within [6, 9], none within [11, 12].
    draw: (values) => {
      const [low, high] = values.pick([
        [1.4, 2.2],
        [6, 9],
        [11, 12],
      ] as const);
      return [near(values, [], low, high), near(values, [])];
    },
    isFixed: true,
  };
};

/** A scan within a while: the inner derivative keeps carries of its own. */
const mixed: SampleMaker<WhileParams> = () => {
  const inner = graphOf([real(), real(), real()], (values) => [
    at(values, 0).mul(at(values, 2)).add(at(values, 1)).sin(),
  ]);
  const types = [whole(), real(), whole(), real(2), real()];
  const condition = graphOf(types, (values) => [at(values, 0).less(at(values, 2))]);
  const body = graphOf(types, (values) => {
    const params = { body: inner, carries: 1, scanned: 1, length: 2, reverse: false };
    return [at(values, 0).add(1), ...apply("scan", [at(values, 1), at(values, 3), at(values, 4)], params)];
  });
  return {
    params: { condition, body, carries: 2, taped: false },
    draw: (values) => [
      integers([], () => 0),
      near(values, []),
      integers([], () => values.integer(0, 2)),
      near(values, [2]),
      near(values, []),
    ],
    isFixed: true,
  };
};

export const whileSamples: readonly SampleMaker<WhileParams>[] = [counted, growing, mixed];

const branching: SampleMaker<CondParams> = () => {
  const types = [real(2), real(), whole()];
  return {
    params: {
      whenTrue: graphOf(types, (values) => [
        at(values, 0).mul(at(values, 1)).exp(),
        at(values, 2),
        at(values, 1),
      ]),
      whenFalse: graphOf(types, (values) => [at(values, 0).sin(), at(values, 2).add(1), at(values, 0).sum()]),
    },
    draw: (values) => [
      booleans([], values.flip),
      near(values, [2]),
      near(values, []),
      integers([], () => values.integer(0, 5)),
    ],
    isFixed: true,
  };
};

/** Branches of which one holds a while and one does nothing. */
const branchingLoop: SampleMaker<CondParams> = (source) => {
  const loop = counted(source).params;
  const types = [real(2), whole(), real()];
  return {
    params: {
      whenTrue: graphOf(types, (values) => {
        const zero = at(values, 1).mul(0);
        return apply("while", [zero, at(values, 0), at(values, 1), at(values, 2)], loop).slice(1);
      }),
      whenFalse: graphOf(types, (values) => [at(values, 0)]),
    },
    draw: (values) => [
      booleans([], values.flip),
      near(values, [2]),
      integers([], () => values.integer(0, 2)),
      near(values, []),
    ],
    isFixed: true,
  };
};

export const condSamples: readonly SampleMaker<CondParams>[] = [branching, branchingLoop];

/** sin(x)·y with the rule written by hand, in either direction. */
const product =
  (kind: "jvp" | "vjp"): SampleMaker<CustomParams> =>
  () => ({
    params: {
      graph: graphOf([real(2), real()], (values) => [
        at(values, 0).sin().mul(at(values, 1)),
        at(values, 1).square(),
      ]),
      operands: 2,
      rule: {
        kind,
        apply: (inputs, slopes) => {
          const [x, y, u, v] = [at(inputs, 0), at(inputs, 1), at(slopes, 0), at(slopes, 1)];
          if (kind === "jvp") return [x.cos().mul(y).mul(u).add(x.sin().mul(v)), y.mul(v).mul(2)];
          return [x.cos().mul(y).mul(u), x.sin().mul(u).sum().add(y.mul(v).mul(2))];
        },
      },
      name: "product",
    },
    draw: (values) => [near(values, [2]), near(values, [])],
    isFixed: true,
  });

export const customSamples: readonly SampleMaker<CustomParams>[] = [product("jvp"), product("vjp")];
