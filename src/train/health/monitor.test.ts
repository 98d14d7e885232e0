/** Each sign on facts made for it. Whole trainings are in simulation.test.ts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../core/errors.ts";
import type { HealthEpoch, HealthStep } from "./index.ts";
import { type HealthReport, healthMonitor } from "./index.ts";

const paths = ["[0].weight", "[0].bias", "[1].weight", "[1].bias", "[2].weight", "[2].bias"];
const six = (value: number) => new Float64Array(6).fill(value);

/** A step of a healthy run: ‖g‖ = 1, ‖Δx‖ = 0.01, ‖x‖ = 10. */
const healthy = (step: number, more: Partial<HealthStep> = {}): HealthStep => ({
  step,
  loss: 2 / (1 + step / 50),
  paths,
  gradientNorms: six(1 / Math.sqrt(6)),
  updateNorms: six(0.01 / Math.sqrt(6)),
  parameterNorms: six(10 / Math.sqrt(6)),
  ...more,
});

const epochOf = (more: Partial<HealthEpoch> = {}): HealthEpoch => ({
  epoch: 1,
  loss: 1,
  previousLosses: [],
  deadUnits: [],
  ...more,
});

/** What a monitor says of steps, one after the other, and of an epoch behind them; its state goes through a file every time. */
function said(steps: readonly HealthStep[], epoch = epochOf(), options = {}): HealthReport[] {
  const monitor = healthMonitor(options);
  let state = monitor.init();
  const reports: HealthReport[] = [];
  const keep = (report: HealthReport): void => {
    if (report.warnings.length > 0 || report.verdict) reports.push(report);
    state = JSON.parse(JSON.stringify(report.state));
    expect(state).toEqual(report.state);
  };
  for (const facts of steps) keep(monitor.step(state, facts));
  keep(monitor.epoch(state, epoch));
  return reports;
}

const kinds = (reports: readonly HealthReport[]): string[] =>
  reports.flatMap(({ warnings }) => warnings.map(({ kind, step }) => `${kind}@${step}`));
const messages = (reports: readonly HealthReport[]): string =>
  reports.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join("\n");
const run = (count: number, at: (step: number) => Partial<HealthStep> = () => ({})): HealthStep[] =>
  Array.from({ length: count }, (_, i) => healthy(i + 1, at(i + 1)));

test("nothing is said of a healthy run, with norms or without", () => {
  expect(said(run(500))).toEqual([]);
  expect(said(run(500, () => ({ updateNorms: undefined, parameterNorms: undefined })))).toEqual([]);
});

describe("non-finite", () => {
  test.each([
    [{ loss: Number.NaN }, "The loss is NaN at step 1, before anything was learned: look for NaN in inputs"],
    [{ loss: Infinity }, "The loss is infinite at step 1, before anything"],
    [
      { gradientNorms: Float64Array.of(1, 1, Number.NaN, 1, 1, 1) },
      "The gradient of [1].weight is NaN or infinite at step 1, though the loss is not: look for √0",
    ],
    [
      { gradientNorms: Float64Array.of(NaN, NaN, NaN, NaN, NaN, 1) },
      "The gradient of [0].weight, [0].bias, [1].weight and 2 more is NaN or infinite",
    ],
    [{ updateNorms: six(Infinity) }, "The update of every parameter is NaN or infinite at step 1"],
  ])("%s ends the run", (facts, message) => {
    const [report, ...more] = said([healthy(1, facts)]);
    expect(more).toEqual([]);
    expect(report?.verdict).toBe("non-finite");
    expect(report?.warnings[0]?.message).toContain(message);
  });
  test("what was before tells the cause", () => {
    const suddenly = said(run(40, (step) => (step === 40 ? { loss: Number.NaN } : {})));
    expect(messages(suddenly)).toContain("at step 40, after a loss of 1.1: look for examples with NaN");
    const risen = said(run(5, (step) => ({ loss: 10 ** (4 * step) * (step === 5 ? Infinity : 1) })));
    expect(messages(risen)).toContain(
      "after a loss of 1.0e+4 at the start and 1.0e+16 just before: the rate is too high",
    );
    const long = said(run(2, (step) => (step === 1 ? { updateNorms: six(100) } : { loss: Number.NaN })));
    expect(messages(long)).toContain("the rate is too high");
  });
  test("the verdict stands at every further step, the warning is given once", () => {
    const reports = said(run(3, () => ({ loss: Number.NaN })));
    expect(reports.map(({ verdict }) => verdict)).toEqual(Array(3).fill("non-finite"));
    expect(kinds(reports)).toEqual(["non-finite@1"]);
  });
});

