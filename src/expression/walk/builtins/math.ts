/** `Math`: known numbers go to JavaScript's own functions, traced ones to the operation of the same meaning. */
import {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  ceil,
  cos,
  cosh,
  exp,
  expm1,
  floor,
  greaterEqual,
  hypot,
  log,
  log1p,
  log2,
  log10,
  maximum,
  minimum,
  pow,
  sign,
  sin,
  sinh,
  sqrt,
  sub,
  Tensor,
  tan,
  tanh,
  trunc,
  where,
} from "../../../tensor/index.ts";
import { binary, toNumber, unary } from "../operations/guarded.ts";
import { refuse } from "../refuse.ts";
import type { Builtin, Walker } from "../types.ts";

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor | number, b: Tensor | number) => Tensor;

const unaryFunctions: Readonly<Record<string, Unary>> = {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  cbrt,
  ceil,
  cos,
  cosh,
  exp,
  expm1,
  floor,
  log,
  log1p,
  log10,
  log2,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
  round,
};

/** Halves go up, as in JavaScript: the ceiling when the fraction is at least a half. */
function round(x: Tensor): Tensor {
  const below = floor(x);
  return where(greaterEqual(sub(x, below), 0.5), ceil(x), below);
}

const binaryFunctions: Readonly<Record<string, Binary>> = { atan2, pow };

/** The `Math` functions the walk carries out, by name. */
export function mathBuiltins(): Map<string, Builtin> {
  const table = new Map<string, Builtin>();
  for (const [name, run] of Object.entries(unaryFunctions)) table.set(name, unaryBuiltin(name, run));
  for (const [name, run] of Object.entries(binaryFunctions)) table.set(name, binaryBuiltin(name, run));
  table.set("max", folded("max", "maximum", maximum));
  table.set("min", folded("min", "minimum", minimum));
  table.set("hypot", hypotenuse);
  for (const name of ["fround", "clz32", "imul"]) table.set(name, knownOnly(name));
  table.set("random", (walker) =>
    refuse(walker, "`Math.random` is not differentiable", "draw the numbers outside and pass them as data"),
  );
  return table;
}

function native(name: string, args: readonly unknown[]): unknown {
  const f: unknown = Reflect.get(Math, name);
  return typeof f === "function" ? Reflect.apply(f, undefined, [...args]) : Number.NaN;
}

function unaryBuiltin(name: string, run: Unary): Builtin {
  return (walker, args) => {
    const x = toNumber(walker, args[0]);
    return x instanceof Tensor ? unary(walker, name, run, x) : native(name, [x]);
  };
}

function binaryBuiltin(name: string, run: Binary): Builtin {
  return (walker, args) => {
    const a = toNumber(walker, args[0]);
    const b = toNumber(walker, args[1]);
    return a instanceof Tensor || b instanceof Tensor
      ? binary(walker, name, run, a, b)
      : native(name, [a, b]);
  };
}

function folded(name: string, operation: string, run: Binary): Builtin {
  return (walker, args) => {
    const values = args.map((arg) => toNumber(walker, arg));
    if (!values.some((value) => value instanceof Tensor)) return native(name, values);
    return values.reduce((a, b) => combine(walker, name, operation, run, a, b));
  };
}

function combine(
  walker: Walker,
  name: string,
  operation: string,
  run: Binary,
  a: Tensor | number,
  b: Tensor | number,
): Tensor | number {
  if (a instanceof Tensor || b instanceof Tensor) return binary(walker, operation, run, a, b);
  return Number(native(name, [a, b]));
}

const hypotenuse: Builtin = (walker, args) => {
  const values = args.map((arg) => toNumber(walker, arg));
  if (!values.some((value) => value instanceof Tensor)) return native("hypot", values);
  const total = values.reduce((a, b) => combine(walker, "hypot", "hypot", hypot, a, b));
  return values.length === 1 && total instanceof Tensor ? unary(walker, "abs", abs, total) : total;
};

function knownOnly(name: string): Builtin {
  return (walker, args) => {
    const values = args.map((arg) => toNumber(walker, arg));
    if (!values.some((value) => value instanceof Tensor)) return native(name, values);
    return refuse(
      walker,
      `\`Math.${name}\` is applied to a traced number`,
      "it has no useful derivative; leave it out",
    );
  };
}
