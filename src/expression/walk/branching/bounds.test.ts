import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, greater, less, logicalAnd, neg, sub, type Tensor, tensor } from "../../../tensor/index.ts";
import { traceFunctions } from "../../../tensor/trace.ts";
import { type Comparison, decide } from "./bounds.ts";
import { rootMask, split } from "./mask.ts";

/** Hands a traced number to a body. */
function withTraced(body: (x: Tensor) => void): void {
  traceFunctions(
    [{ dtype: "float64", shape: [], isWeak: true }],
    [
      ([x = tensor(0)]) => {
        body(x);
        return [x];
      },
    ],
  );
}

describe("what follows from the conditions around", () => {
  test("the reflection of a small number is large", () => {
    withTraced((z) => {
      const { yes, no } = split(rootMask(), less(z, 0.5));
      expect(decide(yes, "<", sub(1, z), 0.5)).toBe(false);
      expect(decide(yes, ">=", sub(1, z), 0.5)).toBe(true);
      expect(decide(yes, ">", 0.5, z)).toBeUndefined();
      // A comparison that fails may have failed on NaN, from which nothing follows.
      expect(decide(no, "<", sub(1, z), 0.6)).toBeUndefined();
    });
  });

  test("conditions add up, and other numbers stay unknown", () => {
    withTraced((x) => {
      const { yes } = split(rootMask(), logicalAnd(greater(x, 2), less(x, 3)));
      expect(decide(yes, "<", x, 4)).toBe(true);
      expect(decide(yes, "<", neg(x), -1)).toBe(true);
      expect(decide(yes, "<=", add(x, 1), 2)).toBe(false);
      expect(decide(yes, "<", x.mul(x), 100)).toBeUndefined();
      expect(decide(rootMask(), "<", x, 4)).toBeUndefined();
    });
  });

  test("an answer is never wrong for a number that satisfies the condition", () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer({ min: -3, max: 3 }).map((n) => n / 2),
    );
    const operators: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
      "<": (a, b) => a < b,
      "<=": (a, b) => a <= b,
      ">": (a, b) => a > b,
      ">=": (a, b) => a >= b,
    };
    const operator = fc.constantFrom<Comparison>("<", "<=", ">", ">=");
    fc.assert(
      fc.property(
        number,
        number,
        number,
        number,
        operator,
        fc.boolean(),
        (value, limit, by, b, op, upwards) => {
          fc.pre(upwards ? value > limit : value < limit);
          fc.pre(Number.isFinite(by));
          withTraced((x) => {
            const { yes } = split(rootMask(), upwards ? greater(x, limit) : less(x, limit));
            for (const [made, known] of [
              [add(x, by), value + by],
              [sub(by, x), by - value],
              [neg(sub(x, by)), -(value - by)],
            ] as const) {
              const answer = decide(yes, op, made, b);
              if (answer !== undefined) expect(answer).toBe(operators[op](known, b));
            }
          });
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });
});
