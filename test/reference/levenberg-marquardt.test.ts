/**
 * Nonlinear regression of NIST's Statistical Reference Datasets: parameters and residual sum of squares against the certified
 * values, from both starts. Models, data and starts are NIST's; the certified values are refined to 16 digits where the file
 * holds them (`highPrecision`).
 */
import { expect } from "vitest";
import { jacobian, parseFormula, type Tensor, tensor } from "../../src/index.ts";
import { levenbergMarquardt } from "../../src/least-squares/index.ts";
import { solve } from "../../src/solver/drive.ts";
import type { Problem } from "../../src/solver/problem.ts";
import { analytic } from "../tools/analytic.ts";
import { referenceTest } from "./reference.ts";

interface DataSet {
  readonly model: string;
  readonly name: string;
  readonly predictors: readonly string[];
  readonly start1: readonly number[];
  readonly start2: readonly number[];
  readonly certified: readonly number[];
  readonly rss: number;
  readonly y: readonly number[];
  readonly x: readonly number[] | readonly (readonly number[])[];
  readonly highPrecision?: { readonly params: readonly string[]; readonly rss: string };
}

type Asked = "value" | "residuals" | "jacobian";
/** The regression as a problem; the Jacobian is exact. */
function regression(data: DataSet, columns: Readonly<Record<string, readonly number[]>>): Problem<Asked> {
  const n = data.certified.length;
  const predictors = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, tensor([...values])]),
  );
  const { f } = parseFormula(data.model);
  const model = (b: number[]): Tensor =>
    tensor(f({ ...Object.fromEntries(b.map((value, i) => [`b${i + 1}`, value])), ...predictors }));
  const derivatives = jacobian(model);
  const y = data.name === "Nelson" ? data.y.map(Math.log) : data.y;
  const residuals = (x: Float64Array): Float64Array => {
    const values = model([...x]).toArray();
    return Float64Array.from(y, (yi, i) => numberAt(values, i) - yi);
  };
  return analytic<Asked>(n, {
    value: (x) => residuals(x).reduce((sum, ri) => sum + ri * ri, 0) / 2,
    residuals,
    jacobian: (x) => {
      const all = derivatives([...x]).map((column) => column.toArray());
      return Float64Array.from({ length: y.length * n }, (_, k) => numberAt(all[k % n], Math.floor(k / n)));
    },
  });
}

/** An element of a column, which is one number where the column is constant. */
function numberAt(values: unknown, i: number): number {
  const value: unknown = Array.isArray(values) ? values[i] : values;
  return typeof value === "number" ? value : Number.NaN;
}

/** Correct significant digits. */
const digits = (value: number, certified: number): number =>
  -Math.log10(Math.max(Math.abs(value - certified) / Math.abs(certified), Number.EPSILON));

const names = [
  "BoxBOD",
  "Chwirut2",
  "DanWood",
  "ENSO",
  "Gauss1",
  "Kirby2",
  "Lanczos3",
  "MGH09",
  "Misra1a",
  "Misra1c",
  "Nelson",
  "Rat42",
  "Roszman1",
  "Thurber",
] as const;

for (const name of names) {
  referenceTest(`${name}, from both starts`, `nist-strd/${name}.json`, (reference) => {
    const data = reference as DataSet & Readonly<Record<string, readonly number[]>>;
    const certified = data.highPrecision?.params.map(Number) ?? data.certified;
    const rss = Number(data.highPrecision?.rss ?? data.rss);
    const columns = Object.fromEntries(data.predictors.map((column) => [column, data[column] ?? []]));
    for (const start of [data.start1, data.start2]) {
      const end = solve(regression(data, columns), levenbergMarquardt(), Float64Array.from(start));
      expect(end.reason).toBe("converged");
      for (const [i, value] of certified.entries()) expect(digits(end.x[i] ?? 0, value)).toBeGreaterThan(8);
      // Lanczos3's residuals are 10⁻⁵ of its data: their roundings leave eleven digits.
      expect(digits(2 * end.value, rss)).toBeGreaterThan(11);
    }
  });
}
