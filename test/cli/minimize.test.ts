/**
 * `nabla minimize`, as built: what it prints, draws and saves, and how it ends. Rosenbrock's function (1960) from (−1.2, 1) has
 * its minimum 0 at (1, 1), Booth's at (1, 3); both are known by their formulas.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { afterAll, describe, expect, test } from "vitest";
import { commandLine, nabla, shell } from "./command.ts";

const rosenbrock = ["minimize", "(1-x)^2+100*(y-x^2)^2", "--start", "x=-1.2,y=1"];
const asResiduals = ["minimize", "10*(y-x^2)", "1-x", "--start", "x=-1.2,y=1"];
const booth = ["minimize", "(x+2*y-7)^2+(2*x+y-5)^2", "--start", "x=9,y=8"];

const folder = mkdtempSync(join(tmpdir(), "nabla-minimize-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The JSON that a call prints. */
function found(args: readonly string[]): ReturnType<typeof Object> {
  const { code, stdout, stderr } = nabla([...args, "--json"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout.endsWith("}\n") && stdout.indexOf("\n") === stdout.length - 1).toBe(true);
  return Object(JSON.parse(stdout));
}

describe("finds the minimum", () => {
  test("of Booth's function in one step of Newton's method", () => {
    const { x, steps, converged, method } = found([...booth, "--method", "newton"]);
    expect(x.x).toBeCloseTo(1, 14);
    expect(x.y).toBeCloseTo(3, 14);
    expect({ steps, converged, method }).toEqual({ steps: 1, converged: true, method: "newton" });
  });

  test.each(["bfgs", "lbfgs", "newton", "nelder-mead"])("of Rosenbrock's function by %s", (name) => {
    const { x, value, converged, method } = found([...rosenbrock, "--method", name]);
    expect(Math.abs(x.x - 1)).toBeLessThan(1e-6);
    expect(Math.abs(x.y - 1)).toBeLessThan(1e-6);
    expect(value).toBeLessThan(1e-12);
    expect({ converged, method }).toEqual({ converged: true, method: name });
  });

  test("of a sum of squares by Levenberg-Marquardt, which is chosen for residuals", () => {
    const { x, converged, method, evaluations } = found(asResiduals);
    expect(Math.abs(x.x - 1)).toBeLessThan(1e-6);
    expect(Math.abs(x.y - 1)).toBeLessThan(1e-6);
    expect({ converged, method }).toEqual({ converged: true, method: "levenberg-marquardt" });
    expect(evaluations.residuals).toBeGreaterThan(0);
  });

  test("of one formula that is a sum of squares by Levenberg-Marquardt, with the formula's own value", () => {
    const { x, value, converged, evaluations } = found([
      ...rosenbrock,
      ...["--method", "levenberg-marquardt", "--max-steps", "100"],
    ]);
    expect(Math.abs(x.x - 1)).toBeLessThan(1e-6);
    expect(Math.abs(x.y - 1)).toBeLessThan(1e-6);
    expect({ converged, gradients: evaluations.gradient }).toEqual({ converged: true, gradients: 0 });
    expect(value).toBeLessThan(1e-12);
    const lm = ["--method", "levenberg-marquardt"];
    // (x − 1)² + (x + 1)² = 2 x² + 2
    expect(found(["minimize", "(x-1)^2+(x+1)^2", "--start", "x=5", ...lm]).value).toBeCloseTo(2, 12);
  });

  test("of ½‖r‖², not ‖r‖²", () => {
    // ½ (1² + 1²) at x = 0: the residuals x − 1 and x + 1 cannot both vanish.
    expect(found(["minimize", "x-1", "x+1", "--start", "x=5"]).value).toBeCloseTo(1, 12);
  });

  test("of a formula that begins with a minus sign, among others in their order", () => {
    expect(found(["minimize", "-exp(-x^2)", "--start", "x=0.5", "--tolerance", "1e-9"]).value).toBeCloseTo(
      -1,
      12,
    );
    const { x } = found(["minimize", "x-3", "-y+4", "--start", "x=0,y=-1"]);
    expect(x.x).toBeCloseTo(3, 8);
    expect(x.y).toBeCloseTo(4, 8);
  });

  test("over variables of any name", () => {
    const { x } = found([
      "minimize",
      "__proto__^2+(constructor-1)^2",
      "--start",
      "__proto__=3,constructor=3",
    ]);
    expect(Object.keys(x)).toEqual(["__proto__", "constructor"]);
    expect(x.constructor).toBeCloseTo(1, 6);
  });
});

describe("JSON", () => {
  test("begins with the promised members, variables in the start's order", () => {
    const result = found(asResiduals);
    expect(Object.keys(result).slice(0, 8)).toEqual([
      ...["x", "value", "gradientNorm", "reason", "converged", "steps", "evaluations", "method"],
    ]);
    expect(Object.keys(result.x)).toEqual(["x", "y"]);
    expect(Object.keys(result.evaluations).slice(0, 3)).toEqual(["value", "gradient", "hessian"]);
    expect(result.reason).toBe("converged");
  });

  test("has every digit, and words for what JSON has not", () => {
    const { value, gradientNorm, reason, converged } = found(["minimize", "log(x)", "--start", "x=-1"]);
    expect({ value, reason, converged }).toEqual({ value: "NaN", reason: "non-finite", converged: false });
    expect(gradientNorm).toBe(1);
    expect(found(["minimize", "(x-1/3)^2", "--start", "x=1", "--method", "newton"]).x.x).toBeCloseTo(
      1 / 3,
      15,
    );
  });

  test("--trace adds every step, the start first", () => {
    const { trace, steps, x } = found([...rosenbrock, "--trace"]);
    expect(trace).toHaveLength(steps + 1);
    // f = 2.2² + 100 · 0.44², ∂f/∂x = −2 · 2.2 + 400 · 1.2 · −0.44, by hand.
    expect(trace[0]).toEqual({
      step: 0,
      value: expect.closeTo(24.2, 12),
      gradientNorm: expect.closeTo(215.6, 12),
      stepNorm: 0,
      x: { x: -1.2, y: 1 },
    });
    expect(trace.at(-1).x).toEqual(x);
  });

  test("a seed gives the same samples again", () => {
    const sampling = ["minimize", "(x-2)^2/2", "--start", "x=2", "--method", "metropolis-hastings"];
    const [a, b, c] = ["1", "1", "2"].map((seed) =>
      found([...sampling, "--set", "samples=2000", "--seed", seed]),
    );
    expect(a.samples).toBe(2000);
    expect(a.mean).toEqual(b.mean);
    expect(a.mean).not.toEqual(c.mean);
    // exp(−(x−2)²/2) is the normal density with mean 2 and deviation 1; five standard errors.
    expect(Math.abs(a.mean.x - 2)).toBeLessThan(5 * a.standardError.x);
    expect(a.reason).toBe("completed");
    expect(a.acceptance).toBeGreaterThan(0);
  });
});

describe("prints for people", () => {
  test("how it ended, the point and its value", () => {
    const { code, stdout, stderr } = nabla([...booth, "--method", "newton"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^converged after 1 step of newton: gradient .* ≤ 1e-8\n\nx {2}1\ny {2}3\n\nvalue {2,}/,
    );
    expect(stdout).toMatch(/^evaluations +value 2, gradient 2, hessian 1 in .* ms$/m);
    expect(stdout).not.toContain("advice");
  });

  test("--trace as a table with a header", () => {
    const lines = nabla([...rosenbrock, "--trace"]).stdout.split("\n");
    expect(lines[0]?.split(/\s+/)).toEqual(["step", "value", "‖∇f‖", "‖Δx‖", "x", "y"]);
    expect(lines[1]?.split(/\s+/)).toEqual(["0", "24.2", "215.6", "0", "-1.2", "1"]);
    expect(nabla([...rosenbrock, "--trace", "--method", "nelder-mead"]).stdout.split("\n")[0]).not.toContain(
      "∇",
    );
  });

  test("what to do where it did not converge, which is a result as well", () => {
    const { code, stdout, stderr } = nabla([...rosenbrock, "--max-steps", "3"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^not converged \(max-steps\) after 3 steps of bfgs/);
    expect(stdout).toMatch(/^advice +maxSteps was reached/m);
  });

  test("colours only where they are wanted", () => {
    expect(nabla(booth).stdout).not.toContain("\u001b");
    expect(nabla(booth, { FORCE_COLOR: "1" }).stdout).toContain("\u001b[32m");
    expect(nabla(booth, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain("\u001b");
    expect(nabla([...booth, "--json"], { FORCE_COLOR: "1" }).stdout).not.toContain("\u001b");
  });

  test("and is no error to a reader who has read enough", () => {
    const line = `$NABLA minimize "x^2" --start x=1 --trace | head -1`;
    expect(shell(line)).toEqual({ code: 0, stdout: expect.stringMatching(/^step/), stderr: "" });
  });
});

test("a sampling run that ends before its warm-up says so, without a table of NaN", () => {
  const args = ["minimize", "x^2", "--start", "x=1", "--method", "metropolis-hastings", "--max-steps", "5"];
  const { code, stdout } = nabla(args);
  expect(code).toBe(0);
  expect(stdout).toContain("the run ended before its warm-up did");
  expect(stdout).not.toContain("NaN");
});

describe("limits", () => {
  test("--tolerance sets the gradient test", () => {
    const { criteria } = found([...rosenbrock, "--tolerance", "1e-3"]);
    expect(criteria.gradient).toMatchObject({ limit: 1e-3, met: true });
  });

  test("--tolerance sets all tests of a method without a gradient", () => {
    const { criteria } = found([...rosenbrock, "--method", "nelder-mead", "--tolerance", "1e-5"]);
    expect(criteria.step).toMatchObject({ limit: 1e-5, met: true });
    expect(criteria.value).toMatchObject({ limit: 1e-5, met: true });
  });

  test.each([
    [["--max-steps", "2"], "max-steps"],
    [["--max-evaluations", "5"], "max-evaluations"],
    [["--time-limit", "0"], "time-limit"],
  ])("%j ends a run", (limit, reason) => {
    expect(found([...rosenbrock, ...limit]).reason).toBe(reason);
  });

  test("--set reaches the method", () => {
    const args = ["minimize", "x^2", "--start", "x=1", "--method", "adam", "--max-steps", "1"];
    // Adam's first step is as long as its rate, but for ε.
    expect(found([...args, "--set", "rate=1/4"]).x.x).toBeCloseTo(0.75, 6);
    expect(found([...args, "--set", "rate=0.5", "--set", "beta1=0"]).settings).toMatchObject({ beta1: 0 });
  });

  test("a run that was cut short goes on where it was", () => {
    const checkpoint = join(folder, "run.nabla");
    found([...rosenbrock, "--max-steps", "7", "--checkpoint", checkpoint]);
    const whole = found([...rosenbrock, "--trace"]);
    const resumed = found([...rosenbrock, "--resume", checkpoint, "--trace"]);
    expect(resumed.x).toEqual(whole.x);
    expect(resumed.trace).toEqual(whole.trace);
  });
});

describe("--plot", () => {
  type Picture = ReturnType<typeof parsed>;
  const parsed = (text: string) => new DOMParser().parseFromString(text, "image/svg+xml");

  /** Draws, and reads the picture as XML. */
  function drawn(args: readonly string[], name = "run.svg"): Picture {
    const path = join(folder, name);
    found([...args, "--plot", path]);
    const text = readFileSync(path, "utf8");
    rmSync(path);
    expect(readdirSync(folder).filter((file) => file.startsWith(name))).toEqual([]);
    expect(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(
      / (d|c?[xy]\d?|r|transform|width|height)="[^"]*(NaN|undefined|Infinity)/.exec(text)?.[0],
    ).toBeUndefined();
    return parsed(text);
  }
  const count = (picture: Picture, selector: string): number => picture.querySelectorAll(selector).length;

  test("two variables: contours, the path, where it began and ended", () => {
    const picture = drawn(rosenbrock);
    expect(count(picture, '[aria-label="contour"] path')).toBe(15);
    expect(count(picture, '[aria-label="line"] path')).toBe(2);
    expect(count(picture, '[aria-label="dot"] circle')).toBeGreaterThan(10);
    const text = picture.documentElement.textContent ?? "";
    expect(text).toMatch(/bfgs: converged after \d+ steps, value /);
    expect(text).toContain("(1-x)^2+100*(y-x^2)^2");
    expect(picture.querySelector('[aria-label="x-axis label"]')?.textContent).toBe("x");
    expect(picture.querySelector('[aria-label="y-axis label"]')?.textContent).toBe("y");
  });

  test("one variable: the curve", () => {
    const picture = drawn(["minimize", "1/x+x^2", "--start", "x=0.1"]);
    expect(count(picture, '[aria-label="line"] path')).toBe(1);
    expect(count(picture, '[aria-label="contour"]')).toBe(0);
  });

  test("three variables: how value and gradient fell, and a sentence that says so", () => {
    const picture = drawn(["minimize", "a^2+3*b^2+c^4", "--start", "a=1,b=2,c=3"]);
    expect(count(picture, '[aria-label="line"] path')).toBe(2);
    expect(picture.documentElement.textContent).toContain("3 variables have no one picture");
  });

  test("that cannot be written does not cost the result", () => {
    // Its name is legal, but not that of the file beside it from which it is renamed.
    const path = join(folder, `${"x".repeat(248)}.svg`);
    const { code, stdout, stderr } = nabla(["minimize", "x^2", "--start", "x=1", "--plot", path]);
    expect(stdout).toMatch(/^converged after/);
    expect(stderr).toContain("cannot be written");
    expect(code).toBe(1);
  });

  test("samples as dots", () => {
    const sampling = ["--method", "metropolis-hastings", "--set", "samples=300"];
    const picture = drawn(["minimize", "x^2+y^2", "--start", "x=0,y=0", ...sampling]);
    expect(count(picture, '[aria-label="dot"] circle')).toBe(300);
    expect(count(picture, '[aria-label="line"]')).toBe(0);
  });

  test.each<readonly [what: string, args: readonly string[]]>([
    ["a constant", ["0*x+0*y+3", "--start", "x=1,y=1"]],
    ["a point", ["x^2+y^2", "--start", "x=0,y=0"]],
    ["a function without a value at the start", ["log(x)+y", "--start", "x=-1,y=0"]],
    ["a curve without a value", ["log(x)", "--start", "x=-1"]],
    ["a function undefined in part of the frame", ["x-log(x)+sqrt(y)+1/y", "--start", "x=0.05,y=0.2"]],
    ["a function without a bottom", ["x-y^3", "--start", "x=1,y=1"]],
    ["large numbers", ["(x-1e10)^2+y^2", "--start", "x=3e10,y=-2e10"]],
    ["a large offset", ["1e10+x^2+y^2", "--start", "x=1,y=1"]],
    ["an edge", ["x > y ? 1 : 2", "--start", "x=0,y=1"]],
  ])("%s", (_what, args) => {
    const picture = drawn(["minimize", ...args]);
    expect(count(picture, '[aria-label="frame"]')).toBeGreaterThan(0);
  });

  test("a page for .html, with a title that escapes what the formula holds", () => {
    const path = join(folder, "run.html");
    found(["minimize", "x < 2 ? x^2 : 4", "--start", "x=1", "--plot", path]);
    const page = readFileSync(path, "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("x &lt; 2 ? x^2 : 4");
  });

  test("ten thousand steps make a picture of moderate size", () => {
    const path = join(folder, "long.svg");
    const slow = ["--method", "adam", "--set", "rate=1e-3", "--max-steps", "10000", "--tolerance", "0"];
    found([...rosenbrock, ...slow, "--plot", path]);
    expect(readFileSync(path, "utf8").length).toBeLessThan(400_000);
  });
});

describe("wrong usage ends with 2 and a sentence", () => {
  const at = ["--start", "x=1"];
  test.each<readonly [args: readonly string[], sentence: string]>([
    [["x*y"], "no value for x, y; give one with --start, for example --start x=1,y=1"],
    [["x*y", ...at], "no value for y; give one with --start, for example --start x=1,y=1"],
    [["x", "--start", "x=1,z=2"], "--start: z is not among the formula's variables; it has x"],
    [["x-1", "y-1", "--start", "x=1,y=1,z=1"], "z is not among the formula's variables; it has x, y"],
    [["x", "--start", "x=inf"], "--start: x must be finite"],
    [["1+2"], "there is no variable to minimize over"],
    [[], "missing required argument 'formula'"],
    [
      ["x^2", ...at, "--method", "bgfs"],
      'there is no method "bgfs". Did you mean bfgs?\nThe methods are gradient-descent',
    ],
    [["x^2", ...at, "--method", "x"], 'there is no method "x".\nThe methods are'],
    [["x^3", ...at, "--method", "levenberg-marquardt"], "levenberg-marquardt minimizes sums of squares"],
    [["a+b+c+d+e1+f+g+h+i"], "no value for a, b, c, d, e1, f, g, h, …; give one with --start"],
    [["x^2", "x=1"], '"x=1" is no formula; where to begin is said by --start x=1'],
    [["x^2", "--start", "1"], '--start: "1" is not of the form name=number, such as x=1'],
    [
      ["x^2", ...at, "--method", "adam", "--set", "rte=1"],
      'adam has no setting "rte"; its numbers are rate in (0, ∞)',
    ],
    [
      ["x^2", ...at, "--method", "adam", "--set", "rate=-1"],
      "adam({ rate }): must be a number in (0, ∞); got -1",
    ],
    [
      ["x^2", ...at, "--method", "adam", "--set", "rate"],
      "give rate a number in (0, ∞), for example --set rate=0.001",
    ],
    [["x^2", ...at, "--method", "bfgs", "--set", "search=1"], "search of bfgs is no number but a part"],
    [["x^2", ...at, "--set", "rate=1"], "--set needs to know the method"],
    [["x^2", ...at, "--seed", "1"], "--seed needs to know the method"],
    [["x^2", ...at, "--method", "bfgs", "--seed", "1"], "bfgs draws no random numbers; leave --seed out"],
    [["x^2", ...at, "--tolerance", "-1"], "Give a number ≥ 0, such as 1e-8."],
    [["x^2", ...at, "--tolerance", "nan"], "Give a number ≥ 0, such as 1e-8."],
    [["x^2", ...at, "--method", "metropolis-hastings", "--tolerance", "1"], "has no test of convergence"],
    [["x^2", ...at, "--max-steps", "1.5"], "Give a whole number ≥ 0, such as 500."],
    [
      ["x^2", ...at, "--plot", "run.png"],
      '--plot needs a file whose name ends in .svg or .html; got "run.png"',
    ],
    [["x^2", ...at, "--plot", "/no/where/run.svg"], "/no/where is not a directory that can be written to"],
    [
      ["x^2", ...at, "--checkpoint", "/no/where/run"],
      "--checkpoint needs the path of a file that can be written",
    ],
    [["x^2", ...at, "--tolerence", "1"], "Did you mean --tolerance?"],
  ])("minimize %j", (args, sentence) => {
    const { code, stdout, stderr } = nabla(["minimize", ...args]);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

test("what is no formula, or no checkpoint, ends with 1", () => {
  expect(nabla(["minimize", "2x", "--start", "x=1"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "error: Formula: write 2*x: multiplication is not guessed (column 2)\n  2x\n   ^\n",
  });
  const missing = nabla(["minimize", "x^2", "--start", "x=1", "--resume", join(folder, "none")]);
  expect(missing).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("there is no such file"),
  });
});

test("help says what there is, in a hundred columns", () => {
  const { code, stdout } = nabla(["minimize", "--help"]);
  expect(code).toBe(0);
  for (const word of ["--start", "--trace", "bfgs", "metropolis-hastings", "Exit codes", "130", "converged"])
    expect(stdout).toContain(word);
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
});

// util-linux's `script` gives the command a terminal, and passes on what is typed.
test.skipIf(process.platform !== "linux" || !existsSync("/usr/bin/script"))(
  "on a terminal a long run shows how far it is, and Ctrl-C ends it with the best point and 130",
  async () => {
    const slow = ["--method", "adam", "--set", "rate=1e-7", "--max-steps", "1e9", "--tolerance", "0"];
    const line = [...commandLine, ...rosenbrock, ...slow].map((word) => `'${word}'`).join(" ");
    const child = spawn("/usr/bin/script", ["-qefc", line, "/dev/null"], {
      env: { ...process.env, NO_COLOR: "1" },
    });
    let seen = "";
    const code = await new Promise((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        const wasShown = seen.includes("Ctrl-C stops");
        seen += text;
        if (!wasShown && seen.includes("Ctrl-C stops")) child.stdin.write("\u0003");
      });
      child.on("close", resolve);
    });
    expect(seen).toMatch(/step \d+ {2}value \d+\.\d+ {2}gradient /);
    expect(seen).toMatch(/not converged \(aborted\) after \d+ steps of adam/);
    expect(code).toBe(130);
  },
);
