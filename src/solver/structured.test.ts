/** Watchers between the loop's vectors and the caller's trees. */
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { descend } from "../../test/tools/descend.ts";
import { solve } from "./drive.ts";
import type { SolveOptions } from "./options.ts";
import type { StepReport } from "./report.ts";
import { flatOptions } from "./structured.ts";

type Options = SolveOptions<StepReport<{ at: number }>>;

const bowl = analytic<"value" | "gradient">(1, {
  value: (x) => (x[0] ?? 0) ** 2,
  gradient: (x) => x.map((xi) => 2 * xi),
});
const run = (options: Options): unknown => {
  const flat = flatOptions({ maxSteps: 2, ...options }, (x) => ({ at: x[0] ?? 0 }));
  return solve(bowl, descend(), Float64Array.of(1), flat);
};

test("an observer may be an instance of a class, and is told all of it", () => {
  class Watcher {
    readonly heard: string[] = [];
    begin(): void {
      this.heard.push("begin");
    }
    step({ x }: StepReport<{ at: number }>): void {
      this.heard.push(typeof x.at);
    }
    end(): void {
      this.heard.push("end");
    }
  }
  const watcher = new Watcher();
  run({ observers: [watcher] });
  expect(watcher.heard).toEqual(["begin", "number", "number", "end"]);
});

describe("what is no watcher reaches the check", () => {
  test.each([
    [{ onStep: 3 }, "solve({ onStep }): needs a function; got 3"],
    [{ observers: 3 }, "solve({ observers }): needs a list of observers; got 3"],
    [{ observers: [null] }, "solve({ observers }): must be a list of { begin, step, end }"],
    [{ observers: [{ end: "x" }] }, "solve({ observers }): must be a list of { begin, step, end }"],
  ])("%o", (options, sentence) => {
    expect(() => run(options as unknown as Options)).toThrow(sentence);
  });
});
