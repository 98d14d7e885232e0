/** Which transform holds for which leaves. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { countLeaves, isPlainObject, type Structure } from "../../core/tree.ts";
import { isTransform, type Placed, type Transform } from "./transform.ts";

/** Leaves that one transform takes together. */
export interface Assigned {
  readonly transform: Transform;
  readonly leaves: readonly Placed[];
}

/** Pairs leaves, in order, with transforms. @throws ArgumentError for what is no transform or names no parameter. */
export function assign(
  call: string,
  structure: Structure,
  leaves: readonly Placed[],
  parameters: unknown,
  free: Transform,
): Assigned[] {
  const assigned: Assigned[] = [];
  let next = 0;
  const visit = (node: Structure, given: unknown, inherited: Transform, path: string): void => {
    const transform = isTransform(given) ? given : inherited;
    const inner = isTransform(given) ? undefined : given;
    const count = countLeaves(node);
    if (
      node.kind === "leaf" ||
      (transform.takesWholes && inner === undefined && isList(node, leaves, next))
    ) {
      if (inner !== undefined) throw notATransform(call, path, inner);
      if (count > 0) assigned.push({ transform, leaves: leaves.slice(next, next + count) });
      next += count;
      return;
    }
    for (const [i, child] of node.children.entries()) {
      const key = node.kind === "object" ? at(node.keys, i) : i;
      const place = node.kind === "object" ? `${path}.${key}` : `${path}[${key}]`;
      visit(child, partOf(inner, key), transform, place);
    }
    checkKeys(call, node, inner, path);
  };
  visit(structure, parameters, free, "");
  return assigned;
}

/** Whether a node holds numbers and nothing else. */
function isList(node: Structure, leaves: readonly Placed[], first: number): boolean {
  return (
    node.kind !== "leaf" &&
    node.children.every((child, i) => child.kind === "leaf" && typeof leaves[first + i]?.leaf === "number")
  );
}

function partOf(tree: unknown, key: string | number): unknown {
  if (typeof tree !== "object" || tree === null || !Object.hasOwn(tree, key)) return undefined;
  return Reflect.get(tree, key);
}

function checkKeys(call: string, node: Structure, given: unknown, path: string): void {
  if (given === undefined || node.kind === "leaf") return;
  const isLike = node.kind === "array" ? Array.isArray(given) : isPlainObject(given);
  if (!isLike || typeof given !== "object" || given === null) throw notATransform(call, path, given);
  const known = node.kind === "object" ? node.keys : node.children.map((_, i) => String(i));
  const wrong = Object.keys(given).find((key) => !known.includes(key));
  if (wrong !== undefined)
    throw new ArgumentError(
      `${call}({ parameters }): names ${showValue(`${path}.${wrong}`.replace(/^\./, ""))}, which the start does not have; it has ${known.slice(0, 8).join(", ")}`,
    );
}

function notATransform(call: string, path: string, given: unknown): ArgumentError {
  return new ArgumentError(
    `${call}({ parameters }): needs transforms such as positive() or fixed(), in a tree like the start; got ${showValue(given)}${path === "" ? "" : ` at ${path.replace(/^\./, "")}`}`,
  );
}
