import { expect, test } from "vitest";
import { mean, type Tensor, tensor, zeros } from "../../tensor/index.ts";
import { huberLoss, type Loss, losses, lossFromFunction, lossNamed } from "./index.ts";

test("a loss is found by name and settings", () => {
  const made = huberLoss({ delta: 3, reduction: "sum" });
  const again = lossNamed(made.lossName, JSON.parse(JSON.stringify(made.settings)));
  const batch = [tensor([1, 9]), tensor([0, 0])] as const;
  expect(again(...batch).item()).toBe(made(...batch).item());
  expect(new Set(losses.map(({ card }) => card.name)).size).toBe(losses.length);
});

test("names and settings that are none", () => {
  expect(() => lossNamed("crossEntropy")).toThrow(
    'lossNamed: there is no loss "crossEntropy"; the losses are squared-error, absolute-error, huber-loss,',
  );
  expect(() => lossNamed("huber-loss", { delta: -1 })).toThrow(
    "huberLoss({ delta }): must be a number in (0, ∞)",
  );
});

test("a loss of one's own", () => {
  const cubes: Loss["examples"] = (o, y) => o.sub(y).abs().pow(3);
  const loss = lossFromFunction(cubes, { name: "cubes", reduction: "sum" });
  expect(loss(tensor([1, 2]), zeros([2])).item()).toBe(9);
  expect(loss(tensor([1, 2]), zeros([2]), tensor([1, 2])).item()).toBe(17);
  expect([loss.lossName, loss.targets, loss.outputs, loss.settings]).toEqual([
    "cubes",
    "values",
    "values",
    { reduction: "sum" },
  ]);
  const reduced = lossFromFunction((o: Tensor) => mean(o));
  expect(() => reduced(zeros([3]), zeros([3]))).toThrow("one number for each example, [3]; got []");
  const wrong = { targets: "class" };
  expect(() => lossFromFunction(cubes, wrong as object)).toThrow(
    'must be one of "classes", "values"; got "class"',
  );
  expect(() => lossFromFunction(null as never)).toThrow(
    "lossFromFunction: needs a function from outputs and targets",
  );
});
