/** Stopping when nothing becomes better any more. Prechelt (1998), Early stopping — but when?; the number of epochs waited for is PyTorch Lightning's and Keras's `patience`. */
import { checkOptions } from "../../core/checks.ts";
import { type EarlyStoppingOptions, refusal, type TrainSettings, whole } from "../options.ts";

/** Where it stands. Plain data. */
export interface Progressing {
  /** The best loss so far, and the epoch of it. */
  readonly best: number | undefined;
  readonly bestEpoch: number;
  /** Epochs since then that brought nothing better by `minChange`. */
  readonly bad: number;
}

/** Judges epochs by their loss. */
export interface EarlyStopping {
  /** Whether the options ask for it; else it only remembers the best. */
  readonly isAsked: boolean;
  readonly init: () => Progressing;
  readonly next: (state: Progressing, epoch: number, loss: number) => Progressing;
  readonly isOver: (state: Progressing) => boolean;
}

/** Reads the option. @throws ArgumentError for numbers out of range. */
export function earlyStoppingOf(given: TrainSettings["earlyStopping"]): EarlyStopping {
  const options: EarlyStoppingOptions = typeof given === "object" ? given : { patience: given ?? 5 };
  checkOptions("train({ earlyStopping })", options, ["patience", "minChange"]);
  const { patience = 5, minChange = 0 } = options;
  whole("earlyStopping", patience, 1, " epochs, or { patience, minChange }");
  if (!(minChange >= 0)) throw refusal("earlyStopping: { minChange }", "a number ≥ 0", minChange);
  const isAsked = given !== undefined;
  return {
    isAsked,
    init: () => ({ best: undefined, bestEpoch: 0, bad: 0 }),
    next: ({ best, bestEpoch, bad }, epoch, loss) => {
      // Anything is better than a loss that is no number.
      const isFirst = best === undefined || (Number.isNaN(best) && !Number.isNaN(loss));
      const isLower = isFirst || loss < best;
      const isBetter = isFirst || loss < best - minChange;
      return {
        best: isLower ? loss : best,
        bestEpoch: isLower ? epoch : bestEpoch,
        bad: isBetter ? 0 : bad + 1,
      };
    },
    isOver: ({ bad }) => isAsked && bad >= patience,
  };
}
