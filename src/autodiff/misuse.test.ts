/** What plain JavaScript lets a user write by mistake: each is refused at once, by an error of Nabla's own. */
import { expect, test } from "vitest";
import * as nabla from "../index.ts";

const square = (x: number): number => x * x;
const { NablaError } = nabla;

const exports: ReadonlyMap<string, unknown> = new Map(Object.entries(nabla));

/** Calls an export as JavaScript would, whatever its types say. */
function call(name: keyof typeof nabla, ...args: readonly unknown[]): unknown {
  const f = exports.get(name);
  if (typeof f !== "function") throw new TypeError(`${name} is no function`);
  return Reflect.apply(f, undefined, args);
}

let deep: unknown = 1;
for (let i = 0; i < 20_000; i++) deep = [deep];
const circular: unknown[] = [1];
circular.push(circular);

const mistakes: readonly (readonly [name: keyof typeof nabla, args: readonly unknown[]])[] = [
  ["grad", [square, 3]],
  ["grad", [square, [1, 2]]],
  ["grad", [3]],
  ["grad", [undefined]],
  ["grad", [square, { Aux: true }]],
  ["jacobian", [square, { mode: 10n }]],
  ["jacobian", [square, { Mode: "forward" }]],
  ["vmap", [square, { axes: 0 }]],
  ["vmap", [square, { axis: [0] }]],
  ["taylor", [square, 1, 2, { dir: 1 }]],
  ["checkDerivatives", [square, 1, { tol: 1 }]],
  ["scan", [undefined, 0, [1]]],
  ["scan", [square, 0, nabla.zeros([2]), { lenght: 2 }]],
  ["whileLoop", [undefined, square, 1]],
  ["cond", [true, 1, 2, 3]],
  ["customVjp", [square, undefined]],
  ["customJvp", [undefined, square]],
  ["mapTree", [undefined, [1]]],
  ["sourceOf", [3]],
  ["walk", [square, 3]],
  ["readIdx", ["text"]],
  ["tensor", [deep]],
  ["tensor", [circular]],
  ["tensor", [[1], { type: "float32" }]],
  ["flattenTree", [deep]],
  ["zeros", [[10n]]],
  ["zeros", [new Array(2)]],
  ["zeros", [[1e7, 1e7]]],
  ["zeros", [[2], circular]],
  ["full", [[2], "a"]],
  ["arange", [0, 10n]],
  ["linspace", [{}, 1]],
  ["pad", [[1], 1, "x"]],
  ["reshape", [[1, 2], 2]],
  ["reshape", [[1, 2], new Array(1)]],
  ["transpose", [[[1]], 0]],
  ["broadcastTo", [[1, 2], 2]],
  ["sum", [[1, 2], "0"]],
  ["sum", [[1, 2], null]],
  ["sum", [[1, 2], 0, { keepdims: true }]],
  ["variance", [[1, 2], 0, { ddof: 1 }]],
  ["norm", [[1, 2], 0, { ord: 1 }]],
  ["cumsum", [[1, 2], 0, { reversed: true }]],
  ["sort", [[1, 2], 0, { descend: true }]],
  ["concat", [nabla.zeros([2])]],
  ["stack", [undefined]],
  ["split", [[1, 2], "2"]],
  ["pad", [[1, 2], "1"]],
  ["pad", [[1, 2], [[1]]]],
  ["slice", [[1, 2], {}]],
  ["einsum", [nabla.zeros([2]), "i->"]],
  ["conv2d", [nabla.zeros([1, 1, 2, 2]), nabla.zeros([1, 1, 1, 1]), { strides: 2 }]],
  ["maxPool2d", [nabla.zeros([2, 2]), 2, { strides: 2 }]],
];

test.each(mistakes)("%s, case %#", (name, args) => {
  expect(() => call(name, ...args)).toThrow(NablaError);
});
