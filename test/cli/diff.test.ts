/** `nabla diff`, as built: what it prints, where, and how it ends. Derivatives in these tests were taken by hand. */
import { describe, expect, test } from "vitest";
import { nabla, shell } from "./command.ts";

describe("nabla diff", () => {
  test("prints value, gradient and Hessian", () => {
    expect(nabla(["diff", "x^2*y", "--at", "x=1,y=2"])).toEqual({
      code: 0,
      stdout: "value  2  at x = 1, y = 2\n\ngradient\nx  4\ny  1\n\nHessian\n   x  y\nx  4  2\ny  2  0\n",
      stderr: "",
    });
  });

  test("aligns points and shows ten digits", () => {
    // ∂/∂a = x/3, ∂/∂x = a/3 + 100; value a·x/3 + 100·x
    const { stdout } = nabla(["diff", "a*x/3 + 100*x", "--at", "a=1 x=2", "--order", "1"]);
    expect(stdout).toBe(
      "value  200.6666667  at a = 1, x = 2\n\ngradient\na    0.6666666667\nx  100.3333333\n",
    );
  });

  test("prints JSON with all digits", () => {
    const { code, stdout } = nabla(["diff", "x^2*y", "--at", "y=2", "--at", "x=1", "--json"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      '{"value":2,"gradient":{"x":4,"y":1},"hessian":{"x":{"x":4,"y":2},"y":{"x":2,"y":0}}}\n',
    );
    expect(nabla(["diff", "x/3", "--at", "x=1", "--json", "--order", "0"]).stdout).toBe(
      '{"value":0.3333333333333333}\n',
    );
  });

  test.each<readonly [order: string, expected: string]>([
    ["0", '{"value":8}\n'],
    ["1", '{"value":8,"gradient":{"x":12}}\n'],
    ["2", '{"value":8,"gradient":{"x":12},"hessian":{"x":{"x":12}}}\n'],
  ])("--order %s", (order, expected) => {
    expect(nabla(["diff", "x^3", "--at", "x=2", "--order", order, "--json"]).stdout).toBe(expected);
  });

  test("a formula without variables needs no point", () => {
    expect(nabla(["diff", "2*3"])).toEqual({ code: 0, stdout: "value  6\n", stderr: "" });
    expect(nabla(["diff", "2*3", "--json"]).stdout).toBe('{"value":6,"gradient":{},"hessian":{}}\n');
  });

  test("values that JSON does not have are strings", () => {
    const { code, stdout } = nabla(["diff", "log(x)", "--at", "x=0", "--order", "1", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ value: "-Infinity", gradient: { x: "Infinity" } });
    expect(nabla(["diff", "log(x)", "--at", "x=-1", "--order", "0", "--json"]).stdout).toBe(
      '{"value":"NaN"}\n',
    );
  });

  test("nothing leaks from the side a conditional does not take", () => {
    const args = ["diff", "x > 0 ? sqrt(x) : 0", "--at", "x=-1", "--json"];
    expect(nabla(args).stdout).toBe('{"value":0,"gradient":{"x":0},"hessian":{"x":{"x":0}}}\n');
  });

  test("understands values as people write them", () => {
    for (const at of ["x=-2.5e-1,y=.5", "x = -0.25, y = 0.5", "y=1/2 x=-.25", "x=-0.25;y=0.5"]) {
      expect(nabla(["diff", "x + 10*y", "--at", at, "--order", "0", "--json"]).stdout, at).toBe(
        '{"value":4.75}\n',
      );
    }
  });

  test("a formula may begin with a minus sign", () => {
    const expected = { code: 0, stdout: '{"value":-4,"gradient":{"x":-4}}\n', stderr: "" };
    expect(nabla(["diff", "-x^2", "--at", "x=2", "--order", "1", "--json"])).toEqual(expected);
    expect(nabla(["diff", "--at=x=2", "--order=1", "--json", "-x^2"])).toEqual(expected);
    expect(nabla(["diff", "--at=x=2", "--order=1", "--json", "--", "-x^2"])).toEqual(expected);
    expect(nabla(["diff", "-h*2", "--at", "h=2", "--order", "0"]).stdout).toBe("value  -4  at h = 2\n");
  });

  test("variables may bear any name", () => {
    const { stdout } = nabla([
      "diff",
      "__proto__*constructor",
      "--at",
      "__proto__=2,constructor=3",
      "--json",
      "--order",
      "1",
    ]);
    expect(stdout).toBe('{"value":6,"gradient":{"__proto__":3,"constructor":2}}\n');
  });
});

describe("wrong usage ends with 2 and a sentence", () => {
  test.each<readonly [args: readonly string[], sentence: string]>([
    [["x*y"], "no value for x, y; give one with --at, for example --at x=1,y=1"],
    [["x*y", "--at", "x=3"], "no value for y; give one with --at, for example --at x=3,y=1"],
    [["x", "--at", "x=1,z=2"], "z is not among the formula's variables; it has x"],
    [["1", "--at", "z=2"], "z is not among the formula's variables; it has none"],
    [["e*x", "--at", "x=1,e=2"], "e is a constant in formulas; give the variable another name"],
    [["x", "--at", "x=1,x=2"], "x has two values; give it one"],
    [["x", "--at", "x=1", "--at", "x=1"], "x has two values; give it one"],
    [["x", "--at", "x=abc"], 'the value of x must be a number such as 1.5, -2e-3 or pi/2; got "abc"'],
    [["x", "--at", "x=1.2.3"], 'got "1.2.3"'],
    [["x", "--at", "x"], '"x" is not of the form name=number'],
    [["x", "--at", "=1"], '"=1" is not of the form name=number'],
    [["x", "--at", "x=1", "--order", "3"], "The order is 0, 1 or 2."],
    [["x", "--at", "x=1", "--order", "-1"], "The order is 0, 1 or 2."],
    [["x", "--at"], "argument missing"],
    [["x", "--jsn"], "Did you mean --json?"],
    [["x", "y"], "too many arguments"],
    [[], "missing required argument 'formula'"],
  ])("diff %j", (args, sentence) => {
    const { code, stdout, stderr } = nabla(["diff", ...args]);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("what is no formula ends with 1", () => {
  test("and shows the place, with --json too", () => {
    for (const more of [[], ["--json"]]) {
      expect(nabla(["diff", "2x + 1", "--at", "x=1", ...more])).toEqual({
        code: 1,
        stdout: "",
        stderr: "error: Formula: write 2*x: multiplication is not guessed (column 2)\n  2x + 1\n   ^\n",
      });
    }
  });
});

describe("colours", () => {
  const args = ["diff", "x", "--at", "x=1"];
  test("are off in pipes, on when forced, off with NO_COLOR and in JSON", () => {
    expect(nabla(args).stdout).not.toContain("\u001b");
    expect(nabla(args, { CI: "1" }).stdout).not.toContain("\u001b");
    expect(nabla(args, { FORCE_COLOR: "1" }).stdout).toContain("\u001b");
    expect(nabla(args, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\u001b");
    expect(nabla([...args, "--json"], { FORCE_COLOR: "1" }).stdout).not.toContain("\u001b");
  });
});

test("a reader who has read enough is no error", () => {
  // The reader is gone before anything is written.
  const { stderr } = shell(`$NABLA diff "x" --at x=1 | true`);
  expect(stderr).toBe("");
  const outcome = shell(`$NABLA diff "x^2" --at x=1 | head -1`);
  expect(outcome).toEqual({ code: 0, stdout: "value  1  at x = 1\n", stderr: "" });
});
