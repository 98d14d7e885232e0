/** Settings are read by their card: defaults, names and ranges. */
import { describe, expect, test } from "vitest";
import { type NumberSetting, readSettings, type Setting } from "./card.ts";

const number = (name: string, range: NumberSetting["range"], more: Partial<NumberSetting> = {}): Setting => ({
  kind: "number",
  name,
  range,
  meaning: "",
  source: "",
  default: 0.5,
  ...more,
});

const card = {
  name: "toy",
  settings: [
    number("rate", "(0, ∞)"),
    number("shrink", "[0, 1)"),
    number("memory", "[1, 100]", { integer: true, default: 10 }),
    { kind: "part", name: "search", meaning: "", default: "wolfe()", source: "" },
  ] satisfies readonly Setting[],
};
type Options = { rate?: number; shrink?: number; memory?: number };
const read = (options: unknown): unknown => readSettings<keyof Options>(card, options as Options);

test("defaults are filled in; parts are left to the method", () => {
  expect(read({})).toEqual({ rate: 0.5, shrink: 0.5, memory: 10 });
  expect(read({ rate: 3, memory: undefined, search: () => 1 })).toEqual({ rate: 3, shrink: 0.5, memory: 10 });
});

describe("ranges", () => {
  test.each([
    ["rate", [Number.MIN_VALUE, 1e308]],
    ["shrink", [0, -0, 0.999]],
    ["memory", [1, 100]],
  ])("of %s admit their inside and closed ends", (name, values) => {
    for (const value of values) expect(read({ [name]: value })).toMatchObject({ [name]: value });
  });

  test.each([
    ["rate", [0, -1, Infinity, Number.NaN, "1", null, 1n]],
    ["shrink", [1, -1e-9, Number.NaN]],
    ["memory", [0, 101, 2.5]],
  ])("of %s refuse open ends, the outside and what is no number", (name, values) => {
    for (const value of values) expect(() => read({ [name]: value })).toThrow(`toy({ ${name} }): must be`);
  });

  test("are named with value and default", () => {
    expect(() => read({ memory: 2.5 })).toThrow(
      "toy({ memory }): must be an integer in [1, 100]; got 2.5; the default is 10",
    );
  });
});

test("names that are not on the card are refused", () => {
  expect(() => read({ Rate: 1 })).toThrow(
    'toy: unknown option "Rate"; the options are { rate, shrink, memory, search }',
  );
});
