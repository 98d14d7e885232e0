/** Looking for a learning rate instead of training: the range test, or a grid of rates. */

import type { Command } from "commander";
import { rangeTest, rateSearch } from "../../src/train/index.ts";
import { Interruption, interruptionSignal } from "../interruption.ts";
import { toJson, wrap } from "../output.ts";
import { chosenOptimizer } from "./chosen/optimizer.ts";
import { commandText, flagOf } from "./command-text.ts";
import type { Asked, TrainOptions } from "./options.ts";
import { examplesOf, learning } from "./running.ts";
import { shortNumber, timeText } from "./show/figures.ts";
import { readTask, type Task } from "./task.ts";

/** A grid's runs are short, and judged by examples that are neither trained on nor tested on. */
const [imageEpochs, tableEpochs, validation] = [1, 20, 0.1];

/** Options that the search has no use for. */
const unfit = ["schedule", "checkpoint", "resume", "save", "report", "earlyStopping"] as const;

/** Prints what rates do. */
export async function findRate(command: Command, asked: Asked): Promise<void> {
  const { options } = asked;
  for (const name of unfit)
    if (options[name] !== undefined)
      command.error(`error: --find-rate trains only to compare rates; leave ${flagOf(name)} out`);
  if (options.lr !== undefined) command.error("error: --find-rate looks for the rate; leave --lr out");
  const task = readTask(command, asked);
  if (task.optimizer.rate === undefined)
    command.error(
      `error: --find-rate: ${task.optimizer.card.name} has no rate to look for; take adam or momentum`,
    );
  const signal = interruptionSignal();
  const optimizer = optimizerFor(command, task);
  const found =
    options.rates === undefined
      ? await testRange(task, optimizer, signal)
      : await compare(task, options, optimizer, signal);
  console.log(options.json ? toJson(found.json) : found.text);
  if (signal.reason instanceof Interruption) process.exitCode = signal.reason.exitCode;
}

type OptimizerFor = (rate: number) => Task["optimizer"]["method"];

function optimizerFor(command: Command, { settings }: Task): OptimizerFor {
  return (rate) => chosenOptimizer(command, settings.optimizer, rate).method;
}

/** For people and for programs. */
interface Found {
  readonly text: string;
  readonly json: object;
}

async function testRange(task: Task, optimizer: OptimizerFor, signal: AbortSignal): Promise<Found> {
  const {
    epochs: _,
    earlyStopping: __,
    metrics: ___,
    average: ____,
    schedule: _____,
    ...rest
  } = learning(task);
  const found = await rangeTest(task.network.layer, examplesOf(task), { ...rest, optimizer, signal });
  const { rates, smoothed, divergedAt, suggestion, advice } = found;
  const json = {
    tool: "range-test",
    rates,
    losses: smoothed,
    divergedAt: divergedAt ?? null,
    suggestion: suggestion ?? null,
    advice,
  };
  const next = suggestion === undefined ? [] : ["", `  ${withRate(task, suggestion.steepest)}`];
  return { text: [wrapped(String(found)), ...next].join("\n"), json };
}

async function compare(
  task: Task,
  { epochs, rates = [] }: TrainOptions,
  optimizer: OptimizerFor,
  signal: AbortSignal,
): Promise<Found> {
  const { schedule: _, earlyStopping: __, ...rest } = learning(task);
  const found = await rateSearch(task.network.layer, examplesOf(task), {
    validation: task.settings.validation ?? validation,
    ...rest,
    epochs: epochs ?? (task.dataset.isImages ? imageEpochs : tableEpochs),
    optimizer,
    rates,
    signal,
    onTrial: ({ rate, score, diverged, result }) => {
      const verdict = diverged ? "diverged" : shortNumber(score);
      process.stderr.write(`rate ${shortNumber(rate)}: ${verdict}, ${timeText(result.seconds)}\n`);
    },
  });
  const { trials, best, by, advice } = found;
  return {
    text: [
      wrapped(String(found)),
      ...(best === undefined ? [] : ["", `  ${withRate(task, best.rate)}`]),
    ].join("\n"),
    json: {
      tool: "rate-search",
      by,
      best: best?.rate ?? null,
      trials: trials.map(({ rate, score, diverged, result }) => ({
        rate,
        score,
        diverged,
        trainLoss: result.loss,
        validation: result.validation ?? null,
        seconds: result.seconds,
      })),
      advice,
    },
  };
}

/** Sentences in lines; rows of tables are short. */
function wrapped(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.length > 100 ? wrap(line.split(" "), "") : line))
    .join("\n");
}

/** The training that the search was for. */
function withRate(task: Task, rate: number): string {
  return commandText(task, { lr: Number(rate.toPrecision(2)) });
}
