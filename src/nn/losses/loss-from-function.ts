/** A loss of one's own. */
import { checkFunction, checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { showShape } from "../../tensor/shape.ts";
import type { Loss, LossOptions, OutputKind, TargetKind } from "./loss.ts";
import { newLoss, readReduction } from "./loss-factory.ts";

/** Options of `lossFromFunction`. */
export interface LossFromFunctionOptions extends LossOptions {
  /** Its name in results and files, which cannot tell more of it. Default `function`. */
  readonly name?: string;
  /** What its targets are. Default `values`. */
  readonly targets?: TargetKind;
  /** What outputs mean to it. Default `values`. */
  readonly outputs?: OutputKind;
}

const targetKinds: readonly string[] = ["classes", "values"] satisfies TargetKind[];
const outputKinds: readonly string[] = [
  "logits",
  "logit",
  "scores",
  "score",
  "values",
] satisfies OutputKind[];

/**
 * A loss of a function that gives the losses `[n]` of the examples of a batch, written with tensor operations.
 *
 * ```ts
 * import { lossFromFunction, tensor } from "nabla";
 * const quantile = lossFromFunction((outputs, targets) => {
 *   const r = targets.sub(outputs);
 *   return r.mul(0.9).maximum(r.mul(-0.1));
 * });
 * quantile(tensor([1, 2]), tensor([2, 1])); // → Tensor(float64 []) 0.5
 * ```
 *
 * @throws ArgumentError for what is no function, and options that are none; when called, ShapeError where the function gives another shape than `[n]`.
 */
export function lossFromFunction(examples: Loss["examples"], options: LossFromFunctionOptions = {}): Loss {
  const call = "lossFromFunction";
  checkFunction(call, examples, "a function from outputs and targets to the losses [n] of the examples");
  checkOptions(call, options, ["name", "targets", "outputs", "reduction"]);
  const { name = "function", targets = "values", outputs = "values" } = options;
  checkWord(call, "targets", targets, targetKinds);
  checkWord(call, "outputs", outputs, outputKinds);
  const reduction = readReduction(call, options);
  return newLoss(call, {
    lossName: name,
    settings: { reduction },
    targets,
    outputs,
    reduction,
    examples: (o, y) => {
      const losses = examples(o, y);
      const [n = 0] = o.shape;
      if (losses.rank !== 1 || losses.size !== n)
        throw new ShapeError(
          `${call}: the function must give one number for each example, [${n}]; got ${showShape(losses.shape)}; average over the other axes`,
        );
      return losses;
    },
  });
}

function checkWord(call: string, name: string, word: string, words: readonly string[]): void {
  if (!words.includes(word))
    throw new ArgumentError(
      `${call}({ ${name} }): must be one of ${words.map((known) => JSON.stringify(known)).join(", ")}; got ${showValue(word)}`,
    );
}
