import { expect, test } from "vitest";
import { exp, log, type Operand, sqrt, tensor } from "../../tensor/index.ts";
import { closeGraphs, parameters, runGraph } from "../../tensor/trace.ts";
import { hidesConditions } from "./hidden.ts";
import type { AnyFunction } from "./source.ts";
import { walk } from "./walk.ts";

/** The value at `x` through a graph, and the number of its steps. */
function traced(
  f: AnyFunction,
  x: number,
  scope?: Readonly<Record<string, unknown>>,
): { value: number; steps: number } {
  const inputs = parameters([{ dtype: "float64", shape: [], isWeak: true }]);
  const result = tensor(Object(walk(f, inputs, scope)));
  const [graph] = closeGraphs(inputs, [[result]]).graphs;
  if (graph === undefined) throw new RangeError("no graph");
  return { value: runGraph(graph, [tensor(x)])[0]?.item() ?? Number.NaN, steps: graph.steps.length };
}

const k = 4;
const double = (x: number): number => 2 * x;
const logarithm = (x: Operand) => log(x);
// Under names of their own: the test runner renames what is imported.
const root = sqrt;
const exponential = exp;

test("captured values come from the scope: numbers, arrays, plain functions, tensor functions", () => {
  const table = [1, 2, 3];
  const f = (x: number) =>
    double(x) * k + (table[1] ?? 0) + Number(logarithm(x)) + Math.exp(x) - Number(exponential(x));
  expect(traced(f, 0.5, { k, double, table, logarithm, exponential }).value).toBe(4 + 2 + Math.log(0.5));
});

test("a function that writes into its argument is walked, not run on a copy", () => {
  const clear = (a: unknown[]): void => {
    a[0] = 0;
  };
  const f = (x: number) => {
    const a = [x, x * 2];
    clear(a);
    return (a[0] ?? 0) + (a[1] ?? 0);
  };
  expect(traced(f, 3, { clear }).value).toBe(6);
});

test("complementary assignments need one select", () => {
  const f = (x: number) => {
    let y: number;
    if (x > 0) y = x;
    else y = -x;
    return y;
  };
  expect(traced(f, -3)).toEqual({ value: 3, steps: 3 });
});

test("tensor functions are guarded like Math's", () => {
  const f = (x: number) => (x > 0 ? Number(root(x)) : 0);
  expect(traced(f, -1, { root }).value).toBe(0);
});

test("a tensor is an array of rows, and its methods are callable", () => {
  const rows = tensor([
    [1, 2],
    [3, 4],
  ]);
  const f = ([[a, b], second]: [[number, number], number[]]) => a + b * second.length + (second[1] ?? 0);
  expect(String(walk(f, [rows]))).toBe(String(tensor(9)));
  expect(String(walk((x: typeof rows) => x.mul(2).sum(), [rows]))).toBe(String(tensor(20)));
});

test("1,000 rounds with an early exit give a graph of linear size", () => {
  const f = (x: number) => {
    let s = x;
    for (let i = 0; i < 1000; i++) {
      s += Math.sqrt(x + i);
      if (s > 1e5) break;
    }
    return s;
  };
  expect(traced(f, 1).steps).toBeLessThan(12_000);
});

test("conditions that running would hide", () => {
  const hidden: AnyFunction[] = [
    (x: number) => (x === 0 ? 1 : x),
    (x: number) => (x ? 1 : 2),
    (x: number) => !x,
    (x: unknown) => typeof x,
    (x: number) => Number.isFinite(x),
    (x: number) => x || 1,
  ];
  expect(hidden.map(hidesConditions)).toEqual(hidden.map(() => true));
  const loud: AnyFunction[] = [(x: number) => (x > 0 ? x : -x), (x: number) => x * 2, Math.sin];
  expect(loud.map(hidesConditions)).toEqual(loud.map(() => false));
});
