/** Showing how far training is: a bar on a terminal, a few plain lines everywhere else. */

import { Presets, SingleBar } from "cli-progress";
import pc from "picocolors";
import type { EpochReport, TrainingStepReport } from "../../src/train/index.ts";
import { count, duration, percent, rate } from "../report/format.ts";
import type { TrainingMethod } from "./methods.ts";
import { testAccuracyOf } from "./test-accuracy.ts";

/** Something that shows a run. */
export interface Progress {
  readonly say: (line: string) => void;
  /** A method begins. */
  readonly method: (method: TrainingMethod) => void;
  readonly step: (step: TrainingStepReport, epochs: number) => void;
  readonly epoch: (epoch: EpochReport, epochs: number) => void;
  /** Something looks wrong. */
  readonly warn: (message: string) => void;
  /** Leaves the terminal as it was; to be called however the run ends. */
  readonly close: () => void;
}

/** The progress that fits the stream: a bar needs a terminal that can rewrite a line. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY && process.env.TERM !== "dumb" ? barOn(stream) : linesOn(stream);
}

/** Steps over which what is shown is averaged. */
const shownSteps = 50;

/** Where an epoch stands. */
interface Standing {
  readonly step: number;
  readonly steps: number;
  /** The mean loss of the last steps, and the examples a second that they saw. */
  readonly loss: number;
  readonly examplesPerSecond: number;
}

/** A step, and when it was done. */
interface Mark {
  readonly time: number;
  readonly loss: number;
  readonly examples: number;
}

/** Follows the steps of one epoch after the other. */
interface Follower {
  /** What comes next is timed from now on. */
  readonly begin: () => void;
  readonly step: (step: TrainingStepReport) => Standing;
}

function follower(): Follower {
  let marks: readonly Mark[] = [];
  const markAt = (loss: number, examples: number): Mark => ({ time: performance.now(), loss, examples });
  return {
    begin: () => {
      marks = [markAt(0, 0)];
    },
    step: ({ stepInEpoch, stepsPerEpoch = stepInEpoch, loss, examples }) => {
      const now = markAt(loss, examples);
      marks = [...marks.slice(-shownSteps), now];
      const [before = now, ...steps] = marks;
      const sum = (read: (mark: Mark) => number): number => steps.reduce((all, mark) => all + read(mark), 0);
      return {
        step: stepInEpoch,
        steps: stepsPerEpoch,
        loss: sum((mark) => mark.loss) / steps.length,
        examplesPerSecond: (1000 * sum((mark) => mark.examples)) / Math.max(now.time - before.time, 1),
      };
    },
  };
}

/** Four lines an epoch. */
function linesOn(stream: NodeJS.WriteStream): Progress {
  const say = (line: string): void => void stream.write(`${line}\n`);
  const quarter = (step: number, steps: number): number => Math.floor((4 * step) / steps);
  const steps = follower();
  return {
    say,
    method: (method) => {
      say(methodLine(method));
      steps.begin();
    },
    step: (report, epochs) => {
      const at = steps.step(report);
      if (quarter(at.step, at.steps) === quarter(at.step - 1, at.steps)) return;
      const share = `${Math.round((100 * at.step) / at.steps)} %`.padStart(5);
      say(
        `epoch ${report.epoch}/${epochs} ${share}  loss ${at.loss.toFixed(4)}  rate ${rate(report.rate ?? 0)}  ${count(at.examplesPerSecond)} examples/s`,
      );
    },
    epoch: (epoch, epochs) => {
      say(epochLine(epoch, epochs));
      steps.begin();
    },
    warn: (message) => say(`warning: ${message}`),
    close: () => {},
  };
}

function barOn(stream: NodeJS.WriteStream): Progress {
  const colors = pc.createColors(pc.isColorSupported);
  const bar = new SingleBar(
    {
      stream,
      format: `epoch {epoch} ${colors.cyan("{bar}")} {percentage} %  loss {loss}  rate {rate}  {speed} examples/s  {eta_formatted} left`,
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      fps: 10,
    },
    Presets.shades_classic,
  );
  const steps = follower();
  let running = false;
  const stop = (): void => {
    if (running) bar.stop();
    running = false;
  };
  const say = (line: string): void => {
    stop();
    stream.write(`${line}\n`);
  };
  return {
    say,
    method: (method) => {
      say(methodLine(method, colors.bold));
      steps.begin();
    },
    step: (report, epochs) => {
      const at = steps.step(report);
      const shown = {
        epoch: `${report.epoch}/${epochs}`,
        loss: at.loss.toFixed(4),
        rate: rate(report.rate ?? 0),
        speed: count(at.examplesPerSecond),
      };
      if (running) bar.update(at.step, shown);
      else bar.start(at.steps, at.step, shown);
      running = true;
    },
    epoch: (epoch, epochs) => {
      say(epochLine(epoch, epochs, colors.bold));
      steps.begin();
    },
    warn: (message) => say(`${colors.yellow("warning")}: ${message}`),
    close: stop,
  };
}

const plain = (text: string): string => text;

function methodLine({ title, rate: first, schedule }: TrainingMethod, emphasis = plain): string {
  return `${emphasis(title)}, rate ${rate(first)}${schedule === "constant" ? "" : " falling to 0"}:`;
}

function epochLine(report: EpochReport, epochs: number, emphasis = plain): string {
  const { epoch, loss, seconds, examplesPerSecond } = report;
  return `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  test accuracy ${emphasis(percent(testAccuracyOf(report)))}  ${count(examplesPerSecond)} examples/s  ${duration(seconds)}`;
}