describe("rate too high", () => {
  test("a step that is too long, and losses that stay above the start", () => {
    const reports = said(
      run(100, (step) =>
        step === 1 ? { updateNorms: six(100) } : { updateNorms: six(100), loss: 20 + (step % 7) },
      ),
    );
    expect(kinds(reports)).toEqual(["rate-too-high@15"]);
    expect(messages(reports)).toContain(
      "The loss was 2 at the start and has been far above it since, by the median of the last steps 23",
    );
  });
  test("a step that is too long does no harm where the loss comes back", () => {
    expect(said(run(100, (step) => (step <= 5 ? { updateNorms: six(100), loss: 30 } : {})))).toEqual([]);
  });
  test("without measured updates it takes longer, unless the loss knows no bounds", () => {
    const bare = { updateNorms: undefined, parameterNorms: undefined };
    expect(kinds(said(run(400, (step) => ({ ...bare, loss: step < 10 ? 2 : 9 }))))).toEqual([
      "rate-too-high@309",
    ]);
    expect(kinds(said(run(50, (step) => ({ ...bare, loss: 2 * 1.5 ** step }))))).toEqual([
      "rate-too-high@23",
    ]);
  });
  test("losses below 0 rise also", () => {
    expect(kinds(said(run(400, (step) => ({ loss: step < 10 ? -3 : 1 }))))).toEqual(["rate-too-high@309"]);
    expect(said(run(400, (step) => ({ loss: step < 10 ? -3 : -1 })))).toEqual([]);
  });
  test("a first batch that was learned by chance is no start to compare with", () => {
    expect(said(run(1000, (step) => ({ loss: step === 1 ? 1e-6 : 1 + (step % 3) })))).toEqual([]);
    expect(said(run(1000, (step) => ({ loss: step === 1 ? 0 : 1 })))).toEqual([]);
  });
  test("large updates, again and again", () => {
    const reports = said(run(200, () => ({ updateNorms: six(6), gradientNorms: six(0.01) })));
    expect(kinds(reports)).toEqual(["rate-too-high@100"]);
    expect(messages(reports)).toContain(
      "Each of the last 100 steps moved the parameters by more than 50 % of their size",
    );
  });
});

describe("exploding gradients", () => {
  test("a cliff", () => {
    const reports = said(run(100, (step) => (step === 70 ? { gradientNorms: six(3000) } : {})));
    expect(kinds(reports)).toEqual(["exploding-gradients@70"]);
    expect(messages(reports)).toContain(
      "the norm at step 70 is 7300, 7300 times its median over the last 50 steps. Clip",
    );
  });
  test("examples that are not learned yet among those that are", () => {
    const learned = (step: number) => six(step < 200 ? 1 : step % 50 === 0 ? 2 : 1e-6);
    expect(said(run(600, (step) => ({ gradientNorms: learned(step) })))).toEqual([]);
  });
  test("from the last layer to the first", () => {
    const backwards = Float64Array.of(5e4, 5e3, 100, 10, 9, 1);
    const reports = said(run(50, () => ({ gradientNorms: backwards, updateNorms: six(1e-6) })));
    expect(kinds(reports)).toEqual(["exploding-gradients@1"]);
    expect(messages(reports)).toContain("those of [0].weight are more than 1000 times those of the last");
    // Large inputs: the biases know nothing of it.
    const inputs = Float64Array.of(5e4, 1, 100, 10, 9, 1);
    expect(said(run(50, () => ({ gradientNorms: inputs, updateNorms: six(1e-6) })))).toEqual([]);
  });
});

describe("vanishing gradients", () => {
  const vanished = Float64Array.of(1e-7, 1e-8, 1e-4, 1e-4, 0.1, 0.1);
  test("when they are small for long", () => {
    const reports = said(run(300, (step) => (step < 20 ? {} : { gradientNorms: vanished })));
    expect(kinds(reports)).toEqual(["vanishing-gradients@119"]);
    expect(messages(reports)).toContain(
      "those of the first layers ([0].weight: 1.0e-7) were below 0.001 of those of the last ([2].weight: 0.1)",
    );
  });
  test("not where they are 0: nothing reaches those layers", () => {
    const cut = Float64Array.of(0, 0, 0, 0, 0.1, 0.1);
    expect(said(run(300, () => ({ gradientNorms: cut })))).toEqual([]);
  });
  test("not where small inputs make them, since biases have no inputs", () => {
    const inputs = Float64Array.of(1e-7, 0.1, 0.1, 0.1, 0.1, 0.1);
    expect(said(run(300, () => ({ gradientNorms: inputs })))).toEqual([]);
  });
  test("not in networks of two layers", () => {
    const two = { paths: paths.slice(0, 4), gradientNorms: Float64Array.of(1e-9, 1e-9, 1, 1) };
    expect(said(run(300, () => two))).toEqual([]);
  });
});

