/** The table of activations. */
import { expect, test } from "vitest";
import { relu, tensor } from "../tensor/index.ts";
import { activationNames, describeFunction, functionNamed } from "./activations.ts";

test.each([...activationNames])("%s has its name, and its name gives it", (name) => {
  expect(describeFunction(functionNamed(name))).toBe(name);
});

test("functions that are not in the table have no name", () => {
  expect(describeFunction((x) => relu(x))).toBeUndefined();
});

test.each(["ReLU", "", "constructor", "__proto__", "toString"])("%j is none", (name) => {
  expect(() => functionNamed(name)).toThrow(
    `there is no activation ${JSON.stringify(name)}; the activations are relu`,
  );
});

test("they are called with the tensor alone", () => {
  expect(functionNamed("leaky-relu")(tensor([-1])).toArray()).toEqual([-0.01]);
});
