import { expect, test } from "vitest";
import { chooseImages } from "./choice.ts";

const labels = Array.from({ length: 100 }, (_, i) => i % 10);
/** Every seventh is wrong, the later the surer. */
const predicted = labels.map((label, i) => (i % 7 === 0 ? (label + 1) % 10 : label));
const probability = labels.map((_, i) => 0.5 + i / 250);

test("twelve by chance and the four surest mistakes, all different; the same seed gives the same", () => {
  const chosen = chooseImages(predicted, probability, labels, 1);
  expect(chosen.mistakes).toEqual([98, 91, 84, 77]);
  expect(chosen.byChance).toHaveLength(12);
  expect(new Set([...chosen.byChance, ...chosen.mistakes]).size).toBe(16);
  expect(chooseImages(predicted, probability, labels, 1)).toEqual(chosen);
  expect(chooseImages(predicted, probability, labels, 2)).not.toEqual(chosen);
});

test("without mistakes sixteen by chance; of few all", () => {
  expect(chooseImages(labels, probability, labels, 1)).toMatchObject({
    mistakes: [],
    byChance: { length: 16 },
  });
  expect(chooseImages([1, 2], [1, 1], [1, 3], 1)).toEqual({ byChance: [0], mistakes: [1] });
});
