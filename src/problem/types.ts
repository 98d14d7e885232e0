/** What users hand over to be solved, and what becomes of it. */
import type { Scalar } from "../autodiff/gradient.ts";
import type { JacobianOf } from "../autodiff/jacobian.ts";
import type { AsyncProblem, Problem } from "../solver/problem.ts";
import type { Want } from "../solver/question.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Transforms } from "./transforms/transform.ts";

/**
 * Where a run may start: a number, an array, a tensor or a tree of them, which is checked when it is used. The bound is this
 * wide so that TypeScript infers `number` for 3 and `[number, number]` for [1, 2], not literals and not lists.
 */
export type Structure = NonNullable<unknown> | [];

/** A Hessian as users give it: a matrix `[n, n]` by all elements of x in order, or what `hessian(f)` returns. */
export type GivenMatrix = readonly (readonly number[])[] | Tensor;

/** A function to be minimised with what the user knows of it; what is missing is had exactly, or by differences. */
export interface GivenObjective<X, Data extends readonly unknown[] = []> {
  /** f(x). */
  readonly value: (x: X, ...data: Data) => Scalar;
  /** ∇f(x), with the structure of x. */
  readonly gradient?: (x: X, ...data: Data) => X;
  /** Both at once, where that is cheaper. */
  readonly valueAndGradient?: (x: X, ...data: Data) => { readonly value: Scalar; readonly gradient: X };
  /** ∇²f(x). */
  readonly hessian?: (x: X, ...data: Data) => GivenMatrix | JacobianOf<X, X>;
  /** ∇²f(x)·direction, with the structure of x. */
  readonly hessianProduct?: (x: X, direction: X, ...data: Data) => X;
}

/** What may be minimised: a function of a point (and data), or an object that knows its derivatives. */
export type Objective<X, Data extends readonly unknown[] = []> =
  | ((x: X, ...data: Data) => Scalar)
  | GivenObjective<X, Data>;

/** Now or later. */
export type Eventually<T> = T | Promise<T>;

/** The same where each answer may come later. */
export interface AsyncGivenObjective<X, Data extends readonly unknown[] = []> {
  /** f(x). */
  readonly value: (x: X, ...data: Data) => Eventually<Scalar>;
  /** ∇f(x), with the structure of x. */
  readonly gradient?: (x: X, ...data: Data) => Eventually<X>;
  /** Both at once, where that is cheaper. */
  readonly valueAndGradient?: (
    x: X,
    ...data: Data
  ) => Eventually<{ readonly value: Scalar; readonly gradient: X }>;
  /** ∇²f(x). */
  readonly hessian?: (x: X, ...data: Data) => Eventually<GivenMatrix | JacobianOf<X, X>>;
  /** ∇²f(x)·direction, with the structure of x. */
  readonly hessianProduct?: (x: X, direction: X, ...data: Data) => Eventually<X>;
}

/** What may be minimised asynchronously: a function that returns a value or a promise of it, or an object of such. */
export type AsyncObjective<X, Data extends readonly unknown[] = []> =
  | ((x: X, ...data: Data) => Eventually<Scalar>)
  | AsyncGivenObjective<X, Data>;

/** Residuals with their Jacobian. */
export interface GivenResiduals<X, Data extends readonly unknown[] = []> {
  /** r(x): a number, an array, a tensor, or a tree of them. */
  readonly residuals: (x: X, ...data: Data) => unknown;
  /** ∂r/∂x, `[m, n]`, residuals and elements of x in the order of their leaves. */
  readonly jacobian?: (x: X, ...data: Data) => GivenMatrix;
}

/** What least squares are made of: a function that returns residuals, alone or with its Jacobian. */
export type Residuals<X, Data extends readonly unknown[] = []> =
  | ((x: X, ...data: Data) => unknown)
  | GivenResiduals<X, Data>;

/** What may be said of a problem beside function and start. Verbs have more options and check the names of all. */
export interface StatingOptions<X, Data extends readonly unknown[]> {
  /** Further arguments of the function. */
  readonly data?: Data | undefined;
  /** Domains of parameters, in a tree like the start. */
  readonly parameters?: Transforms<X> | undefined;
}

/** What the loop needs, and the way back to the caller's structure. */
interface StatedAs<X, P> {
  readonly problem: P;
  /** The variables at the start. */
  readonly start: Float64Array;
  /** The caller's point from variables. */
  readonly restore: (x: Float64Array) => X;
  /** Why derivatives are by differences, where they are, and how to get exact ones: for methods that ask for derivatives. */
  readonly notes: readonly string[];
  /** What the caller should know whatever the method; a sentence each. */
  readonly remarks: readonly string[];
}

/** A problem that answers at once. */
export type Stated<X, W extends Want> = StatedAs<X, Problem<W>>;

/** A problem that may answer later. */
export type StatedLater<X, W extends Want> = StatedAs<X, AsyncProblem<W>>;

/** What an objective answers. */
export type ObjectiveWant = "value" | "gradient" | "hessian" | "hessianProduct";

/** What residuals answer. */
export type ResidualsWant = ObjectiveWant | "residuals" | "jacobian";
