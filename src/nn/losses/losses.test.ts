/** What holds of losses by mathematics. PyTorch's values are in test/reference/torch-losses.test.ts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { grad, hessian, valueAndGrad } from "../../autodiff/index.ts";
import { compile } from "../../compiler/index.ts";
import { DtypeError, IndexError, ShapeError } from "../../core/errors.ts";
import { logSoftmax, mean, oneHot, ones, softmax, type Tensor, tensor, zeros } from "../../tensor/index.ts";
import {
  absoluteError,
  binaryCrossEntropy,
  crossEntropy,
  hinge,
  huberLoss,
  klDivergence,
  type Loss,
  losses,
  multiclassHinge,
  smoothL1,
  softCrossEntropy,
  squaredError,
} from "./index.ts";

const [n, classes] = [4, 3];
const number = fc.double({ min: -30, max: 30, noNaN: true });
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
const matrix = numbers(n * classes).map((values) => tensor(values).reshape([n, classes]));
const column = numbers(n).map((values) => tensor(values));
const labels = fc
  .array(fc.nat(classes - 1), { minLength: n, maxLength: n })
  .map((values) => tensor(values, "int32"));
const probabilities = matrix.map((x) => softmax(x, 1));
/** Rounding of sums of numbers up to 60. */
const close = (a: unknown, b: unknown): void => expectClose(a, b, 1e-13, 1);

/** Outputs and targets that fit a loss. */
function fitting(loss: Loss): fc.Arbitrary<readonly [Tensor, Tensor]> {
  if (loss.targets === "classes") return fc.tuple(matrix, labels);
  if (loss.outputs === "logits") return fc.tuple(matrix, probabilities);
  if (loss.outputs === "logit")
    return fc.tuple(
      matrix,
      matrix.map((x) => x.greater(0)),
    );
  if (loss.outputs === "score")
    return fc.tuple(
      matrix,
      matrix.map((x) => x.greater(0).mul(2).sub(1)),
    );
  return fc.tuple(matrix, matrix);
}

describe.each(losses.map(({ card, make }) => ({ name: card.name, card, make })))(
  "$name",
  ({ card, make }) => {
    const each = (check: (outputs: Tensor, targets: Tensor) => void): void =>
      fc.assert(
        fc.property(fitting(make({})), ([outputs, targets]) => check(outputs, targets)),
        { numRuns: 30 },
      );

    test("gives one number, not below 0, for each example", () => {
      each((outputs, targets) => {
        const examples = make({}).examples(outputs, targets);
        expect(examples.shape).toEqual([n]);
        // The divergence of equal distributions is 0 but for rounding.
        for (const value of examples.toTypedArray()) expect(value).toBeGreaterThanOrEqual(-1e-14);
      });
    });

    test("the sum over n examples has n times the gradient of the mean", () => {
      each((outputs, targets) => {
        const gradient = (reduction: string) => grad(make({ reduction }))(outputs, targets);
        close(gradient("sum"), gradient("mean").mul(n));
      });
    });

    test("weights of examples count as repetitions", () => {
      each((outputs, targets) => {
        const repeated = (x: Tensor) =>
          tensor(
            [...x.toTypedArray(), ...x.at(0).toTypedArray()],
            x.dtype === "int32" ? "int32" : "float64",
          ).reshape([n + 1, ...x.shape.slice(1)]);
        const weights = tensor([2, 1, 1, 1]);
        for (const reduction of ["mean", "sum"]) {
          const loss = make({ reduction });
          close(
            loss(outputs, targets, weights),
            loss(repeated(outputs), repeated(targets.dtype === "bool" ? targets.cast("int32") : targets)),
          );
        }
      });
    });

    test("its card lists what it was made with", () => {
      const loss = make({});
      expect(loss.lossName).toBe(card.name);
      expect(Object.keys(loss.settings).sort()).toEqual(card.settings.map(({ name }) => name).sort());
      expect(card.sum).toContain("rate divided by n");
      expect(make(loss.settings).settings).toEqual(loss.settings);
    });

    test("outputs of float32 stay so, and sizes of 10⁴ do no harm", () => {
      fc.assert(
        fc.property(fitting(make({})), ([outputs, targets]) => {
          const large = outputs.mul(1e4 / 30).cast("float32");
          const derivative = valueAndGrad((o: Tensor) => make({})(o, targets));
          for (const { value, grad } of [derivative(large), compile(derivative)(large)]) {
            expect([value.dtype, grad.dtype]).toEqual(["float32", "float32"]);
            expect(
              [...value.reshape([1]).toTypedArray(), ...grad.toTypedArray()].every(Number.isFinite),
            ).toBe(true);
          }
        }),
        { numRuns: 5 },
      );
    });

    test.each(["max", 1, null])("%s is no reduction", (reduction) => {
      expect(() => make({ reduction })).toThrow(`reduction }): must be "mean", "sum" or "none"; got`);
    });

    test("the mean over no examples is refused, the sum is 0", () => {
      const nothing = [
        zeros([0, classes]),
        card.targets === "classes" ? zeros([0], "int32") : zeros([0, classes]),
      ] as const;
      expect(() => make({})(...nothing)).toThrow(/the mean needs at least one example/);
      expect(make({ reduction: "sum" })(...nothing).item()).toBe(0);
    });
  },
);

