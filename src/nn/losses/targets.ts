/** What targets must be beside outputs. Nothing is ever stretched: outputs `[n, 1]` beside targets `[n]` would give n² differences. */
import { DtypeError, IndexError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { arange } from "../../tensor/operations/creation.ts";
import { type Shape, sameShape, showShape, sizeOf } from "../../tensor/shape.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";

/** Outputs and targets of one shape and one float type, that of the outputs. */
export interface Matched {
  readonly outputs: Tensor;
  readonly targets: Tensor;
}

/**
 * Outputs beside targets that are numbers of the same shape. `[n, 1]` and `[n]` count as the same.
 *
 * @throws ShapeError for other shapes.
 */
export function matched(call: string, outputs: Tensor, targets: Tensor): Matched {
  const [o, y] = [toTensor(outputs).float(), toTensor(targets)];
  checkExamples(call, o.shape);
  if (!sameShape(withoutOnes(o.shape), withoutOnes(y.shape)))
    throw new ShapeError(
      `${call}: targets must have the shape of the outputs, ${showShape(o.shape)}; got ${showShape(y.shape)}; ${remedy(o.shape, y.shape)}`,
    );
  return { outputs: o, targets: y.cast(floatOf(o)).reshape(o.shape) };
}

/** One number for each example, `[n]`: the mean over the outputs of each. */
export function meanOfOutputs(x: Tensor): Tensor {
  const [n = 0] = x.shape;
  if (x.size === n) return x.reshape([n]);
  return x.reshape([n, sizeOf(x.shape.slice(1))]).mean(1);
}

/** Scores of classes beside the numbers of the right ones. */
export interface Classified {
  /** `[n, classes]`. */
  readonly scores: Tensor;
  /** True at the class of each example, `[n, classes]`. */
  readonly isOwn: Tensor;
  /** Numbers of examples `[n]`, NaN where the class of an example does not exist. */
  readonly checked: (examples: Tensor) => Tensor;
}

/**
 * Outputs `[n, classes]` beside numbers of classes, int32 `[n]`. Of known numbers those out of range are refused; traced ones make the loss of their
 * example NaN, since a program cannot throw.
 *
 * @throws ShapeError, DtypeError, IndexError.
 */
export function classified(call: string, outputs: Tensor, targets: Tensor): Classified {
  const [scores, own] = [toTensor(outputs).float(), toTensor(targets)];
  const classes = checkScores(call, scores);
  checkClasses(call, scores, own);
  const column = own.reshape([own.size, 1]);
  const isOwn = column.equal(arange(classes));
  if (!own.isTraced) {
    checkRange(call, own, classes);
    return { scores, isOwn, checked: (examples) => examples };
  }
  const exists = own
    .reshape([own.size])
    .greaterEqual(0)
    .logicalAnd(own.reshape([own.size]).less(classes));
  return { scores, isOwn, checked: (examples) => exists.where(examples, Number.NaN) };
}

/** The number of classes of outputs `[n, classes]`. @throws ShapeError for outputs of another shape, or of a single class. */
export function checkScores(call: string, { shape, rank }: Tensor): number {
  if (rank !== 2)
    throw new ShapeError(
      `${call}: outputs must be [n, classes], one for each example and class; got ${showShape(shape)}`,
    );
  const classes = at(shape, 1);
  if (classes < 2)
    throw new ShapeError(
      `${call}: outputs ${showShape(shape)} have a single class, which is always right; for one output that tells yes from no there are binaryCrossEntropy and hinge`,
    );
  return classes;
}

function checkClasses(call: string, scores: Tensor, own: Tensor): void {
  const [n = 0] = scores.shape;
  if (!sameShape(withoutOnes(own.shape), [n]))
    throw new ShapeError(
      `${call}: targets must be the numbers of the classes, one for each of the ${n} examples: [${n}]; got ${showShape(own.shape)}` +
        (sameShape(own.shape, scores.shape)
          ? "; for probabilities of classes there is softCrossEntropy"
          : ""),
    );
  if (own.dtype !== "int32")
    throw new DtypeError(
      `${call}: targets must be the numbers of the classes, int32; got ${own.dtype}; make them by tensor(labels, "int32")`,
    );
}

function checkRange(call: string, own: Tensor, classes: number): void {
  const { data } = own.values(call);
  const wrong = data.findIndex((index) => index < 0 || index >= classes);
  if (wrong >= 0)
    throw new IndexError(
      `${call}: classes are numbered from 0 to ${classes - 1}; got ${data[wrong]} for example ${wrong}; give the network as many outputs as there are classes, and leave out what has none`,
    );
}

function checkExamples(call: string, shape: Shape): void {
  if (shape.length === 0)
    throw new ShapeError(
      `${call}: outputs have the examples along their first axis, [n] or [n, …]; got a scalar; for one example reshape it to [1]`,
    );
}

/** A shape without the ones at its end; the examples stay. */
function withoutOnes(shape: Shape): Shape {
  const last = shape.findLastIndex((length, i) => i === 0 || length !== 1);
  return shape.slice(0, last + 1);
}

function remedy(outputs: Shape, targets: Shape): string {
  if (outputs[0] !== targets[0]) return "each example needs one target";
  if (sizeOf(outputs) === sizeOf(targets)) return "reshape the targets";
  return "give the network as many outputs as an example has targets";
}

/** A batch is computed in the type of its outputs, whatever the type of what comes beside them. */
export function floatOf({ dtype }: Tensor): "float32" | "float64" {
  return dtype === "float32" ? "float32" : "float64";
}
