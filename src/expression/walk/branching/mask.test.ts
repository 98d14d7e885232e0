import { expect, test } from "vitest";
import { parameters } from "../../../tensor/trace.ts";
import { covers, disjoint, type Mask, meet, NOBODY, regroup, relative, rootMask, split } from "./mask.ts";

function conditions(count: number) {
  return parameters(Array.from({ length: count }, () => ({ dtype: "bool", shape: [] })));
}

test("ancestors are found at any depth", () => {
  const path: Mask[] = [rootMask()];
  for (const condition of conditions(100)) path.push(split(path.at(-1) ?? NOBODY, condition).yes);
  for (const [i, outer] of path.entries()) {
    for (const [j, inner] of path.entries()) {
      expect(covers(outer, inner)).toBe(i <= j);
      expect(meet(outer, inner)).toBe(path[Math.min(i, j)]);
    }
  }
});

test("the two sides of a split are disjoint, at any depth below them", () => {
  const root = rootMask();
  const [a, b, c] = conditions(3);
  if (a === undefined || b === undefined || c === undefined) throw new RangeError("three conditions");
  const { yes, no } = split(root, a);
  expect(disjoint(split(yes, b).no, split(no, c).yes)).toBe(true);
  expect(disjoint(split(root, b).yes, yes)).toBe(false);
  expect(split(root, a)).toEqual({ yes, no });
});

test("lanes that lost nobody are whole again, and a condition is made once", () => {
  const root = rootMask();
  const [a, b] = conditions(2);
  if (a === undefined || b === undefined) throw new RangeError("two conditions");
  const { yes, no } = split(root, a);
  expect(regroup(root, false, [yes, no])).toBe(root);
  expect(regroup(root, true, [NOBODY, no])).toBe(no);
  expect(regroup(root, true, [NOBODY])).toBe(NOBODY);
  const inner = split(yes, b).no;
  const union = regroup(root, true, [inner, no]);
  expect(union.parts).toEqual([inner, no]);
  expect(relative(inner, root)).toBe(relative(inner, root));
});
