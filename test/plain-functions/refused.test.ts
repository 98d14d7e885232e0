/** What cannot be traced is named in one sentence: the construct, its line, the remedy. */
import { describe, expect, test } from "vitest";
import { sourceOf, walk } from "../../src/expression/index.ts";
import { throughGraph } from "./evaluate.ts";

type Plain = (...args: never[]) => unknown;

const k = 3;
const tally = { sum: 0 };

function message(f: Plain, x: readonly number[] = [1, 2], ...data: unknown[]): string {
  try {
    throughGraph(f, x, data);
  } catch (error) {
    return `${Object(error).name}: ${Object(error).message}`;
  }
  return "nothing was refused";
}

const refused: [string, Plain, RegExp][] = [
  [
    "a captured variable",
    ([x = 0]: number[]) => x * k,
    /`k` is not visible.*line 1 of.*second argument.*differentiable/,
  ],
  [
    "a captured assignment",
    ([x = 0]: number[]) => {
      tally.sum += x;
      return x;
    },
    /`tally` is not visible/,
  ],
  ["a traced index", (x: number[]) => x[Math.floor(x[0] ?? 0)], /chosen by a traced number.*gather/],
  ["randomness", ([x = 0]: number[]) => x * Math.random(), /Math\.random.*pass them as data/],
  [
    "a loop without a bound",
    ([x = 0]: number[]) => {
      let t = x;
      while (t > 1e-3) t /= 2;
      return t;
    },
    /known bound.*whileLoop/,
  ],
  [
    "an endless loop with a traced exit",
    ([x = 0]: number[]) => {
      let t = x;
      for (;;) {
        t *= 2;
        if (t > 9) break;
      }
      return t;
    },
    /whileLoop/,
  ],
  [
    "a traced throw",
    ([x = 0]: number[]) => {
      if (x < 0) throw new RangeError("negative");
      return x;
    },
    /throws under a traced condition/,
  ],
  [
    "a known throw",
    ([x = 0]: number[]) => {
      if (k === undefined) return x;
      throw new RangeError("bad");
    },
    /`k` is not visible/,
  ],
  [
    "push under a condition",
    ([x = 0]: number[]) => {
      const a = [1];
      if (x > 0) a.push(x);
      return a.length;
    },
    /`push` would change the length/,
  ],
  [
    "a traced filter",
    (x: number[]) => x.filter((v) => v > 0).length,
    /`filter` decides by a traced condition/,
  ],
  ["sorting traced numbers", (x: number[]) => x.sort((a, b) => a - b)[0], /sorted by traced numbers/],
  ["bits of a traced number", ([x = 0]: number[]) => x | 0, /bitwise operator.*Math\.trunc/],
  ["text of a traced number", ([x = 0]: number[]) => `${x}`.length, /made into text/],
  [
    "try",
    ([x = 0]: number[]) => {
      try {
        return x * x;
      } catch {
        return 0;
      }
    },
    /`try` is outside the subset/,
  ],
  [
    "this",
    function (this: { y: number }, [x = 0]: number[]) {
      return x * this.y;
    },
    /`this` is outside/,
  ],
  [
    "a class inside",
    ([x = 0]: number[]) => {
      class A {
        y = x * 2;
      }
      return new A().y;
    },
    /class/,
  ],
  ["arrays of two lengths", ([x = 0]: number[]) => (x > 0 ? [1] : [1, 2])[0], /array of 1 and an array of 2/],
  [
    "functions by a traced condition",
    ([x = 0]: number[]) => (x > 0 ? Math.sin : Math.cos)(x),
    /cannot be joined/,
  ],
  ["a regular expression", ([x = 0]: number[]) => (/a/.test("a") ? x * x : 0), /regular expression/],
  ["a BigInt", ([x = 0]: number[]) => Number(2n) * x, /BigInt/],
  ["holes", ([x = 0]: number[]) => new Array(3).map(() => x * 2).length, /holes/],
  [
    "data written",
    ([x = 0]: number[], d: Float64Array) => {
      d[0] = x * 2;
      return x;
    },
    /typed array from outside is written to/,
  ],
  ["dates", ([x = 0]: number[]) => x * Date.now(), /`Date` is not visible/],
  [
    "an unlisted Math function",
    ([x = 0]: number[]) => Object(Math).f16round(x),
    /`Object` |is called|outside/,
  ],
  [
    "delete",
    ([x = 0]: number[]) => {
      const o: { a?: number } = { a: x * x };
      delete o.a;
      return x;
    },
    /`delete`/,
  ],
];

describe("outside the subset", () => {
  test.each(refused)("%s", (_name, f, pattern) => {
    const text = message(f, [1, 2], Float64Array.of(1));
    expect(text).toMatch(/^TraceError: /);
    expect(text).toMatch(pattern);
    expect(text).toMatch(/line \d+ of/);
    expect(text.split("\n")).toHaveLength(1);
  });
});

test("the line is that of the construct", () => {
  const f = ([x = 0]: number[]) => {
    const y = x * 2;
    return y * k;
  };
  expect(message(f)).toMatch(/line 3 of `f`: `return y \* k;?`/);
});

describe("sources that cannot be followed", () => {
  const object = {
    get half() {
      return 0.5;
    },
    method(x: number) {
      return x * x;
    },
    async later() {
      return 1;
    },
  };
  const getter = Object.getOwnPropertyDescriptor(object, "half")?.get ?? Math.sin;
  class Point {
    x = 1;
  }
  test.each([
    ["native code", Math.sin, /native code/],
    ["bind", object.method.bind(undefined), /made by `bind`/],
    ["a class", Object(Point), /is a class/],
    ["an accessor", getter, /is an accessor/],
    ["async", async (x: number) => x * 2, /asynchronous/],
    ["an async method", object.later, /asynchronous/],
    [
      "a generator",
      function* (x: number) {
        yield x;
      },
      /generator/,
    ],
  ] as [string, Plain, RegExp][])("%s", (_name, f, pattern) => {
    expect(() => sourceOf(f)).toThrow(pattern);
    expect(() => walk(f, [1])).toThrow(pattern);
  });

  test("methods are followed", () => {
    expect(walk(object.method, [3])).toBe(9);
    const computed = {
      "a b"(x: number) {
        return x + 1;
      },
      5: (x: number) => x,
      q(x: number) {
        return x * 2;
      },
    };
    expect([walk(computed["a b"], [1]), walk(computed[5], [1]), walk(computed.q, [4])]).toEqual([2, 1, 8]);
  });
});
