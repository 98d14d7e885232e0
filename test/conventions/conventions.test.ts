/** Each line of the table in docs/derivatives.md, checked; PyTorch 1.13 was asked for its side of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  abs,
  atan2,
  cast,
  cbrt,
  ceil,
  clamp,
  elu,
  floor,
  hypot,
  leakyRelu,
  log,
  max,
  maximum,
  maxPool2d,
  min,
  minimum,
  mod,
  norm,
  type Operand,
  pow,
  relu,
  rem,
  round,
  sign,
  sort,
  sqrt,
  std,
  type Tensor,
  tensor,
  trunc,
  where,
  zeros,
} from "../../src/tensor/index.ts";
import { root } from "../tools/tsc.ts";
import { gradients } from "../tools/values.ts";

/** All derivatives by all arguments, as one list. */
function slopes(f: (a: Tensor, b: Tensor) => Tensor, ...at: readonly Operand[]): number[] {
  const none = tensor(0);
  return gradients((a = none, b = none) => f(a, b), ...at).flatMap((g) => Array.from(g.toTypedArray()));
}

const cases: Readonly<Record<string, readonly number[]>> = {
  "`abs(x)`, x = 0": slopes(abs, 0),
  "`sign(x)`, x = 0": slopes(sign, 0),
  "`floor(x)`, `ceil(x)`, `round(x)`, `trunc(x)`, everywhere": [floor, ceil, round, trunc].flatMap((f) =>
    slopes(f, [0, 0.5, 1.2]),
  ),
  "`relu(x)`, x = 0": slopes(relu, 0),
  "`leakyRelu(x)`, x = 0": slopes((x) => leakyRelu(x), 0),
  "`elu(x, 0.5)`, x = 0": slopes((x) => elu(x, 0.5), 0),
  "`maximum(a, b)`, a = b, by each": slopes(maximum, 2, 2),
  "`minimum(a, b)`, a = b, by each": slopes(minimum, 2, 2),
  "`max(x)`, three elements tie, by each": slopes((x) => max(x), [5, 5, 5]),
  "`min(x)`, two elements tie, by each": slopes((x) => min(x), [5, 5, 7]).slice(0, 2),
  "`maxPool2d(x, 2)`, four elements tie, by each": slopes((x) => maxPool2d(x, 2), zeros([2, 2])),
  "`clamp(x, 0, 1)`, x = 0 and x = 1": slopes((x) => clamp(x, 0, 1), [0, 1]),
  "`sqrt(x)`, x = 0": slopes(sqrt, 0),
  "`cbrt(x)`, x = 0": slopes(cbrt, 0),
  "`log(x)`, x = 0": slopes(log, 0),
  "`pow(x, 0)`, x = 0": [...slopes((x) => pow(x, 0), 0), ...slopes((x, p) => pow(x, p), 0, 0).slice(0, 1)],
  "`pow(0, p)` by p, p > 0": slopes((p) => pow(0, p), [0.5, 1, 3]),
  "`norm(x)`, x = 0": slopes((x) => norm(x), [0, 0]),
  "`norm(x, 0, { order: 1 })`, x = 0": slopes((x) => norm(x, 0, { order: 1 }), [0, 0]),
  "`norm(x, 0, { order: Infinity })`, two magnitudes tie, by each": slopes(
    (x) => norm(x, 0, { order: Infinity }),
    [3, 3],
  ),
  "`hypot(a, b)`, a = b = 0, by each": slopes(hypot, 0, 0),
  "`std(x)`, all elements equal": slopes((x) => std(x), [4, 4, 4]),
  "`rem(a, b)`, at a jump, by a": slopes((a) => rem(a, 3), [3, -3, 0]),
  "`mod(a, b)`, at a jump, by a": slopes((a) => mod(a, 3), [3, -3, 0]),
  "`sort(x)`, elements tie": slopes((x) => sort(x), [1, 1, 0]),
  "`where(c, a, b)`, by the side not taken": [
    ...slopes((a) => where(false, a, 1), 2),
    ...slopes((b) => where(true, 1, b), 2),
  ],
  '`cast(x, "int32")`, and back to float': slopes((x) => cast(cast(x, "int32"), "float64"), 2.5),
  "`atan2(y, x)`, y = x = 0, by each": slopes(atan2, 0, 0),
};

const rows = readFileSync(join(root, "docs/derivatives.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("conventions at points without a derivative", () => {
  test("every line of the document is checked, and nothing else", () => {
    expect(rows.map(([, at]) => at)).toEqual(Object.keys(cases));
  });
  test.each(rows.map(([, at = "", value = ""]) => [at, value]))("%s: %s", (at, value) => {
    const expected = value === "1/3" ? 1 / 3 : Number(value);
    // −0 counts as 0.
    for (const slope of cases[at] ?? []) expect(slope + 0).toBe(expected);
  });
});
