/** Nested lists of numbers become numbers in a row; lists that are not of one length are refused with their place. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";

/** A number, or a list of such; the innermost lists may be typed arrays. */
export type NestedNumbers = number | ArrayLike<number> | readonly NestedNumbers[];

/** Deeper lists are taken for a mistake, such as a list that contains itself. */
const deepest = 16;

/** @throws ArgumentError for what is no number; ShapeError for lists of different lengths. */
export function fromLists(
  call: string,
  lists: readonly NestedNumbers[],
  what: string,
): { readonly data: Float64Array; readonly shape: readonly number[] } {
  const shape = shapeOf(call, lists, what);
  const size = countNumbers(call, lists, shape, what);
  const data = new Float64Array(size);
  let place = 0;
  const fill = (item: unknown): void => {
    if (typeof item === "number") data[place++] = item;
    else if (isList(item)) for (let i = 0; i < item.length; i++) fill(item[i]);
  };
  fill(lists);
  return { data, shape };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** The lengths met on the way to the first number. */
function shapeOf(call: string, lists: readonly NestedNumbers[], what: string): number[] {
  const shape: number[] = [];
  let item: unknown = lists;
  while (isList(item)) {
    if (shape.length === deepest)
      throw new ShapeError(`${call}: ${what} are nested more than ${deepest} deep; give { data, shape }`);
    shape.push(item.length);
    item = item[0];
  }
  return shape;
}

/** How many numbers there are, all lists having been compared with the first ones. */
function countNumbers(
  call: string,
  lists: readonly NestedNumbers[],
  shape: readonly number[],
  what: string,
): number {
  let count = 0;
  const path: number[] = [];
  const where = (): string => {
    const [example = 0, ...inside] = path;
    return `${call}: ${what}: example ${example}${inside.length > 0 ? ` at [${inside.join(", ")}]` : ""}`;
  };
  const visit = (item: unknown): void => {
    const wanted = shape[path.length];
    if (wanted === undefined) {
      if (typeof item !== "number") throw new ArgumentError(`${where()} is a number; got ${showValue(item)}`);
      count++;
      return;
    }
    if (!isList(item))
      throw new ShapeError(`${where()} is a list of ${wanted}, as the first one is; got ${showValue(item)}`);
    if (item.length !== wanted)
      throw new ShapeError(`${where()} has ${item.length} members where the first one has ${wanted}`);
    for (let i = 0; i < item.length; i++) {
      path.push(i);
      visit(item[i]);
      path.pop();
    }
  };
  visit(lists);
  return count;
}
