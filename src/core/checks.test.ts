import { expect, test } from "vitest";
import { checkFunction, checkList, checkOptions, showValue } from "./checks.ts";
import { ArgumentError } from "./errors.ts";

test("showValue shows any value in a few words and never fails", () => {
  const itself: unknown[] = [1];
  itself.push(itself);
  expect(showValue(undefined)).toBe("undefined");
  expect(showValue(10n)).toBe("10n");
  expect(showValue("abc")).toBe('"abc"');
  expect(showValue(itself)).toBe("[1, [2 items]]");
  expect(showValue(new Map())).toBe("a Map");
  expect(showValue({ a: 1, b: 2 })).toBe("an object with the keys { a, b }");
  expect(showValue(Symbol("s"))).toBe("Symbol(s)");
  expect(showValue(new Array(100).fill(0))).toBe("[0, 0, 0, 0, 0, 0, 0, 0, …]");
});

test("what is no function, list or known option is named", () => {
  expect(() => checkFunction("scan", 3)).toThrow("scan: needs a function; got 3");
  expect(() => checkList("concat", 3, "an array of tensors")).toThrow(
    "concat: needs an array of tensors; got 3",
  );
  expect(() => checkOptions("sum", { keepdims: true }, ["keepDims"])).toThrow(
    'sum: unknown option "keepdims"; the options are { keepDims }',
  );
  expect(() => checkOptions("sum", null, ["keepDims"])).toThrow(ArgumentError);
});
