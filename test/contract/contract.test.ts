/** What every method promises, whatever it does: methods × problems × properties. Exceptions stand in `subjects.ts`, with a reason. */
import { describe, expect, test } from "vitest";
import { testProblems } from "../../src/data/problems/index.ts";
import { allMethods } from "../../src/minimize/methods.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/solver/checkpoint-file.ts";
import { solve } from "../../src/solver/drive.ts";
import { samePlain } from "../../src/solver/plain-data.ts";
import { type Reason, reasons } from "../../src/solver/reason.ts";
import { asText, distance, expectHonest } from "./expectations.ts";
import { hostileFunctions } from "./hostile.ts";
import { reaching } from "./reaching.ts";
import { subjects } from "./subjects.ts";
import { stated, watched } from "./watched.ts";

test("every method has its row", () => {
  expect(subjects.map(({ name }) => name).sort()).toEqual(
    allMethods()
      .map(({ card }) => card.name)
      .sort(),
  );
});

describe.each(subjects)("$name", (subject) => {
  const { create, maxSteps, unsolved, seeksMinimum } = subject;
  const { card } = create();
  // Methods that look around a point find some minimum; which ones there are must be known.
  const claimed = testProblems.filter(
    ({ minimizers, localMinimizers }) => minimizers.length > 0 && localMinimizers !== undefined,
  );
  const fitting = claimed.filter((problem) => stated(problem, card.asks) !== undefined);

  describe.runIf(seeksMinimum)("converges", () => {
    test("exceptions name problems there are", () => {
      expect(
        Object.keys(unsolved).filter((name) => !fitting.some((problem) => problem.name === name)),
      ).toEqual([]);
    });

    test.each(fitting.filter(({ name }) => unsolved[name] === undefined))("on $name", (example) => {
      const problem = stated(example, card.asks);
      if (problem === undefined) return;
      const outcome = solve(problem, create(), Float64Array.from(example.start), { maxSteps });
      // Where the Hessian is singular, x is known to the cube root of the gradient only.
      const accuracy = example.name === "powell-singular" ? 2e-2 : subject.accuracy;
      const candidates = [...example.minimizers, ...(example.localMinimizers ?? [])];
      const missed = Math.min(...candidates.map((minimizer) => distance(outcome.x, minimizer)));
      expect({
        converged: outcome.converged,
        missed: missed <= accuracy,
        at: outcome.x,
        why: outcome.detail,
      }).toMatchObject({
        converged: true,
        missed: true,
      });
    });
  });

  const rosenbrock = testProblems.find(({ name }) => name === "rosenbrock");
  if (rosenbrock === undefined) throw new RangeError("the problems hold no rosenbrock");
  const valley = (): ReturnType<typeof watched> => {
    const problem = stated(rosenbrock, card.asks);
    if (problem === undefined) throw new RangeError("rosenbrock has residuals");
    return watched(problem, card.asks);
  };
  const start = Float64Array.from(rosenbrock.start);
  const few = { maxSteps: 60 };

  test("leaves its inputs untouched", () => {
    const given = start.slice();
    const options = Object.freeze({ ...few, tolerance: Object.freeze({}) });
    solve(valley().problem, create(), given, options);
    expect(given).toEqual(start);
  });

  test("asks for nothing it does not need: only what its card says, nothing twice at a point, nothing unread", () => {
    const { problem, asked, unread } = valley();
    solve(problem, create(), start, few);
    expect(asked.filter(({ kind }) => !card.asks.includes(kind))).toEqual([]);
    expect(unread()).toEqual([]);
    const questions = asked.map(({ kind, x }) => `${kind} at ${x.join(", ")}`);
    // A chain that stays where it is may come back; a search must not ask again what it has been told.
    const again = questions.filter((question, i) => i > 0 && questions[i - 1] === question);
    expect(seeksMinimum ? again : []).toEqual([]);
  });

  test("resumes from any saved state bit for bit", () => {
    const texts: string[] = [];
    const whole = solve(valley().problem, create(), start, {
      ...few,
      recordPath: true,
      onStep: (step) => void texts.push(encodeCheckpoint(step.save())),
    });
    expect(texts).toHaveLength(whole.steps);
    for (const text of texts.filter((_, i) => i < 5 || i % 7 === 0)) {
      const resumed = solve(valley().problem, create(), start, { ...few, resume: decodeCheckpoint(text) });
      expect(asText(resumed)).toEqual(asText(whole));
    }
  });

  test("takes the same path with the same seed", () => {
    const path = (method = create()) =>
      solve(valley().problem, method, start, { ...few, recordPath: true }).path;
    expect(samePlain(path(), path())).toBe(true);
    if (subject.reseeded !== undefined) expect(samePlain(path(), path(subject.reseeded()))).toBe(false);
  });

  describe("ends with every reason", () => {
    const reach = reaching(subject.create, () => valley().problem, start);
    const excused = (reason: Reason): boolean => subject.unreachable[reason] !== undefined;
    test.each(reasons.filter((reason) => !excused(reason)))("%s", (reason) => {
      expect(reach(reason).reason).toBe(reason);
    });
  });

  describe("survives", () => {
    test.each(hostileFunctions)("a function that $what", ({ make, start: from }) => {
      const problem = make(card.asks);
      const outcome = solve(problem.problem, create(), Float64Array.from(from), {
        maxSteps: 300,
        maxEvaluations: 20_000,
      });
      expectHonest(outcome, problem, card);
    });
  });
});
