/** Whole trainings of small networks on drawn data: nothing is said of healthy ones, and the right thing of those that go wrong. */
import { describe, expect, test } from "vitest";
import { type Simulation, simulate } from "../../../test/tools/simulated-training.ts";
import { adam, momentum, rmsprop, sgd } from "../../first-order/index.ts";
import { sigmoid, tanh } from "../../tensor/index.ts";

/** Methods at usual rates, times a factor. */
const methods = [
  ["sgd", (factor: number, more: Simulation) => simulate(sgd({ rate: 0.1 * factor }).transformation, more)],
  [
    "momentum",
    (factor: number, more: Simulation) => simulate(momentum({ rate: 0.02 * factor }).transformation, more),
  ],
  [
    "adam",
    (factor: number, more: Simulation) => simulate(adam({ rate: 1e-3 * factor }).transformation, more),
  ],
  [
    "rmsprop",
    (factor: number, more: Simulation) => simulate(rmsprop({ rate: 1e-3 * factor }).transformation, more),
  ],
] as const;

describe.each(methods)("%s", (_, run) => {
  const healthy: [string, Simulation, number][] = [
    ["a network", { epochs: 5 }, 1],
    ["a network that has learned everything", { epochs: 40, batch: 64 }, 1],
    ["single examples", { task: "values", batch: 1, epochs: 1, every: 20 }, 0.03],
    ["a full batch", { batch: 640, epochs: 60 }, 1],
    ["regression", { task: "values" }, 0.1],
    ["logistic regression from 0", { hidden: [], gain: 0 }, 1],
    ["linear regression from 0", { task: "values", hidden: [], gain: 0, batch: 1, epochs: 1 }, 0.03],
    ["tanh", { activation: tanh, gain: 1, hidden: [32, 32, 32, 32] }, 1],
    ["sigmoids", { activation: sigmoid, gain: 1, hidden: [32, 32], epochs: 8 }, 1],
    ["eight layers", { hidden: Array(8).fill(32), epochs: 8 }, 1],
  ];
  test.each(healthy)("nothing is said of %s", (_name, more, factor) => {
    const { kinds, verdict, losses } = run(factor, more);
    expect([kinds, verdict]).toEqual([[], undefined]);
    expect(losses.length).toBe(more.epochs ?? 3);
  });

  const high: [string, Simulation][] = [
    ["a network", {}],
    ["a network, updates seldom measured", { every: 50 }],
    ["tanh", { activation: tanh, gain: 1 }],
    ["regression", { task: "values" }],
    ["logistic regression from 0", { hidden: [], gain: 0 }],
    ["linear regression from 0", { task: "values", hidden: [], gain: 0 }],
  ];
  test.each(high)("a rate 10,000 times too high: %s", (_name, more) => {
    const { kinds, messages, verdict } = run(1e4, more);
    expect(kinds).toHaveLength(1);
    if (verdict === undefined) expect(kinds).toEqual(["rate-too-high@15"]);
    else expect(kinds[0]).toMatch(/^non-finite@\d$/);
    expect(messages[0]).toContain("the rate is too high");
  });
  test.each(high)("a rate 10 million times too low: %s", (_name, more) => {
    const { kinds, messages } = run(1e-7, more);
    expect(kinds).toEqual(["rate-too-low@20"]);
    expect(messages[0]).toContain("the rate is too low");
  });

  test("ten layers of sigmoids", () => {
    const { kinds, messages } = run(1, {
      hidden: Array(10).fill(32),
      activation: sigmoid,
      gain: 1,
      epochs: 8,
    });
    expect(kinds).toEqual(["vanishing-gradients@100"]);
    expect(messages[0]).toContain("Use ReLU instead of sigmoids");
  });
  test("biases of −10 before a ReLU", () => {
    const { kinds, messages } = run(1, { bias: -10, epochs: 8 });
    expect(kinds).toEqual(["dead-units@20"]);
    expect(messages[0]).toContain("32 of the 32 of [1]");
  });
});

test("sixty layers of tanh from large weights", () => {
  const { kinds } = simulate(sgd({ rate: 1e-6 }).transformation, {
    hidden: Array(60).fill(32),
    activation: tanh,
    gain: 3,
    epochs: 1,
  });
  expect(kinds).toEqual(["exploding-gradients@1"]);
});
