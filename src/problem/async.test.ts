/** Asynchronous objectives: the same answers as synchronous ones, with independent calls side by side. */
import { expect, test } from "vitest";
import { expectClose } from "../../test/tools/close.ts";
import { grad, hessian } from "../index.ts";
import { stateObjective, stateObjectiveAsync } from "./objective.ts";
import type { ObjectiveWant } from "./types.ts";

type Pair = [number, number];
const rosenbrock = ([x, y]: Pair): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
const all: readonly ObjectiveWant[] = ["value", "gradient", "hessian", "hessianProduct"];
const query = (...points: Pair[]) => ({
  points: points.map((x) => Float64Array.from(x)),
  wants: all,
  directions: points.map(() => Float64Array.of(1, 2)),
});

/** A function that answers in its own time, and how many calls of it were open at most. */
function slow<A extends readonly unknown[], R>(
  f: (...args: A) => R,
): {
  readonly call: (...args: A) => Promise<R>;
  readonly most: () => number;
} {
  let [open, most] = [0, 0];
  return {
    call: async (...args) => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return f(...args);
    },
    most: () => most,
  };
}

test("a synchronous function is traced and answers as it does there", async () => {
  const later = stateObjectiveAsync("minimizeAsync", rosenbrock, [-1.2, 1]);
  const now = stateObjective("minimize", rosenbrock, [-1.2, 1]);
  expect(later.problem.sources).toEqual(now.problem.sources);
  expect(await later.problem.evaluate(query([-1.2, 1], [3, 4]))).toEqual(
    now.problem.evaluate(query([-1.2, 1], [3, 4])),
  );
});

test("promises: differences, with the calls of a question side by side", async () => {
  const f = slow(rosenbrock);
  const one = 1;
  const { problem, notes } = stateObjectiveAsync("minimizeAsync", f.call, [-1.2, 1]);
  const now = stateObjective("minimize", (x: Pair) => one * rosenbrock(x), [-1.2, 1]).problem;
  expect(notes).toHaveLength(1);
  expect(await problem.evaluate(query([-1.2, 1], [3, 4]))).toEqual(now.evaluate(query([-1.2, 1], [3, 4])));
  // The gradients of two points are four values each.
  expect(f.most()).toBeGreaterThanOrEqual(8);
});

test("given members may answer later", async () => {
  const { call: gradient } = slow(grad(rosenbrock));
  const { call: second } = slow(hessian(rosenbrock));
  const given = { value: slow(rosenbrock).call, gradient, hessian: second };
  const { problem } = stateObjectiveAsync("minimizeAsync", given, [-1.2, 1]);
  const { evaluations, spent } = await problem.evaluate(query([3, 4]));
  expectClose(evaluations[0]?.hessian, hessian(rosenbrock)([3, 4]), 1e-15);
  expect(spent).toEqual({ value: 1, gradient: 1, hessian: 1 });
});

test("a point that comes twice in a question is evaluated once", async () => {
  const { problem } = stateObjectiveAsync("minimizeAsync", slow(rosenbrock).call, [-1.2, 1]);
  const points = [Float64Array.of(3, 4), Float64Array.of(3, 4)];
  const { evaluations, spent } = await problem.evaluate({ points, wants: ["value"] });
  expect(spent).toEqual({ value: 1 });
  expect(evaluations).toEqual([{ value: rosenbrock([3, 4]) }, { value: rosenbrock([3, 4]) }]);
});

test("a promise that fails fails the answer", async () => {
  const mistake = new RangeError("mine");
  const f = async ([x]: Pair): Promise<number> => {
    if (x > 0) throw mistake;
    return x;
  };
  const { problem } = stateObjectiveAsync("minimizeAsync", f, [-1.2, 1]);
  await expect(problem.evaluate({ points: [Float64Array.of(3, 4)], wants: ["value"] })).rejects.toBe(mistake);
});
