/** What formulas mean. Expected values are arithmetic done by hand or by the same rule in JavaScript. */
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../core/errors.ts";
import { tensor } from "../../tensor/index.ts";
import { formulaConstants, formulaFunctions } from "./functions.ts";
import { parseFormula } from "./parse-formula.ts";

const at = { x: 3, y: -2, z: 0.5 };
const value = (text: string): number => parseFormula(text).f(at);

describe("precedence", () => {
  test.each<readonly [text: string, expected: number]>([
    ["1 + 2*3", 7],
    ["(1 + 2)*3", 9],
    ["10 - 4 - 3", 3],
    ["24/4/3", 2],
    ["24/4*3", 18],
    ["7 % 4 * 2", 6],
    ["2^3^2", 512],
    ["2**3**2", 512],
    ["-x^2", -9],
    ["(-x)^2", 9],
    ["2^-1", 0.5],
    ["2^-2^2", 1 / 16],
    ["2^-1*4", 2],
    ["-2*3", -6],
    ["--x", 3],
    ["+-+x", -3],
    ["1 - -1", 2],
    ["2*-3", -6],
    ["-x % 2", -1],
    ["1 + 1 < 3", 1],
    ["1 < 2 == 1", 1],
    ["!0 + 1", 2],
    ["!x == 0", 1],
    ["1 || 0 && 0", 1],
    ["1 == 1 && 2 != 2", 0],
    ["0 ? 1 : 0 ? 2 : 3", 3],
    ["1 ? 0 ? 1 : 2 : 3", 2],
    ["1 + 0 ? 4 : 5", 4],
    ["1 + (0 ? 4 : 5)", 6],
    ["0 ? 1 : 2 + 3", 5],
    ["max(0 ? 1 : 2, 1)", 2],
    ["x²", 9],
    ["-x²", -9],
    ["2^x²", 512],
    ["x²^2", 81],
    ["x⁻¹·x", 1],
    ["2×x − 6÷2", 3],
    ["x ≤ 3 && y ≠ x && ¬0", 1],
  ])("%s is %f", (text, expected) => expect(value(text)).toBe(expected));
});

describe("numbers and names", () => {
  test.each<readonly [text: string, expected: number]>([
    ["1.", 1],
    [".5", 0.5],
    ["1e-3", 0.001],
    ["1.5E+3", 1500],
    ["007", 7],
    ["1e-400", 0],
    [" \t1\n+\r\n2 ", 3],
    ["2*π - tau", 0],
    ["e", Math.E],
    ["-inf", Number.NEGATIVE_INFINITY],
  ])("%j is %f", (text, expected) => expect(value(text)).toBe(expected));

  test("variables stand in the order of their first appearance, constants and functions are none", () => {
    expect(parseFormula("b*a + exp(b)*pi + x₁·Δt_2 + e").variables).toEqual(["b", "a", "x₁", "Δt_2"]);
    expect(parseFormula("1 + 2").variables).toEqual([]);
  });

  test("composed and decomposed letters name the same variable", () => {
    expect(parseFormula("\u00e9 + e\u0301").variables).toEqual(["\u00e9"]);
  });

  test("names of the language are ordinary variables", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "this", "undefined", "eval"];
    const { f, variables } = parseFormula(names.join(" + "));
    expect(variables).toEqual(names);
    const values = Object.fromEntries(names.map((name, i) => [name, i]));
    expect(f(values)).toBe(21);
    expect(() => f({})).toThrow("the variable __proto__ has no value");
    expect(() => parseFormula("constructor").f({})).toThrow(ArgumentError);
  });
});