describe("dead units", () => {
  const layer = (path: string, dead: number, units: number) => ({ path, dead, units });
  test.each([
    [[layer("[1]", 20, 32)], "20 of the 32 of [1]."],
    [[layer("[1]", 19, 32)], undefined],
    [[layer("[1]", 5, 6)], undefined],
    [[layer("[1]", 6, 6), layer("[3]", 0, 0)], "6 of the 6 of [1]."],
    [
      ["[1]", "[3]", "[5]", "[7]"].map((path) => layer(path, 9, 10)),
      "9 of the 10 of [5], and in 1 more layers.",
    ],
  ])("%j", (deadUnits, message) => {
    const reports = said(run(50), epochOf({ deadUnits }));
    expect(kinds(reports)).toEqual(message === undefined ? [] : ["dead-units@50"]);
    expect(messages(reports)).toContain(message ?? "");
  });
});

describe("rate too low", () => {
  const crawl = (step: number) => ({
    loss: 2.3,
    updateNorms: six(1e-9),
    ...(step > 10 ? { updateNorms: undefined } : {}),
  });
  test("steps that can change nothing", () => {
    const reports = said(run(200, crawl), epochOf({ loss: 2.3 }));
    expect(kinds(reports)).toEqual(["rate-too-low@200"]);
    expect(messages(reports)).toContain(
      "The loss has hardly moved from 2.3 in 200 steps: the rate is too low. No step moved the parameters by more than 2.4e-10 of their size",
    );
  });
  test("not after an epoch that changed the loss, and not where a step was long enough before", () => {
    expect(said(run(200, crawl), epochOf({ loss: 2.3, previousLosses: [2.5] }))).toEqual([]);
    expect(
      said(
        run(200, (step) => (step === 3 ? {} : crawl(step))),
        epochOf({ loss: 2.3 }),
      ),
    ).toEqual([]);
  });
  test("not where there is nothing to be gained: a start that is the end", () => {
    const done = { gradientNorms: six(1e-6), updateNorms: six(1e-9), loss: 2 };
    expect(
      said(
        run(200, () => done),
        epochOf({ loss: 2 }),
      ),
    ).toEqual([]);
    expect(
      said(
        run(200, () => ({ ...done, gradientNorms: six(0) })),
        epochOf({ loss: 2 }),
      ),
    ).toEqual([]);
  });
  test("parameters that start from 0 have no size, but a reach", () => {
    const fromZero = (step: number) => ({ ...crawl(1), parameterNorms: six((step - 1) * 1e-9) });
    expect(kinds(said(run(200, fromZero), epochOf({ loss: 2.3 })))).toEqual(["rate-too-low@200"]);
  });
});

describe("one thing at a time", () => {
  test("what follows from a rate too high is not said as well", () => {
    const dead = epochOf({ deadUnits: [{ path: "[1]", dead: 32, units: 32 }] });
    const diverging = run(60, (step) => ({
      updateNorms: six(100),
      loss: 2 + 30 * step,
      gradientNorms: six(step === 50 ? 1e9 : 1),
    }));
    expect(kinds(said(diverging, dead))).toEqual(["rate-too-high@15"]);
  });
  test("each kind once in a run, also after a restart from its state", () => {
    const monitor = healthMonitor();
    const dead = epochOf({ deadUnits: [{ path: "[1]", dead: 32, units: 32 }] });
    const first = monitor.epoch(monitor.init(), dead);
    expect(first.warnings.map(({ kind }) => kind)).toEqual(["dead-units"]);
    expect(healthMonitor().epoch(first.state, dead).warnings).toEqual([]);
    expect(first.state.given).toEqual(["dead-units"]);
  });
  test("it is pure: the same state and facts give the same report", () => {
    const monitor = healthMonitor();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(), fc.double({ min: 0 }), fc.double({ min: 0 }))), (list) => {
        const steps = list.map(([loss, g, u], i) =>
          healthy(i + 1, { loss, gradientNorms: six(g), updateNorms: six(u) }),
        );
        const go = () => steps.reduce((state, facts) => monitor.step(state, facts).state, monitor.init());
        expect(go()).toEqual(go());
        const { given } = go();
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });
});

test("limits are chosen, and checked", () => {
  const deadUnits = [{ path: "[1]", dead: 10, units: 32 }];
  expect(kinds(said(run(9), epochOf({ deadUnits }), { dead: 0.2 }))).toEqual(["dead-units@9"]);
  expect(() => healthMonitor({ dead: 1 })).toThrow(ArgumentError);
  expect(() => healthMonitor({ rise: 1 })).toThrow(
    "healthMonitor({ rise }): must be a number in (1, ∞); got 1",
  );
  const misspelt = { rises: 3 };
  expect(() => healthMonitor(misspelt as object)).toThrow('unknown option "rises"');
});
