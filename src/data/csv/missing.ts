/** What becomes of values that are missing, and what a table that has some is refused with. */
import { FileError } from "../../core/errors.ts";
import { listed } from "../tables/table.ts";
import type { ColumnDraft } from "./column-draft.ts";

/** Refuse the file, leave out every row with a missing value, or keep it: NaN among numbers, "" among texts. */
export type MissingPolicy = "refuse" | "drop-rows" | "keep";

/** The policies, for checks. */
export const missingPolicies: readonly MissingPolicy[] = ["refuse", "drop-rows", "keep"];

/** @throws FileError that names the first missing value, counts them by column, and says what can be done. */
export function refuseMissing(name: string, columns: readonly ColumnDraft[]): void {
  const holed = columns.filter(({ seen }) => seen.missing > 0);
  const lineOf = ({ seen }: ColumnDraft): number => seen.firstMissing?.line ?? Infinity;
  const [first] = [...holed].sort((a, b) => lineOf(a) - lineOf(b));
  if (first === undefined) return;
  const count = holed.reduce((sum, { seen }) => sum + seen.missing, 0);
  const where = listed(holed.map((column) => column.name));
  throw new FileError(
    `${name}, line ${lineOf(first)}, column "${first.name}": the value is missing (${JSON.stringify(first.seen.firstMissing?.text)}); ` +
      `${count === 1 ? "it is the only one" : `${count} values are missing, in ${where}`}. Fill them in, leave such rows out with ` +
      `{ missing: "drop-rows" }, or keep them with { missing: "keep" } for tableExamples({ missing: "mean" }) to replace.`,
  );
}
