/** Derivatives of NIST's models by their parameters, against finite differences; `nist-models.json` says where they come from. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkDerivatives, parseFormula, tensor } from "../../src/index.ts";

interface Model {
  readonly model: string;
  readonly certified: readonly number[];
  readonly at: Readonly<Record<string, number[]>>;
}

const file = readFileSync(join(import.meta.dirname, "nist-models.json"), "utf8");
const { models } = JSON.parse(file) as { readonly models: Readonly<Record<string, Model>> };

test.each(Object.entries(models))("%s", (_, { model, certified, at }) => {
  const { f } = parseFormula(model);
  const data = Object.fromEntries(Object.entries(at).map(([name, values]) => [name, tensor(values)]));
  const parameters = Object.fromEntries(certified.map((value, i) => [`b${i + 1}`, value]));
  const report = checkDerivatives((b: Record<string, number>) => f({ ...b, ...data }), parameters);
  expect(String(report)).toContain("agree with finite differences");
  expect(report.compared).toBe(certified.length * 3);
});
