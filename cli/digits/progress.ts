/** Showing how far training is: a bar on a terminal, a few plain lines everywhere else. */

import { Presets, SingleBar } from "cli-progress";
import pc from "picocolors";
import { count, duration, percent, rate } from "./format.ts";
import type { EpochRecord } from "./history.ts";
import type { TrainingMethod } from "./methods.ts";

/** How far an epoch is. */
export interface Standing {
  readonly epoch: number;
  readonly epochs: number;
  /** Steps taken in this epoch, and their number in all. */
  readonly step: number;
  readonly steps: number;
  /** The mean loss of the last steps. */
  readonly loss: number;
  readonly rate: number;
  readonly examplesPerSecond: number;
}

/** Something that shows a run. */
export interface Progress {
  readonly say: (line: string) => void;
  /** A method begins. */
  readonly method: (method: TrainingMethod) => void;
  readonly step: (standing: Standing) => void;
  readonly epoch: (record: EpochRecord, epochs: number) => void;
  /** Leaves the terminal as it was; to be called however the run ends. */
  readonly close: () => void;
}

/** The progress that fits the stream: a bar needs a terminal that can rewrite a line. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY && process.env.TERM !== "dumb" ? barOn(stream) : linesOn(stream);
}

/** Four lines an epoch. */
function linesOn(stream: NodeJS.WriteStream): Progress {
  const say = (line: string): void => void stream.write(`${line}\n`);
  const quarter = (step: number, steps: number): number => Math.floor((4 * step) / steps);
  return {
    say,
    method: (method) => say(methodLine(method)),
    step: (at) => {
      if (quarter(at.step, at.steps) === quarter(at.step - 1, at.steps)) return;
      const share = `${Math.round((100 * at.step) / at.steps)} %`.padStart(5);
      say(
        `epoch ${at.epoch}/${at.epochs} ${share}  loss ${at.loss.toFixed(4)}  rate ${rate(at.rate)}  ${count(at.examplesPerSecond)} examples/s`,
      );
    },
    epoch: (record, epochs) => say(epochLine(record, epochs)),
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
  let running = false;
  const stop = (): void => {
    if (running) bar.stop();
    running = false;
  };
  return {
    say: (line) => void stream.write(`${line}\n`),
    method: (method) => void stream.write(`${methodLine(method, colors.bold)}\n`),
    step: (at) => {
      const shown = {
        epoch: `${at.epoch}/${at.epochs}`,
        loss: at.loss.toFixed(4),
        rate: rate(at.rate),
        speed: count(at.examplesPerSecond),
      };
      if (running) bar.update(at.step, shown);
      else bar.start(at.steps, at.step, shown);
      running = true;
    },
    epoch: (record, epochs) => {
      stop();
      stream.write(`${epochLine(record, epochs, colors.bold)}\n`);
    },
    close: stop,
  };
}

const plain = (text: string): string => text;

function methodLine({ title, rate: schedule }: TrainingMethod, emphasis = plain): string {
  return `${emphasis(title)}, rate ${rate(schedule.at(1))} falling to 0:`;
}

function epochLine(record: EpochRecord, epochs: number, emphasis = plain): string {
  const { epoch, loss, testAccuracy, seconds, examplesPerSecond } = record;
  return `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  test accuracy ${emphasis(percent(testAccuracy))}  ${count(examplesPerSecond)} examples/s  ${duration(seconds)}`;
}
