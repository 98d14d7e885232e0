/** What every method promises to those who call a verb: functions that answer what they should not, and runs side by side. */
import { describe, expect, test } from "vitest";
import { iterate, leastSquares, minimize, minimizeAsync, tensor } from "../../src/index.ts";
import type { MinimizeResult, RunOptions } from "../../src/minimize/index.ts";
import type { ObjectiveWant } from "../../src/problem/types.ts";
import type { AnyMethod, State } from "../../src/solver/method.ts";
import { samePlain } from "../../src/solver/plain-data.ts";
import type { Want } from "../../src/solver/question.ts";
import { subjects } from "./subjects.ts";

type Pair = [number, number];
type Options = Omit<RunOptions<Pair, State, Want, []>, "method">;

const valley = ([x, y]: Pair): Pair => [10 * (y - x * x), 1 - x];
const sumOfSquares = ([a, b]: Pair): number => (a * a + b * b) / 2;
const start: Pair = [-1.2, 1];
const few = { maxSteps: 25 };

/** What is no value and no list of residuals. JavaScript lets a function return anything. */
const wrong: readonly [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["text", "3"],
  ["a large integer", 3n],
  ["a function", () => 3],
  ["a promise", Promise.resolve(3)],
  ["booleans", tensor([true, false])],
  ["an empty list", []],
];
/** What is no value, though residuals may be so. */
const severalNumbers: readonly [string, unknown][] = [
  ["a list", [1]],
  ["an object", { value: 1 }],
  ["a tensor of one", tensor([1])],
  ["a typed array", Float64Array.of(1)],
  ["an integer tensor", tensor(1, "int32")],
];
/** What is no list of two residuals. */
const otherNumbers: readonly [string, unknown][] = [
  ["one residual less", [1]],
  ["one residual more", [1, 2, 3]],
];

/** A method that asks for no residuals fits a function; its row does not say so to TypeScript. */
const forFunctions = (method: AnyMethod): AnyMethod<ObjectiveWant> =>
  method as unknown as AnyMethod<ObjectiveWant>;

describe.each(subjects)("$name", ({ create, seeksMinimum }) => {
  const isOfResiduals = create().card.asks.includes("residuals");

  /** Runs on the valley by whichever verb the method fits; `twist` is given what the function returns. */
  const run = (options: Options, twist = (good: unknown, _x: Pair) => good): MinimizeResult<Pair> => {
    const residuals = (x: Pair): unknown => twist(valley(x), x);
    const value = (x: Pair): unknown => twist(sumOfSquares(valley(x)), x);
    const [verb, f] = isOfResiduals ? [leastSquares, residuals] : [minimize, value];
    return Reflect.apply(verb, undefined, [f, start, { method: create(), ...options }]);
  };

  describe("a function of the wrong shape", () => {
    const cases = [...wrong, ...(isOfResiduals ? otherNumbers : severalNumbers)];

    test.each(cases)("returning %s later ends the run at the best point before", (_, answer) => {
      let calls = 0;
      let lowest = Infinity;
      const result = run({ maxSteps: 1000 }, (good, x) => {
        // One call is that of the attempt to trace it.
        if (++calls > 14) return answer;
        if (calls > 1) lowest = Math.min(lowest, sumOfSquares(valley(x)));
        return good;
      });
      expect(result).toMatchObject({ reason: "function-failed", converged: false });
      expect(String(result.error)).toMatch(/^(Argument|Shape)Error: (minimize|leastSquares): /);
      expect(result.value).toBe(sumOfSquares(valley(result.x)));
      // Residuals and differences around a point tell more values than the run was told.
      expect(result.value).toBeGreaterThanOrEqual(lowest);
      expect(result.value).toBeLessThanOrEqual(sumOfSquares(valley(start)));
    });

    test.each(isOfResiduals ? wrong : cases)("returning %s at once is refused", (_, answer) => {
      expect(() => run({}, () => answer)).toThrow(/^(minimize|leastSquares): (the )?(function|residuals)/);
    });
  });

  test("a function that becomes NaN has not converged, and its values are not believed", () => {
    for (const limit of [5, 6, 9, 14, 23, 40]) {
      let calls = 0;
      const nan = isOfResiduals ? [Number.NaN, Number.NaN] : Number.NaN;
      const { reason, converged, value } = run(few, (good) => (++calls > limit ? nan : good));
      expect(converged).toBe(false);
      if (!Number.isFinite(value)) expect(reason).toBe("non-finite");
    }
  });

  test("a function that writes into its argument, or keeps it, changes nothing", () => {
    const kept: unknown[] = [];
    const spoiled = run(few, (good, x) => {
      kept.push(x);
      if (typeof x[0] === "number") x.fill(Number.NaN);
      return good;
    });
    const calm = run(few, (good) => (kept.length > 0 ? good : Number.NaN));
    expect(spoiled.x).toEqual(calm.x);
    expect(spoiled.history).toEqual(calm.history);
    expect(new Set(kept).size).toBe(kept.length);
  });

  test.runIf(!isOfResiduals)("one method value serves several runs at once, of any size", async () => {
    const method = forFunctions(create());
    const f = (x: number[]): number => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - i) ** 2, 0);
    const starts = [[4], [1, 2], [3, 1, 2, 5]];
    const options = { method, recordPath: true, ...few };
    const alone = starts.map((x) => minimize(f, x, options).path);
    const runs = starts.map((x) => iterate(f, x, options));
    const together: unknown[] = [];
    while (together.filter((path) => path !== undefined).length < runs.length)
      for (const [i, steps] of runs.entries()) {
        const next = steps.next();
        if (next.done === true && next.value !== undefined) together[i] = next.value.path;
      }
    const later = await Promise.all(starts.map((x) => minimizeAsync(f, x, options)));
    expect(samePlain(together, alone)).toBe(true);
    expect(
      samePlain(
        later.map(({ path }) => path),
        alone,
      ),
    ).toBe(true);
  });

  test("a run inside a run disturbs nothing", () => {
    const onStep = (): void => void run({ maxSteps: 2 });
    const [calm, nested] = [run(few), run({ ...few, onStep })];
    expect(samePlain(nested.state, calm.state)).toBe(true);
    expect(nested.evaluations).toEqual(calm.evaluations);
    expect(seeksMinimum ? nested.value <= sumOfSquares(valley(start)) : true).toBe(true);
  });
});
