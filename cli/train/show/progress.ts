/** How far a training is: a line for every epoch, and between them a bar on a terminal, or a plain line now and then elsewhere. */

import { Presets, SingleBar } from "cli-progress";
import type { EpochReport, TrainingStepReport, TrainingWarning } from "../../../src/train/reports.ts";
import { colours, isRewritable, wrap } from "../../output.ts";
import { count } from "../../report/format.ts";
import { epochLines } from "./epoch-lines.ts";
import { shortNumber, timeText } from "./figures.ts";
import { follower, type Standing } from "./standing.ts";

/** Shows a run. */
export interface Progress {
  /** A line of its own. */
  readonly say: (line: string) => void;
  readonly step: (step: TrainingStepReport) => void;
  readonly epoch: (epoch: EpochReport) => void;
  readonly warn: (warning: TrainingWarning) => void;
  /** Leaves the terminal as it was; to be called however the run ends. */
  readonly close: () => void;
}

/** What is to be shown. */
export interface Shown {
  readonly epochs: number;
  readonly judgedBy: "test" | "validation";
}

/** Between epochs that take long, a plain line is said so often, in milliseconds. */
const patience = 10_000;

/** The progress that fits a stream: a bar needs a terminal that can rewrite a line. */
export function trainingProgress(stream: NodeJS.WriteStream, { epochs, judgedBy }: Shown): Progress {
  const { dim, yellow } = colours(stream);
  const lines = epochLines(epochs, judgedBy);
  const follow = follower(epochs);
  const between = isRewritable(stream) ? barOn(stream, epochs) : linesOn(stream, epochs);
  let isBegun = false;
  const say = (line: string): void => {
    between.clear();
    stream.write(`${line}\n`);
  };
  return {
    say,
    step: (step) => between.show(follow.hear(step, performance.now())),
    epoch: (epoch) => {
      if (!lines.isShown(epoch.epoch)) return;
      const heading = isBegun ? undefined : lines.heading(epoch);
      if (heading !== undefined) say(dim(heading));
      isBegun = true;
      say(lines.line(epoch));
    },
    warn: ({ message }) => say(yellow(wrap(`warning: ${message}`.split(" "), "  "))),
    close: between.clear,
  };
}

/** What is shown between two epochs. */
interface Between {
  readonly show: (standing: Standing) => void;
  readonly clear: () => void;
}

function barOn(stream: NodeJS.WriteStream, epochs: number): Between {
  const { cyan } = colours(stream);
  const bar = new SingleBar(
    {
      stream,
      format: `epoch {epoch} ${cyan("{bar}")} {percentage} %  {figures}`,
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true,
      fps: 10,
    },
    Presets.shades_classic,
  );
  let isRunning = false;
  return {
    show: (standing) => {
      const shown = { epoch: `${standing.epoch}/${epochs}`, figures: figuresOf(standing).join("  ") };
      if (isRunning) bar.update(standing.share, shown);
      else bar.start(1, standing.share, shown);
      isRunning = true;
    },
    clear: () => {
      if (isRunning) bar.stop();
      isRunning = false;
    },
  };
}

function linesOn(stream: NodeJS.WriteStream, epochs: number): Between {
  let last = performance.now();
  return {
    show: (standing) => {
      const now = performance.now();
      if (now - last < patience) return;
      last = now;
      const done = `${Math.floor(100 * standing.share)} %`;
      stream.write(`epoch ${standing.epoch}/${epochs}, ${done} done: ${figuresOf(standing).join(", ")}\n`);
    },
    clear: () => {
      last = performance.now();
    },
  };
}

function figuresOf({ loss, accuracy, rate, examplesPerSecond, secondsLeft }: Standing): string[] {
  return [
    `loss ${shortNumber(loss)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${(100 * accuracy).toFixed(1)} %`]),
    ...(rate === undefined ? [] : [`rate ${shortNumber(rate)}`]),
    ...(Number.isFinite(examplesPerSecond) ? [`${count(examplesPerSecond)} examples/s`] : []),
    ...(Number.isFinite(secondsLeft) ? [`${timeText(secondsLeft)} left`] : []),
  ];
}
