/** What users give, as calls on vectors of variables whose results are checked. */
import type { AnyFunction } from "../autodiff/calling.ts";
import type { Traced } from "../autodiff/traced.ts";
import { checkFunction, showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { describeStructure, isPlainObject } from "../core/tree.ts";
import type { Want } from "../solver/question.ts";
import type { TensorType } from "../tensor/array.ts";
import { isFloat } from "../tensor/dtype.ts";
import { describeType } from "../tensor/print.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isLeaf } from "../tensor/tree.ts";
import { readHessian } from "./read-matrix.ts";
import type { Variables } from "./variables.ts";
import type { Call, Caller } from "./work.ts";

/** A user's members by name. */
export type Members = Readonly<Record<string, AnyFunction | undefined>>;

/** What was given, taken apart. */
export interface Parts {
  /** What a function alone would be: the value or the residuals. */
  readonly main: AnyFunction;
  readonly members: Members;
  /** What the members are called on: methods of a class need their object. */
  readonly self: unknown;
}

/** The members of what was given: a function alone is its first. @throws ArgumentError for unknown or missing members. */
export function partsOf(call: string, given: unknown, names: readonly [string, ...string[]]): Parts {
  const [main] = names;
  if (typeof given === "function")
    return { main: asFunction(call, given, main), members: {}, self: undefined };
  if (typeof given !== "object" || given === null || Array.isArray(given) || isLeaf(given))
    throw new ArgumentError(
      `${call}: needs a function, or an object with the function ${main}; got ${showValue(given)}`,
    );
  const wrong = isPlainObject(given) ? Object.keys(given).find((name) => !names.includes(name)) : undefined;
  if (wrong !== undefined)
    throw new ArgumentError(
      `${call}: an object of functions may hold { ${names.join(", ")} }; got ${showValue(wrong)}`,
    );
  const functions = names
    .map((name): [string, unknown] => [name, Reflect.get(given, name)])
    .filter(([, member]) => member !== undefined)
    .map(([name, member]): [string, AnyFunction] => [name, asFunction(call, member, name)]);
  const { [main]: first, ...members }: Members = Object.fromEntries(functions);
  if (first === undefined)
    throw new ArgumentError(
      `${call}: the object of functions needs ${main}; got { ${Object.keys(given).join(", ")} }`,
    );
  return { main: first, members, self: given };
}

function asFunction(call: string, member: unknown, name: string): AnyFunction {
  checkFunction(call, member, `a function as ${name}`);
  const isCallable = (value: unknown): value is AnyFunction => typeof value === "function";
  if (!isCallable(member)) throw new ArgumentError(`${call}: ${name} is no function`);
  return member;
}

/** How a user's function is called at variables: with the caller's structure in front and data behind. */
export interface Asking {
  readonly call: string;
  readonly caller: Caller;
  readonly variables: Variables;
  readonly data: readonly unknown[];
  readonly self: unknown;
}

/** A call of a member at a point x, its result read. */
export function ask<T>(
  { caller, variables, data, self }: Asking,
  f: AnyFunction,
  x: Float64Array,
  read: (returned: unknown) => T,
  ...extra: readonly Float64Array[]
): Call<T> {
  return () => {
    const args = [x, ...extra].map((vector) => variables.layout.toTree(vector));
    return caller(() => Reflect.apply(f, self, [...args, ...data]), read);
  };
}

/** One value out of what a function returned. @throws ShapeError or ArgumentError when it is not one number. */
export function readValue(call: string, returned: unknown): number {
  if (typeof returned === "number") return returned;
  if (returned === undefined)
    throw new ArgumentError(
      `${call}: the function returned nothing; return its value (is a \`return\` missing?)`,
    );
  if (!(returned instanceof Tensor)) {
    if (Array.isArray(returned) || isPlainObject(returned) || ArrayBuffer.isView(returned))
      throw severalValues(call, showValue(returned));
    throw new ArgumentError(
      `${call}: the function must return a number or a scalar tensor; got ${showValue(returned)}`,
    );
  }
  checkValueType(call, returned);
  return returned.item();
}

/** Refuses a function whose graph gives anything but one number. @throws ShapeError */
export function checkTracedValue(call: string, { graph, output }: Traced): void {
  const [type] = graph.results;
  if (output.structure.kind !== "leaf" || type === undefined)
    throw severalValues(call, describeStructure(output.structure));
  checkValueType(call, type);
}

function checkValueType(call: string, type: TensorType): void {
  if (type.shape.length !== 0) throw severalValues(call, describeType(type));
  if (!isFloat(type.dtype))
    throw new ShapeError(
      `${call}: the function must return a float number; got ${describeType(type)}; cast what it is made of`,
    );
}

const severalValues = (call: string, got: string): ShapeError =>
  new ShapeError(
    `${call}: the function must return one number; got ${got}; sum or average it to a scalar, or use leastSquares for residuals`,
  );

/** The members of an objective as calls on points. */
export interface GivenCalls {
  /** What a call of `value` and one of `gradient` count as. */
  readonly costs: { readonly value: readonly Want[]; readonly gradient: readonly Want[] };
  readonly value: (x: Float64Array) => Call<number>;
  readonly gradient: ((x: Float64Array) => Call<Float64Array>) | undefined;
  readonly both: ((x: Float64Array) => Call<ValueAndSlope>) | undefined;
  readonly hessian: ((x: Float64Array) => Call<Float64Array>) | undefined;
  readonly product: ((x: Float64Array, v: Float64Array) => Call<Float64Array>) | undefined;
}

/** Value and gradient from one call. */
export interface ValueAndSlope {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Reads the members of an objective. */
export function givenCalls(asking: Asking, value: AnyFunction, members: Members): GivenCalls {
  const { call, variables } = asking;
  const { layout } = variables;
  const { gradient, valueAndGradient, hessian, hessianProduct } = members;
  const readSlope = (returned: unknown): Float64Array => layout.toVector(returned, "the gradient");
  const readBoth = (returned: unknown): ValueAndSlope => {
    if (!isPlainObject(returned))
      throw new ArgumentError(
        `${call}: valueAndGradient must return { value, gradient }; got ${showValue(returned)}`,
      );
    return { value: readValue(call, returned.value), gradient: readSlope(returned.gradient) };
  };
  const readSecond = (returned: unknown): Float64Array =>
    readHessian(`${call}: the Hessian`, returned, layout);
  const readProduct = (returned: unknown): Float64Array =>
    layout.toVector(returned, "the product with the Hessian");
  return {
    costs: { value: ["value"], gradient: gradient === undefined ? ["value", "gradient"] : ["gradient"] },
    value: (x) => ask(asking, value, x, (returned) => readValue(call, returned)),
    gradient: gradient && ((x) => ask(asking, gradient, x, readSlope)),
    both: valueAndGradient && ((x) => ask(asking, valueAndGradient, x, readBoth)),
    hessian: hessian && ((x) => ask(asking, hessian, x, readSecond)),
    product: hessianProduct && ((x, v) => ask(asking, hessianProduct, x, readProduct, v)),
  };
}
