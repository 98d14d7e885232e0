/** Whether a column holds classes to be told apart or values to be approximated. */
import type { TableColumn } from "./table.ts";

/** More different numbers are taken for values. */
const mostClasses = 20;

/** A guess and what it rests on. */
export interface TargetKindGuess {
  readonly kind: "classes" | "values";
  /** For people: `its 3 different values are whole numbers`. */
  readonly reason: string;
}

/**
 * Guesses what the values of a target's column are. Texts are classes; so are whole numbers, where at most 20 of them differ and each stands
 * for two examples or more on average.
 *
 * ```ts
 * const [column] = tableOf({ digit: [3, 1, 3, 1] }).columns;
 * column && guessTargetKind(column).kind; // → "classes"
 * ```
 */
export function guessTargetKind(column: TableColumn): TargetKindGuess {
  if (column.kind === "text") return { kind: "classes", reason: "its values are texts" };
  const known = column.values.filter((value) => !Number.isNaN(value));
  const fraction = known.find((value) => !Number.isInteger(value));
  if (fraction !== undefined)
    return { kind: "values", reason: `its values have fractions, such as ${fraction}` };
  const count = new Set(known).size;
  const isFew = count <= mostClasses && 2 * count <= known.length;
  return {
    kind: isFew ? "classes" : "values",
    reason: `${count} whole numbers differ among its ${known.length} values`,
  };
}
