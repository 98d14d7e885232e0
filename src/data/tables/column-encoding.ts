/** How a column of a table becomes inputs of a model. Plain data: it is stored with the model and used again for new tables. */

/** A column of a table as a model takes it. */
export type ColumnEncoding =
  | {
      readonly kind: "number";
      readonly name: string;
      /** What a missing value is taken for. */
      readonly fill?: number;
    }
  /** One input for each category, 1 for the one that is there and 0 for the others. */
  | {
      readonly kind: "category";
      readonly name: string;
      /** In the order of their inputs. */
      readonly categories: readonly string[];
      readonly fill?: string;
    };

/** How many inputs a column becomes. */
export function widthOf(column: ColumnEncoding): number {
  return column.kind === "number" ? 1 : column.categories.length;
}

/** The names of the inputs: `age`, `town=Ulm`. */
export function featureNamesOf(columns: readonly ColumnEncoding[]): string[] {
  return columns.flatMap((column) =>
    column.kind === "number"
      ? [column.name]
      : column.categories.map((category) => `${column.name}=${category}`),
  );
}
