/** The three ways to drive a run come to the same end; what differs is who waits, who watches and who may leave. */
import { describe, expect, test, vi } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { descend } from "../../test/tools/descend.ts";
import { at } from "../core/exactly.ts";
import { decodeCheckpoint } from "./checkpoint-file.ts";
import { iterateSteps, solve, solveAsync } from "./drive.ts";
import type { Observer } from "./observer.ts";
import type { AsyncProblem } from "./problem.ts";
import type { Answer, Query } from "./question.ts";

type Wanted = "value" | "gradient";

const bowl = analytic<Wanted>(2, {
  value: (x) => x.reduce((sum, xi) => sum + (xi * xi) / 2, 0),
  gradient: (x) => x.slice(),
});
const start = Float64Array.of(3, -4);
const few = { maxSteps: 5 };

/** The same function, whose answers come the way that is given. */
const later = (
  evaluate: (query: Query<Wanted>) => Answer<Wanted> | Promise<Answer<Wanted>>,
): AsyncProblem<Wanted> => ({
  ...bowl,
  evaluate,
});
const never = (): Promise<never> => new Promise(() => {});

describe("the same run", () => {
  const expected = solve(bowl, descend(), start, few);

  test("a step at a time", () => {
    const run = iterateSteps(bowl, descend(), start, few);
    const seen: number[] = [];
    let next = run.next();
    for (; !next.done; next = run.next()) seen.push(next.value.value);
    expect(seen).toEqual(expected.history.value.slice(1));
    expect(next.value).toMatchObject({
      x: expected.x,
      reason: "max-steps",
      evaluations: expected.evaluations,
    });
  });

  test("with answers at once, promised, or by anything that has a then", async () => {
    const thenable = (query: Query<Wanted>): Promise<Answer<Wanted>> => {
      const promised = Promise.resolve(bowl.evaluate(query));
      // biome-ignore lint/suspicious/noThenProperty: that is what is tested
      return { then: promised.then.bind(promised) } as Promise<Answer<Wanted>>;
    };
    for (const evaluate of [bowl.evaluate, async (query: Query<Wanted>) => bowl.evaluate(query), thenable]) {
      const outcome = await solveAsync(later(evaluate), descend(), start, few);
      expect(outcome.history).toEqual(expected.history);
      expect(outcome.evaluations).toEqual(expected.evaluations);
    }
  });
});

