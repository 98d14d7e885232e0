/**
 * Gradients that explode: on a cliff of the loss, where one is a thousand times what it was, or on the way back to the first layers. Pascanu, Mikolov & Bengio
 * (2013), On the difficulty of training recurrent neural networks, sections 2.1 to 2.3.
 */
import { type Measured, median, short } from "../measured.ts";
import { firstAndLast } from "./first-and-last.ts";
import type { StepSign } from "./sign.ts";

/** What is remembered. */
export interface ExplodingGradients {
  /** ‖g‖ of the last steps. */
  readonly recent: readonly number[];
  /** Its median over the first steps. */
  readonly early: number;
}

const remembered = 50;

/** From so many steps on there is a median to compare with. */
const enough = 20;

/** Where a batch that was learned is followed by one that was not, a gradient grows by thousands, but not far beyond the level at the start. */
const overEarly = 10;

/** The sign that gradients explode. */
export const explodingGradients: StepSign<ExplodingGradients> = {
  init: { recent: [], early: 0 },
  step: (before, facts, { explosion }) => {
    const { gradient, step, course } = facts;
    const recent = [...before.recent, gradient].slice(-remembered);
    const early = course.steps + 1 === enough ? median(recent) : before.early;
    const state: ExplodingGradients = { recent, early };
    const usual = usualNorm(before, gradient);
    if (usual !== undefined && gradient > explosion * usual)
      return {
        state,
        message: `Gradients explode: the norm at step ${step} is ${short(gradient)}, ${short(gradient / usual)} times its median over the last ${before.recent.length} steps. Clip gradients to the norm 1 (clip: 1), or lower the rate.`,
      };
    if (course.steps === 0 && growsBackwards(facts, explosion))
      return {
        state,
        message: `Gradients explode on their way back through the layers: those of ${firstAndLast(facts)?.first.path} are more than ${short(explosion)} times those of the last. Start from smaller weights (by Xavier or He), add normalization or residual connections, or clip gradients to the norm 1 (clip: 1).`,
      };
    return { state };
  },
};

/** The running median, where a gradient is worth comparing with it. */
function usualNorm({ recent, early }: ExplodingGradients, gradient: number): number | undefined {
  return recent.length >= enough && gradient > overEarly * early ? median(recent) : undefined;
}

/**
 * Whether the gradients of the first layer are far larger than those of the last: judged at the start, since such a network soon saturates. Large inputs make
 * the gradients of the first weights large also, but not of the biases beside them.
 */
function growsBackwards(facts: Measured, explosion: number): boolean {
  const ends = firstAndLast(facts);
  if (ends === undefined || ends.last.norm === 0) return false;
  const beside = Math.min(...facts.gradientNorms.subarray(0, 2));
  return ends.first.norm > explosion * ends.last.norm && beside > overEarly * ends.last.norm;
}