describe("functions", () => {
  test.each<readonly [text: string, expected: number]>([
    ["ln(e^2)", 2],
    ["log(e)", 1],
    ["log10(1000)", 3],
    ["log2(8)", 3],
    ["exp2(10)", 1024],
    ["min(3, 1, 2)", 1],
    ["max(3, 1, 5, 2)", 5],
    ["hypot(3, 4)", 5],
    ["hypot(2, 3, 6)", 7],
    ["pow(2, 10)", 1024],
    ["atan2(1, 0)", Math.PI / 2],
    ["-7 % 3", -1],
    ["mod(-7, 3)", 2],
    ["mod(7, -3)", -2],
    ["mod(-1, inf)", Number.POSITIVE_INFINITY],
    ["round(0.5)", 0],
    ["round(1.5)", 2],
    ["round(2.5)", 2],
    ["trunc(-1.5)", -1],
    ["clamp(5, 0, 1)", 1],
    ["sign(-3)", -1],
    ["square(3) + cbrt(27)", 12],
    ["sigmoid(0)", 0.5],
    ["sigmoid(-1000) + relu(-1)", 0],
    ["softplus(0)", Math.LN2],
    ["softplus(1000)", 1000],
    ["arcsin(1) - asin(1)", 0],
    ["sin (0)", 0],
  ])("%s is %f", (text, expected) => expect(value(text)).toBeCloseTo(expected, 14));

  test("the lists of names are fixed", () => {
    expect(formulaFunctions).toContain("erf");
    expect([...formulaConstants.keys()]).toEqual(["pi", "π", "tau", "τ", "e", "inf"]);
  });
});

describe("the function of a formula", () => {
  const { f } = parseFormula("x + y");

  test("more values than variables are fine, fewer are not", () => {
    expect(f({ x: 1, y: 2, z: 3 })).toBe(3);
    expect(() => f({ x: 1 })).toThrow(
      "Formula x + y: the variable y has no value; give the values by name: f({ x, y })",
    );
  });

  test("values must be numbers or tensors", () => {
    const untyped = (values: unknown): unknown => Reflect.apply(f, undefined, [values]);
    expect(() => untyped({ x: 1, y: "2" })).toThrow(
      "the variable y must be a number or a tensor; got string 2",
    );
    expect(() => untyped({ x: 1, y: {} })).toThrow("got an object");
    expect(() => untyped(undefined)).toThrow(ArgumentError);
    expect(() => untyped(null)).toThrow("got null");
  });

  test("one tensor makes the result a tensor", () => {
    expect(f({ x: tensor([1, 2]), y: tensor(1) }).toArray()).toEqual([2, 3]);
    expect(f({ x: [1, 2], y: new Float64Array([3, 4]) }).toArray()).toEqual([4, 6]);
    expect(f({ x: tensor([[1], [2]]), y: tensor([10, 20]) }).toArray()).toEqual([
      [11, 21],
      [12, 22],
    ]);
    expect(tensor(f({ x: 1, y: tensor([1, 2]) })).toArray()).toEqual([2, 3]);
    expect(
      parseFormula("2")
        .f({ x: tensor([1, 2]) })
        .toArray(),
    ).toBe(2);
    expect(f({ x: tensor(1, "float32"), y: tensor(2, "float32") }).dtype).toBe("float32");
    expect(
      parseFormula("x/2 + 0.5")
        .f({ x: tensor([1, 2], "int32") })
        .toArray(),
    ).toEqual([1, 1.5]);
  });

  test("conditionals choose element by element", () => {
    const x = tensor([-4, 0, 4]);
    expect(parseFormula("x > 0 ? sqrt(x) : x < 0 ? -1 : 0").f({ x }).toArray()).toEqual([-1, 0, 2]);
    expect(parseFormula("x ? 1 : 2").f({ x }).toArray()).toEqual([1, 2, 1]);
    expect(parseFormula("(x > 0 && x < 9) + (x >= 0)").f({ x }).toArray()).toEqual([0, 1, 2]);
    expect(parseFormula("x > 0").f({ x }).dtype).toBe("bool");
    const single = tensor([-4, 0, 4], "float32");
    expect(parseFormula("(x > 0)*x").f({ x: single }).dtype).toBe("float32");
  });

  test("a text is a string", () => {
    for (const text of [undefined, null, 3, {}, ["x"], Symbol("x")]) {
      expect(() => Reflect.apply(parseFormula, undefined, [text])).toThrow(ArgumentError);
    }
  });
});
