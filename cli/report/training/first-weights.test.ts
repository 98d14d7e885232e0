/** Pictures of weights: expected values follow from the layout, which is PyTorch's. */

import { expect, test } from "vitest";
import { tensor, zeros } from "../../../src/index.ts";
import { firstLayerWeights } from "./first-weights.ts";

const image = { channels: 1, height: 2, width: 2 };

test("a dense layer has a picture of the image's size for each unit", () => {
  const weight = tensor([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  const found = firstLayerWeights([{ weight, bias: zeros([2]) }, {}], image);
  expect(found).toMatchObject({ height: 2, width: 2, of: 2, isChange: false });
  expect(found?.units.map((unit) => Array.from(unit))).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
});

test("a convolution has one of its kernel's size, the mean over channels", () => {
  const weight = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).reshape([1, 2, 2, 3]);
  const found = firstLayerWeights([{ weight, bias: zeros([1]) }], { channels: 2, height: 9, width: 9 });
  expect(found).toMatchObject({ height: 2, width: 3, of: 1 });
  expect(found?.units.map((unit) => Array.from(unit))).toEqual([[4, 5, 6, 7, 8, 9]]);
});

test("with the start the pictures are of the change, of the units that changed most, in their order", () => {
  const start = [{ weight: zeros([40, 4]) }];
  const weight = tensor(Array.from({ length: 40 }, (_, unit) => [0, 0, 0, unit]));
  const found = firstLayerWeights([{ weight }], image, start);
  expect(found).toMatchObject({ of: 40, isChange: true });
  expect(found?.units.map((unit) => unit[3])).toEqual(Array.from({ length: 32 }, (_, i) => i + 8));
});

test("other first layers have no pictures", () => {
  expect(firstLayerWeights([{ weight: zeros([3, 5]) }], image)).toBeUndefined();
  expect(firstLayerWeights([{ weight: zeros([3]) }], image)).toBeUndefined();
  expect(firstLayerWeights([{ weight: zeros([3, 1, 1, 1]) }], image)).toBeUndefined();
  expect(firstLayerWeights([{}], image)).toBeUndefined();
});
