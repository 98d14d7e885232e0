import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "./errors.ts";
import { countLeaves, describeStructure, flatten, sameStructure, unflatten } from "./tree.ts";

const isNumber = (value: unknown): value is number => typeof value === "number";

const trees = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 3 }).filter((key) => key !== "__proto__"),
      tie("tree"),
      { maxKeys: 4 },
    ),
  ),
})).tree;

describe("trees", () => {
  test("taking apart and putting together gives the same tree", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { leaves, structure } = flatten(tree, isNumber);
        expect(unflatten(structure, leaves)).toEqual(tree);
        expect(countLeaves(structure)).toBe(leaves.length);
      }),
      { seed: 1 },
    );
  });

  test("leaves come in the order in which they are written", () => {
    expect(flatten({ b: 1, a: [2, { c: 3 }], d: 4 }, isNumber).leaves).toEqual([1, 2, 3, 4]);
  });

  test("a structure equals itself and no other", () => {
    fc.assert(
      fc.property(trees, trees, (a, b) => {
        const [left, right] = [flatten(a, isNumber).structure, flatten(b, isNumber).structure];
        expect(sameStructure(left, left)).toBe(true);
        expect(sameStructure(left, right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
      { seed: 2 },
    );
  });

  test("a key named __proto__ is a key like any other", () => {
    const tree: unknown = JSON.parse('{"__proto__": 1, "a": 2}');
    const { leaves, structure } = flatten(tree, isNumber);
    expect(leaves).toEqual([1, 2]);
    expect(Object.keys(Object(unflatten(structure, leaves)))).toEqual(["__proto__", "a"]);
  });

  test.each([
    [{ a: [1, "x"] }, "got string at a[1]"],
    [{ a: { b: null } }, "got null at a.b"],
    [[new Map()], "got a Map at [0]"],
    [undefined, "got undefined"],
  ])("refuses what is no leaf: %j", (tree, message) => {
    expect(() => flatten(tree, isNumber)).toThrow(ArgumentError);
    expect(() => flatten(tree, isNumber)).toThrow(message);
  });

  test("refuses a tree that contains itself, but not one that shares a part", () => {
    const part = [1];
    expect(flatten([part, part], isNumber).leaves).toEqual([1, 1]);
    const loop: unknown[] = [];
    loop.push({ inner: loop });
    expect(() => flatten(loop, isNumber)).toThrow("contains itself at [0].inner");
  });

  test("is described in a line", () => {
    const { structure } = flatten({ w: 1, b: [1, 2, 3, 4, 5, 6] }, isNumber);
    expect(describeStructure(structure)).toBe("{ w: *, b: [*, *, *, *, … 2 more] }");
  });
});
