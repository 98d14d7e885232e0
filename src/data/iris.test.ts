/**
 * The iris data set. Means and standard deviations: R's documentation and `summary(iris)`; flowers 35 and 38: the note of scikit-learn on the two wrong
 * flowers of the copy at UCI. The weighted sums were taken from R's `datasets::iris` and scikit-learn's `iris.csv`, which agree in every number.
 */
import { expect, test } from "vitest";
import { standardizationOf } from "./examples/standardization.ts";
import { loadIris } from "./iris.ts";

const { measurements, species, names } = loadIris();
const flower = (number: number): number[] => [...measurements.data.slice(4 * (number - 1), 4 * number)];

test("has 50 flowers of each of three species", () => {
  expect(measurements.shape).toEqual([150, 4]);
  expect([0, 1, 2].map((one) => species.filter((kind) => kind === one).length)).toEqual([50, 50, 50]);
  expect(names.species).toEqual(["setosa", "versicolor", "virginica"]);
});

test("has the means and standard deviations everybody knows", () => {
  const { mean, scale } = standardizationOf(measurements, "features");
  expect(mean.map((value) => Number(value.toFixed(4)))).toEqual([5.8433, 3.0573, 3.758, 1.1993]);
  // R divides by n − 1.
  const ofSample = scale.map((value) => value * Math.sqrt(150 / 149));
  expect(ofSample.map((value) => Number(value.toFixed(4)))).toEqual([0.8281, 0.4359, 1.7653, 0.7622]);
});

test("has Fisher's flowers 35 and 38", () => {
  expect([flower(1), flower(35), flower(38), flower(150)]).toEqual([
    [5.1, 3.5, 1.4, 0.2],
    [4.9, 3.1, 1.5, 0.2],
    [4.9, 3.6, 1.4, 0.1],
    [5.9, 3.0, 5.1, 1.8],
  ]);
});

test("has every number in its place", () => {
  const sums = [1, 2].map((power) =>
    measurements.data.reduce((sum, value, i) => sum + Math.round(10 * value) * (i + 1) ** power, 0),
  );
  expect(sums).toEqual([6925920, 2899657026]);
});
