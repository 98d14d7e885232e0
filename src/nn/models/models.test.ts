/** Models by their sizes, by how large signals are before training, and by whether they learn. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { compileStep } from "../../compiler/index.ts";
import { adam, initialState, trainingStep } from "../../first-order/index.ts";
import { normal, ones, randomKey, std, type Tensor, tensor } from "../../tensor/index.ts";
import type { Layer } from "../layer.ts";
import type { WeightAndBias } from "../layers/index.ts";
import { crossEntropy } from "../losses/index.ts";
import { summary } from "../summary.ts";
import { lenet, linearModel, logisticModel, mlp, type Network } from "./index.ts";

const key = randomKey(1);

describe("mlp", () => {
  test("has the layers it is asked for", () => {
    const network = mlp({ inputs: 784, hidden: [256, 128], outputs: 10 });
    expectTypeOf(network).toEqualTypeOf<Network>();
    expect(network.parts?.map(([, { title }]) => title)).toEqual([
      "dense 784 → 256",
      "relu",
      "dense 256 → 128",
      "relu",
      "dense 128 → 10",
    ]);
    expect(summary(network).parameters).toBe(785 * 256 + 257 * 128 + 129 * 10);
    expect(mlp({ inputs: 3, hidden: [], outputs: 2 }).parts?.length).toBe(1);
  });

  test.each(["relu", "tanh", "leaky-relu", "gelu"] as const)(
    "of %s: signals keep their size through ten layers",
    (activation) => {
      const network = mlp({ inputs: 200, hidden: new Array<number>(10).fill(200), outputs: 200, activation });
      const y = network.apply(network.init(key), normal(randomKey(2), [100, 200]));
      const size = std(y).item();
      expect(size).toBeGreaterThan(0.2);
      expect(size).toBeLessThan(3);
    },
  );

  test("takes any function", () => {
    const network = mlp({ inputs: 2, hidden: [3], outputs: 1, activation: (x) => x.sin() });
    expect(network.description).toBeUndefined();
    expect(network.apply(network.init(key), ones([4, 2])).shape).toEqual([4, 1]);
  });

  test("errors", () => {
    expect(() => mlp(JSON.parse('{"inputs":2,"outputs":1}'))).toThrow(
      "mlp: needs a list of the sizes of the hidden layers",
    );
    expect(() => mlp({ inputs: 2, hidden: [0], outputs: 1 })).toThrow(
      "dense({ outputs }): must be a whole number from 1",
    );
    expect(() => mlp(JSON.parse('{"inputs":2,"hidden":[],"outputs":1,"activation":"x"}'))).toThrow(
      'there is no activation "x"',
    );
    expect(() => mlp(JSON.parse('{"inputs":2,"hiden":[],"outputs":1}'))).toThrow(
      'mlp: unknown option "hiden"',
    );
  });
});

describe("lenet", () => {
  test("fits images of 28×28, and others", () => {
    expect(summary(lenet()).parameters).toBe(8 * 26 + 24 * 201 + 120 * 601 + 84 * 121 + 10 * 85);
    const coloured = lenet({ classes: 100, side: 32, channels: 3 });
    expect(coloured.inputShape).toEqual([3, 32, 32]);
    expect(coloured.apply(coloured.init(key), ones([2, 3, 32, 32])).shape).toEqual([2, 100]);
    expect(summary(lenet({ side: 12 })).rows.at(-1)?.output).toEqual([10]);
    expect(() => lenet({ side: 11 })).toThrow("lenet({ side }): must be a whole number ≥ 12");
    expect(() => lenet({ side: 28.5 })).toThrow("got 28.5");
    expect(() => lenet({ dropout: 1 })).toThrow("dropout({ rate }): must be a number in [0, 1); got 1");
  });

  test("learns noise by heart", () => {
    const model = lenet({ side: 12, dropout: 0 });
    const { transformation } = adam({ rate: 3e-3 });
    const loss = crossEntropy();
    type Held = {
      readonly parameters: ReturnType<typeof model.init>;
      readonly state: ReturnType<typeof transformation.init>;
    };
    const parameters = model.init(key);
    const step = trainingStep(transformation, (p: Held["parameters"], x: Tensor, y: Tensor) =>
      loss(model.apply(p, x), y),
    );
    const program = compileStep(
      (held: Held, hyper: ReturnType<typeof transformation.hyperparameters>, x: Tensor, y: Tensor) => {
        const { value, ...next } = step({ ...held, hyper }, x, y);
        return [next, value] as const;
      },
      { parameters, state: initialState(transformation, parameters) },
    );
    const x = normal(randomKey(2), [20, 1, 12, 12]).cast("float32");
    const y = tensor(
      Array.from({ length: 20 }, (_, i) => i % 10),
      "int32",
    );
    const losses = Array.from({ length: 80 }, (_, t) =>
      program.step(transformation.hyperparameters(t + 1), x, y).item(),
    );
    expect(losses[0]).toBeGreaterThan(1.5);
    expect(losses.at(-1)).toBeLessThan(0.05);
  });
});

describe("linear models", () => {
  test("begin at 0, whatever the key", () => {
    for (const model of [linearModel({ inputs: 3 }), logisticModel({ inputs: 3, outputs: 4 })]) {
      expectTypeOf(model).toEqualTypeOf<Layer<WeightAndBias>>();
      const y = model.apply(model.init(key), normal(key, [5, 3]));
      expect(y.abs().max().item()).toBe(0);
    }
    expect(linearModel({ inputs: 3 }).title).toBe("dense 3 → 1");
  });

  test("refuse what they do not know", () => {
    expect(() => logisticModel(JSON.parse('{"inputs":3,"classes":2}'))).toThrow(
      'logisticModel: unknown option "classes"',
    );
    expect(() => linearModel({ inputs: 0 })).toThrow("dense({ inputs })");
  });
});