describe("an asynchronous run", () => {
  test("does not wait for an answer when its time is up", async () => {
    let calls = 0;
    const problem = later((query) => (++calls > 3 ? never() : bowl.evaluate(query)));
    const outcome = await solveAsync(problem, descend(), start, { timeLimit: 20 });
    expect(outcome).toMatchObject({ reason: "time-limit", steps: 2 });
    expect(outcome.value).toBe(at(outcome.history.value, 2));
  });

  test("does not wait for the first answer either", async () => {
    const outcome = await solveAsync(later(never), descend(), start, { timeLimit: 5 });
    expect(outcome).toMatchObject({ reason: "time-limit", value: Number.NaN, converged: false });
  });

  test("does not wait for an answer when it is aborted", async () => {
    const controller = new AbortController();
    let calls = 0;
    const problem = later((query) => {
      if (++calls <= 2) return bowl.evaluate(query);
      queueMicrotask(() => controller.abort());
      return never();
    });
    const outcome = await solveAsync(problem, descend(), start, { signal: controller.signal });
    expect(outcome).toMatchObject({ reason: "aborted", steps: 1 });
  });

  test("takes no notice of an answer that fails after it was given up", async () => {
    const controller = new AbortController();
    let fail = (_error: Error): void => {};
    const problem = later(() => {
      queueMicrotask(() => controller.abort());
      return new Promise((_, reject) => {
        fail = reject;
      });
    });
    await solveAsync(problem, descend(), start, { signal: controller.signal });
    fail(new Error("too late"));
    await new Promise((resolve) => setTimeout(resolve, 0));
  });

  test("ends where an answer is refused, and rejects where the first is", async () => {
    const error = new Error("no more");
    let calls = 0;
    const problem = later(async (query) => {
      if (++calls > 2) throw error;
      return bowl.evaluate(query);
    });
    expect(await solveAsync(problem, descend(), start)).toMatchObject({
      reason: "function-failed",
      error,
      steps: 1,
    });
    await expect(solveAsync(problem, descend(), start)).rejects.toBe(error);
  });

  test("waits for what onStep promises", async () => {
    const onStep = async ({ steps }: { steps: number }): Promise<string> => (steps === 2 ? "stop" : "go on");
    expect(await solveAsync(bowl, descend(), start, { onStep })).toMatchObject({
      reason: "stopped",
      steps: 2,
    });
    const failing = solveAsync(bowl, descend(), start, {
      onStep: () => Promise.reject(new Error("watcher")),
    });
    await expect(failing).rejects.toThrow("watcher");
  });

  test("gives the event loop its turns", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const slow = later((query) => {
      const until = performance.now() + 5;
      while (performance.now() < until);
      return bowl.evaluate(query);
    });
    await solveAsync(slow, descend(), start, { maxSteps: 20 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  test("leaves no listener and no timer behind", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    await solveAsync(bowl, descend(), start, { ...few, signal, timeLimit: 1e6 });
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls[0]?.slice(0, 2)).toEqual(added.mock.calls[0]?.slice(0, 2));
    expect(cleared).toHaveBeenCalled();
    cleared.mockRestore();
  });
});

/** An observer that writes down what it is told. */
function witness(): { heard: string[]; observer: Observer } {
  const heard: string[] = [];
  return {
    heard,
    observer: {
      begin: ({ name }) => heard.push(`begin ${name}`),
      step: ({ steps }) => heard.push(`step ${steps}`),
      end: ({ reason }) => heard.push(`end ${reason}`),
    },
  };
}

describe("who watches", () => {
  const whole = ["begin descend", "step 1", "step 2", "end max-steps"];

  test("is told of begin, steps and end, however the run is driven", async () => {
    const options = (observer: Observer): object => ({ maxSteps: 2, observers: [observer, {}] });
    const [first, second, third] = [witness(), witness(), witness()];
    solve(bowl, descend(), start, options(first.observer));
    await solveAsync(bowl, descend(), start, options(second.observer));
    Array.from(iterateSteps(bowl, descend(), start, options(third.observer)));
    expect([first.heard, second.heard, third.heard]).toEqual([whole, whole, whole]);
  });

  test("is told of nothing where the run cannot begin", () => {
    const { heard, observer } = witness();
    expect(() => solve(bowl, descend(), Float64Array.of(1), { observers: [observer] })).toThrow(
      "solve: the problem has 2 variables; got a start of 1",
    );
    const resume = solve(bowl, descend({ rate: 0.2 }), start, few).save();
    expect(() => solve(bowl, descend(), start, { resume, observers: [observer] })).toThrow(
      "with the settings",
    );
    expect(heard).toEqual([]);
  });

  test("who throws is heard", () => {
    const onStep = (): void => {
      throw new Error("mine");
    };
    expect(() => solve(bowl, descend(), start, { onStep })).toThrow("mine");
  });
});

describe("an asynchronous run does not wait for onStep", () => {
  const never = (): Promise<void> => new Promise(() => {});

  test("when it is aborted or its time is up", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    setTimeout(() => controller.abort(), 5);
    expect((await solveAsync(bowl, descend(), start, { signal, onStep: never })).reason).toBe("aborted");
    const late = await solveAsync(bowl, descend(), start, { timeLimit: 5, onStep: never });
    expect(late.reason).toBe("time-limit");
  });

  test("and leaves nothing behind when an observer throws at the beginning", async () => {
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, "removeEventListener");
    const begin = (): void => {
      throw new Error("mine");
    };
    const options = { signal: controller.signal, observers: [{ begin }] };
    await expect(solveAsync(bowl, descend(), start, options)).rejects.toThrow("mine");
    expect(remove).toHaveBeenCalledOnce();
  });
});

describe("an iteration that is left", () => {
  test("early tells its end and writes its checkpoint", () => {
    const { heard, observer } = witness();
    let text = "";
    const checkpoint = (given: string): void => {
      text = given;
    };
    for (const { steps } of iterateSteps(bowl, descend(), start, { observers: [observer], checkpoint }))
      if (steps === 2) break;
    expect(heard).toEqual(["begin descend", "step 1", "step 2", "end stopped"]);
    expect(decodeCheckpoint(text).state.steps).toBe(2);
  });

  test("by an error leaves with that error", () => {
    const walk = (): void => {
      for (const _ of iterateSteps(bowl, descend(), start)) throw new Error("mine");
    };
    expect(walk).toThrow("mine");
  });

  test("checks what it is given before its first step is asked for", () => {
    expect(() => iterateSteps(bowl, descend(), Float64Array.of(1, Number.NaN))).toThrow(
      "iterate: the start must be finite; its element 1 is NaN; begin where the function is defined",
    );
  });

  test("passes on what the function throws at the start", () => {
    const error = new Error("no");
    const failing = analytic<Wanted>(2, {
      value: () => {
        throw error;
      },
      gradient: (x) => x,
    });
    expect(() => iterateSteps(failing, descend(), start).next()).toThrow(error);
  });
});

test("a method that asks for more than the problem offers is refused", () => {
  const values = { ...bowl, offers: ["value"] as const };
  expect(() => solve(values as unknown as typeof bowl, descend(), start)).toThrow(
    "solve: descend asks for gradient, which this problem does not offer (it offers value); choose a method that needs less, or supply it",
  );
});
