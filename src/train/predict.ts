/** Using a trained network. */
import { compile } from "../compiler/compile.ts";
import { showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { type ExampleArray, readExampleArray } from "../data/examples/example-array.ts";
import { gatherRows } from "../data/examples/gather.ts";
import type { Layer } from "../nn/layer.ts";
import { losses } from "../nn/losses/index.ts";
import { sigmoid } from "../tensor/operations/activation.ts";
import { concat } from "../tensor/operations/joining.ts";
import { argmax } from "../tensor/operations/reduction.ts";
import { softmax } from "../tensor/operations/softmax.ts";
import { sameShape, showShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { inOrder } from "./batches/array-loader.ts";
import type { TrainedModel } from "./result.ts";

/** What a network says of inputs. */
export interface Prediction {
  /** What it gives, `[n, …]`: logits, scores or values, as its loss understands them. */
  readonly outputs: Tensor;
  /** Where it tells classes apart: the class of each input, `[n]`, int32. */
  readonly classes?: Tensor;
  /** Where its outputs mean probabilities: those of the classes, `[n, classes]`, or of yes, `[n]`. */
  readonly probabilities?: Tensor;
  /** Where classes have names: the name of each input's. */
  readonly labels?: readonly (string | number)[];
}

/** Inputs at a time. */
const chunk = 1000;

/**
 * What a trained network says of inputs, which are standardized as those of the training were.
 *
 * ```ts
 * import { adam, dense, predict, sequential, train } from "nabla";
 * const and = { inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: ["no", "no", "no", "yes"] };
 * const trained = await train(sequential([dense({ inputs: 2, outputs: 2 })]), and, { optimizer: adam({ rate: 0.1 }), epochs: 100 });
 * predict(trained, [[1, 1]]).labels; // → [ 'yes' ]
 * ```
 *
 * @throws ShapeError for inputs of another shape than the network was trained on; ArgumentError for what are no finite numbers.
 */
export function predict<P extends object>(trained: TrainedModel<P>, inputs: ExampleArray): Prediction {
  const { model, parameters, facts } = trained;
  const rows = readExampleArray("predict", inputs, "inputs");
  const [count = 0, ...shape] = rows.shape;
  if (!sameShape(shape, facts.inputShape))
    throw new ShapeError(
      `predict: the network was trained on inputs of shape ${showShape(facts.inputShape)}; got examples of shape ${showShape(shape)}${sameShape(rows.shape, facts.inputShape) ? "; put a single example into a list" : ""}`,
    );
  const apply = programOf(model);
  const parts: Tensor[] = [];
  for (let from = 0; from < count; from += chunk) {
    const places = inOrder(Math.min(chunk, count - from), from);
    parts.push(apply(parameters, gatherRows(rows, places, facts.standardization)));
  }
  const [first] = parts;
  if (first === undefined)
    throw new ArgumentError(`predict: needs at least one input; got ${showValue(inputs)}`);
  return meaning(parts.length === 1 ? first : concat(parts, 0), facts);
}

/** Compiled programs are kept as long as their models are. */
const programs = new WeakMap<object, (parameters: never, x: Tensor) => Tensor>();

function programOf<P extends object>(model: Layer<P>): (parameters: P, x: Tensor) => Tensor {
  const known = programs.get(model);
  if (known !== undefined) return known as (parameters: P, x: Tensor) => Tensor;
  const made = compile((parameters: P, x: Tensor): Tensor => model.apply(parameters, x));
  programs.set(model, made);
  return made;
}

/** What outputs mean, by the loss that they were trained with. */
function meaning(outputs: Tensor, { loss, labels }: TrainedModel["facts"]): Prediction {
  const kind = losses.find(({ card }) => card.name === loss.name)?.card.outputs ?? "values";
  switch (kind) {
    case "logits":
    case "scores": {
      const classes = argmax(outputs, 1);
      return {
        outputs,
        classes,
        ...(kind === "logits" && { probabilities: softmax(outputs, 1) }),
        ...(labels && { labels: namesOf(classes, labels) }),
      };
    }
    case "logit":
    case "score": {
      const classes = outputs.greater(0).cast("int32");
      return {
        outputs,
        classes,
        ...(kind === "logit" && { probabilities: sigmoid(outputs) }),
        ...(labels && { labels: namesOf(classes, labels) }),
      };
    }
    case "values":
      return { outputs };
    default:
      return kind satisfies never;
  }
}

function namesOf(classes: Tensor, labels: readonly (string | number)[]): (string | number)[] {
  return Array.from(classes.toTypedArray(), (label) => at(labels, label));
}