describe("one loss by another", () => {
  const holds = (check: (z: Tensor, y: Tensor, p: Tensor) => void): void =>
    fc.assert(fc.property(matrix, labels, probabilities, check), { numRuns: 50 });

  test("cross-entropy does not change when all logits of an example move alike", () => {
    holds((z, y) => close(crossEntropy()(z.add(tensor([[1], [-7], [30], [0]])), y), crossEntropy()(z, y)));
  });
  test.each([0, 0.1, 0.9])(
    "cross-entropy of classes is that of sure probabilities, smoothed by %s",
    (labelSmoothing) => {
      holds((z, y) =>
        close(
          crossEntropy({ labelSmoothing })(z, y),
          softCrossEntropy({ labelSmoothing })(z, oneHot(y, classes)),
        ),
      );
    },
  );
  test("the divergence is the cross-entropy less the entropy, and 0 from itself", () => {
    holds((z, _, p) => {
      const entropy = p.mul(p.log()).sum(1).neg();
      const soft = softCrossEntropy().examples(z, p);
      const positive = p.greater(0).all().item() === 1;
      if (positive) close(klDivergence().examples(z, p), soft.sub(entropy));
      close(klDivergence().examples(logSoftmax(z, 1), logSoftmax(z, 1).exp()), zeros([n]));
    });
  });
  test("binary cross-entropy is that of two classes, of which one has the logit 0", () => {
    fc.assert(
      fc.property(column, fc.array(fc.nat(1), { minLength: n, maxLength: n }), (z, y) => {
        const two = z.reshape([n, 1]).mul(tensor([0, 1]));
        close(binaryCrossEntropy()(z, tensor(y)), crossEntropy()(two, tensor(y, "int32")));
      }),
    );
  });
  test("the hinge loss of two classes is that of their difference", () => {
    fc.assert(
      fc.property(column, fc.array(fc.nat(1), { minLength: n, maxLength: n }), (z, y) => {
        const two = z.reshape([n, 1]).mul(tensor([0, 1]));
        close(hinge()(z, tensor(y).mul(2).sub(1)), multiclassHinge()(two, tensor(y, "int32")));
      }),
    );
  });
  test("Huber's is half the squared error, and on from there proportional to the absolute", () => {
    fc.assert(
      fc.property(column, column, (o, y) => {
        close(huberLoss({ delta: 100 })(o, y), squaredError()(o, y).div(2));
        close(smoothL1({ beta: 1e-14 })(o, y), absoluteError()(o, y));
        close(smoothL1({ beta: 3 })(o, y).mul(3), huberLoss({ delta: 3 })(o, y));
      }),
    );
  });
});

test("known values", () => {
  // log 10: ten classes, none preferred.
  expect(crossEntropy()(zeros([2, 10]), tensor([3, 9], "int32")).item()).toBeCloseTo(Math.LN10, 15);
  // e⁻⁴⁰ is lost where it is added to 40.
  expect(binaryCrossEntropy()(tensor([40, -40]), tensor([1, 0])).item()).toBeCloseTo(Math.exp(-40), 30);
  expect(grad(binaryCrossEntropy({ reduction: "sum" }))(zeros([2]), tensor([1, 0])).toArray()).toEqual([
    -0.5, 0.5,
  ]);
  // σ′(0) = ¼: a second derivative, for Newton's method from weights of 0.
  expectClose(hessian(binaryCrossEntropy({ reduction: "sum" }))(zeros([1]), tensor([1])), [0.25], 1e-15);
  // A class that is masked out by −∞ takes no part.
  const masked = tensor([[0, 0, Number.NEGATIVE_INFINITY]]);
  const { value, grad: gradient } = valueAndGrad(crossEntropy())(masked, tensor([1], "int32"));
  expect(value.item()).toBeCloseTo(Math.LN2, 15);
  expect(gradient.toArray()).toEqual([[0.5, -0.5, 0]]);
});

