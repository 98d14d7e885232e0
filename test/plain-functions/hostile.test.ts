/** Functions that mean harm, or end badly: a typed error within seconds, and nothing reached but numbers. */
import { describe, expect, test } from "vitest";
import { differentiable, walk } from "../../src/expression/index.ts";

type Plain = (...args: never[]) => unknown;

/** A function of any text, through the door of the build plugin; the walk must never run it. */
function written(source: string): Plain {
  const f = (): never => {
    throw new Error("the function itself was run");
  };
  return differentiable(f, { source, scope: () => ({}) });
}

describe("reaching out", () => {
  const bodies = [
    "x => x.constructor",
    "x => [].constructor.constructor('return process')()",
    "x => (() => 1).constructor('return 1')()",
    "x => Math.sin.constructor('return 1')()",
    "x => Math.constructor.constructor('return 1')()",
    "x => ({}).__proto__.polluted = 1",
    "x => { const o = {}; o['__proto__'].polluted = 1; }",
    "x => { const o = {}; o['__pro' + 'to__'] = { polluted: 1 }; }",
    "x => { const o = { __proto__: { polluted: 1 } }; return o; }",
    "x => { Object.prototype.polluted = 1; }",
    "x => { Math.polluted = 1; }",
    "x => { Array.prototype.map = 1; }",
    "x => { Math.sin.polluted = 1; }",
    "x => 'a'.constructor.fromCharCode(65)",
    "x => ''['sub']('a')",
    "x => Object.getPrototypeOf(x)",
    "x => Object.defineProperty({}, 'a', {})",
    "x => Object.assign(Object.prototype, { polluted: 1 })",
    "x => eval('1')",
    "x => new Function('return 1')()",
    "x => globalThis.process",
    "x => process.exit(3)",
    "x => import('node:fs')",
    "x => require('fs')",
    "x => arguments.callee",
    "x => [1].map.call([2], Math.sin)",
    "x => [1].map.constructor",
    "x => console.log.constructor",
    "x => new Proxy({}, {})",
    "x => Reflect.ownKeys(Math)",
    "x => Symbol.iterator",
    "x => ({ get a() { return 1; } }).a",
    "x => { with (Math) return sin(1); }",
    "x => new.target",
  ];
  test.each(bodies)("%s", (text) => {
    expect(() => walk(written(text), [1])).toThrow(expect.objectContaining({ name: "TraceError" }));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(Object.hasOwn(Math, "polluted")).toBe(false);
  });
});

test("getters of data are not run", () => {
  let runs = 0;
  const data = {
    get secret() {
      runs += 1;
      return 1;
    },
  };
  const list = [1, 2];
  Object.defineProperty(list, 0, {
    get: () => {
      runs += 1;
      return 1;
    },
    enumerable: true,
  });
  expect(() => walk((d: { secret: number }) => d.secret * 2, [data])).toThrow(/getter/);
  expect(() => walk((d: number[]) => (d[0] ?? 0) * 2, [list])).toThrow(/getter/);
  expect(runs).toBe(0);
});

test("arguments are left as they were", () => {
  const x = [1, 2];
  const data = {
    rows: [
      [1, 2],
      [3, 4],
    ],
  };
  const f = (p: number[], d: { rows: number[][] }) => {
    p[0] = 9;
    p.push(3);
    const [first = []] = d.rows;
    first[0] = 7;
    d.rows.pop();
    return first[0] + d.rows.length;
  };
  expect(walk(f, [x, data])).toBe(8);
  expect([x, data]).toEqual([
    [1, 2],
    {
      rows: [
        [1, 2],
        [3, 4],
      ],
    },
  ]);
});

describe("without end", () => {
  test.each([
    "x => { for (;;) {} }",
    "x => { while (true) x = x + 1; }",
    "x => { const f = (n) => f(n + 1); return f(0); }",
    "x => { const a = [1]; for (const v of a) a.push(v); return a; }",
    "x => new Array(1e9).fill(0)",
    "x => Array.from({ length: 1e12 })",
    `x => ${"(".repeat(20000)}x${")".repeat(20000)}`,
    `x => ${"-".repeat(1)}${"x+".repeat(50000)}x`,
    `x => ${"[".repeat(3000)}${"]".repeat(3000)}`,
  ])("%#", { timeout: 30_000 }, (text) => {
    const start = performance.now();
    try {
      walk(written(text), [1]);
    } catch (error) {
      expect(Object(error).name).toBe("TraceError");
      expect(Object(error).message.length).toBeLessThan(400);
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
