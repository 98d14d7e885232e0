/** `nabla train`: a network learns from examples. */

import { type Command, Option } from "commander";
import { chooseKernels, kernelNames } from "../train/chosen/kernels.ts";
import { readModel } from "../train/chosen/model.ts";
import { findRate } from "../train/find-rate.ts";
import { trainHelp } from "../train/help.ts";
import { askedRun } from "../train/keeping/resuming.ts";
import type { TrainOptions } from "../train/options.ts";
import { trainPerceptron } from "../train/perceptron/session.ts";
import { trainNetwork } from "../train/session.ts";
import {
  readAbove,
  readBatch,
  readInterval,
  readNames,
  readRates,
  readShare,
  readWeights,
  readWhole,
} from "../train/values.ts";
import { readCount } from "../values.ts";

/** Adds the command. */
export function addTrain(program: Command): void {
  const command = program
    .command("train")
    .summary("train a network on examples")
    .description(
      "Trains a network, by mini-batches and from a seed, and says how good it is on examples that it was not trained on. What is left out is chosen by the data.",
    )
    .argument("[data]", "mnist, iris, a CSV file, or a pair of IDX files: images,labels");
  for (const option of [...dataOptions(), ...modelOptions(), ...learningOptions(), ...keepingOptions()])
    command.addOption(option);
  command.addHelpText("after", trainHelp);
  command.action((data: string | undefined, options: TrainOptions) => run(command, data, options));
}

async function run(command: Command, data: string | undefined, options: TrainOptions): Promise<void> {
  const asked = askedRun(command, data, options);
  chooseKernels(command, options);
  if (asked.options.findRate || asked.options.rates) return findRate(command, asked);
  const isPerceptron = readModel(command, asked.options.model)?.kind === "perceptron";
  return isPerceptron ? trainPerceptron(command, asked) : trainNetwork(command, asked);
}

function dataOptions(): Option[] {
  return [
    new Option("--target <column>", "of a CSV file: the column to be predicted"),
    new Option("--features <columns>", "those to predict it from; all others if left out").argParser(
      readNames,
    ),
    new Option("--test <share|file>", "what to test on: a share set apart, a file, or none; 0.2 if left out"),
    new Option("--missing <policy>", "what becomes of missing values").choices([
      "refuse",
      "mean",
      "drop-rows",
    ]),
    new Option("--decimal <mark>", "what stands before fractions in CSV files").choices([".", ","]),
    new Option("--limit <count>", "train on so many examples at most, drawn from the seed").argParser(
      readWhole,
    ),
  ];
}

function modelOptions(): Option[] {
  return [
    new Option("--model <name>", "mlp:256,128 (hidden layers), lenet, linear, logistic or perceptron"),
    new Option("--loss <name>", "what is minimized, such as cross-entropy or huber(delta=0.5)"),
    new Option("--metrics <names>", "what else is measured, such as accuracy,top-3-accuracy").argParser(
      readNames,
    ),
    new Option(
      "--standardize <how>",
      "inputs to mean 0 and variance 1: each feature, all by one, or not",
    ).choices(["features", "whole", "none"]),
    new Option("--class-weights <weights>", "balanced, or a weight for each class").argParser(readWeights),
  ];
}

function learningOptions(): Option[] {
  return [
    new Option("--optimizer <method>", "the method, such as adam or momentum(decay=0.8); adam if left out"),
    new Option("--lr <rate>", "its learning rate; its own default if left out").argParser(readAbove),
    new Option("--schedule <name>", "what becomes of the rate: cosine, linear, step, one-cycle, plateau, …"),
    new Option("--epochs <count>", "passes over the examples").argParser(readWhole),
    new Option("--batch-size <count>", "examples of a step, or full").argParser(readBatch),
    new Option("--clip-norm <norm>", "shorten gradients that are longer").argParser(readAbove),
    new Option("--ema <decay>", "use the moving average of the parameters, such as 0.999").argParser(
      readShare,
    ),
    new Option("--seed <number>", "where all randomness comes from; 0 if left out").argParser(readCount),
    new Option("--validation <share>", "judge epochs by a share of the training examples").argParser(
      readShare,
    ),
    new Option(
      "--early-stopping <epochs>",
      "stop after so many without progress, and take the best",
    ).argParser(readWhole),
  ];
}

function keepingOptions(): Option[] {
  return [
    new Option("--checkpoint <folder>", "keep the run, so that it can be continued"),
    new Option("--every <interval>", "how often: 500steps, 2epochs, 30s; each epoch if left out").argParser(
      readInterval,
    ),
    new Option("--keep <count>", "how many of the last checkpoints; 3 if left out").argParser(readWhole),
    new Option("--resume <folder>", "continue the run in a folder"),
    new Option("--save <file>", "save the model, for nabla predict and PyTorch: model.safetensors"),
    new Option("--report <file>", "write a page with curves and mistakes, into an .html file"),
    new Option("--find-rate", "look for a learning rate instead of training"),
    new Option("--rates <list>", "compare these rates instead of training: 0.1,0.03,0.01").argParser(
      readRates,
    ),
    new Option("--threads <count>", "threads that multiply, at most").argParser(readWhole),
    new Option("--kernels <name>", "who multiplies").choices(kernelNames),
    new Option("--json", "print one line of JSON on stdout, everything else on stderr"),
  ];
}