describe("what does not fit", () => {
  const z = zeros([4, 3]);
  const y = zeros([4], "int32");
  test.each<[string, () => unknown, typeof ShapeError, string]>([
    [
      "fewer targets",
      () => squaredError()(zeros([4]), zeros([5])),
      ShapeError,
      "squaredError: targets must have the shape of the outputs, [4]; got [5]; each example needs one target",
    ],
    [
      "stretching",
      () => squaredError()(z, zeros([4])),
      ShapeError,
      "the shape of the outputs, [4, 3]; got [4]; give the network as many outputs",
    ],
    ["stretching", () => huberLoss()(zeros([4, 1]), zeros([4, 4])), ShapeError, "[4, 1]; got [4, 4]"],
    [
      "turned",
      () => squaredError()(zeros([4, 3, 2]), zeros([4, 6])),
      ShapeError,
      "[4, 3, 2]; got [4, 6]; reshape the targets",
    ],
    ["a row", () => squaredError()(zeros([4]), zeros([1, 4])), ShapeError, "[4]; got [1, 4]"],
    ["a scalar", () => squaredError()(zeros([]), zeros([])), ShapeError, "along their first axis"],
    [
      "one class",
      () => crossEntropy()(zeros([4, 1]), y),
      ShapeError,
      "a single class, which is always right; for one output",
    ],
    ["images", () => crossEntropy()(zeros([4, 3, 2]), y), ShapeError, "outputs must be [n, classes]"],
    [
      "probabilities",
      () => crossEntropy()(z, zeros([4, 3])),
      ShapeError,
      "for probabilities of classes there is softCrossEntropy",
    ],
    [
      "other labels",
      () => crossEntropy()(z, zeros([3], "int32")),
      ShapeError,
      "one for each of the 4 examples: [4]; got [3]",
    ],
    [
      "weights",
      () => crossEntropy()(z, y, ones([3])),
      ShapeError,
      "one weight for each example, [4]; got weights of shape [3]; for weights of classes",
    ],
    ["weights", () => crossEntropy()(z, y, ones([1, 4])), ShapeError, "got weights of shape [1, 4]"],
  ])("%s", (_, call, error, message) => {
    expect(call).toThrow(error);
    expect(call).toThrow(message);
  });
  test("classes that do not exist, or are no int32", () => {
    const call = (labels: number[]) => () => crossEntropy()(z, tensor(labels, "int32"));
    expect(call([0, 1, 2, 3])).toThrow(IndexError);
    expect(call([0, 1, 2, 3])).toThrow("classes are numbered from 0 to 2; got 3 for example 3");
    expect(call([0, -1, 2, 1])).toThrow("got -1 for example 1");
    expect(() => multiclassHinge()(z, zeros([4]))).toThrow(DtypeError);
    expect(() => multiclassHinge()(z, zeros([4]))).toThrow(
      'int32; got float64; make them by tensor(labels, "int32")',
    );
  });
  test.each([crossEntropy(), multiclassHinge()])(
    "where it cannot throw, a class that does not exist makes NaN",
    (loss) => {
      const compiled = compile(loss.examples);
      const given = tensor([0, -1, 3, 2], "int32");
      expect(compiled(z.add(1), given).isNaN().toArray()).toEqual([false, true, true, false]);
    },
  );
  test("answers in another code", () => {
    expect(() => binaryCrossEntropy()(zeros([2]), tensor([-1, 1]))).toThrow(
      "targets of −1 and 1 are those of hinge",
    );
    expect(() => hinge()(zeros([2]), tensor([0, 1]))).toThrow("of answers 0 and 1 make y.mul(2).sub(1)");
    expect(() => binaryCrossEntropy()(zeros([1]), tensor([Number.NaN]))).toThrow("got NaN");
  });
  test("outputs [n, 1] beside targets [n] are the same, both ways", () => {
    const [o, t] = [tensor([1, 2, 3, 4]), tensor([2, 4, 6, 8])];
    const expected = squaredError()(o, t).item();
    expect(squaredError()(o.reshape([4, 1]), t).item()).toBe(expected);
    expect(squaredError()(o, t.reshape([4, 1, 1])).item()).toBe(expected);
    expect(crossEntropy()(z, y.reshape([4, 1])).item()).toBe(crossEntropy()(z, y).item());
  });
  test("options", () => {
    expect(() => crossEntropy({ labelSmoothing: 1 })).toThrow(
      "crossEntropy({ labelSmoothing }): must be a number in [0, 1); got 1",
    );
    expect(() => hinge({ margin: 0 })).toThrow("hinge({ margin }): must be a number in (0, ∞)");
    const misspelt = { smoothing: 0.1 };
    expect(() => crossEntropy(misspelt as object)).toThrow('unknown option "smoothing"');
    // Called as if it were the loss itself.
    expect(() => squaredError(zeros([2]) as object)).toThrow(
      "const loss = squaredError(); loss(outputs, targets)",
    );
  });
});

test("cross-entropy and its gradient are one pass over the logits and a division", () => {
  const written = (logits: Tensor, y: Tensor) =>
    mean(oneHot(y, 10, "float32").mul(logSoftmax(logits, 1)).sum(1)).neg();
  const [logits, y] = [zeros([128, 10], "float32"), zeros([128], "int32")];
  const units = [crossEntropy(), written].map((loss) => {
    const compiled = compile(valueAndGrad(loss));
    compiled(logits, y);
    return /(\d+) steps in (\d+) units/.exec(compiled.explain())?.slice(1).map(Number);
  });
  expect(units[0]?.[1]).toBe(2);
  expect(units[1]?.[1]).toBe(2);
  expect(units[0]?.[0]).toBeLessThanOrEqual(units[1]?.[0] ?? 0);
});
