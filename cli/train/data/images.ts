/** Images with their classes: MNIST, and pairs of IDX files. */

import type { Command } from "commander";
import { type IdxExamples, loadIdxPair, MNIST_SIDE, mnistExamples } from "../../../src/data/index.ts";
import type { RunOptions } from "../options.ts";
import type { Dataset, Part } from "./dataset.ts";
import { limited, setApart } from "./parts.ts";
import { readTestChoice, type TestChoice } from "./test-choice.ts";

/** The digits that Nabla brings along: 60,000 to learn from, 10,000 by other writers to be tested on. */
export function mnistDataset(command: Command, { test, limit, seed = 0 }: RunOptions): Dataset {
  if (test !== undefined) command.error("error: --test: mnist has test digits of its own; leave it out");
  const digits = mnistExamples({ shape: [1, MNIST_SIDE, MNIST_SIDE] });
  const part = ({ inputs, targets }: typeof digits.train): Part => ({
    inputs,
    targets: { data: targets, shape: [targets.length] },
  });
  return {
    name: "mnist",
    things: "digits",
    train: limited(part(digits.train), limit, seed),
    test: part(digits.test),
    testSource: "by other writers",
    answer: { kind: "classes", count: 10, because: "the targets are the digits 0 to 9" },
    isImages: true,
    notes: [],
  };
}

/** The examples of `inputs,labels`; those to test on are another pair of files, or a share that is set apart. */
export function idxDataset(command: Command, data: string, options: RunOptions): Dataset {
  const { limit, seed = 0 } = options;
  const files = pairOf(command, data, "data");
  const examples = loadIdxPair(...files);
  const choice = readTestChoice(command, options.test, examples.targets.length);
  const [whole, testPart] = [partOf(examples), testPair(command, choice, examples.classes)];
  const divided = choice.kind === "share" ? setApart(whole, choice.share, seed) : undefined;
  return {
    name: files[0],
    things: "examples",
    train: limited(divided?.kept ?? whole, limit, seed),
    test: divided?.apart ?? testPart,
    testSource: choice.words,
    answer: { kind: "classes", count: examples.classes, because: "the targets are numbers of classes" },
    isImages: examples.inputs.shape.length > 2,
    notes: [],
  };
}

function testPair(command: Command, choice: TestChoice, classes: number): Part | undefined {
  if (choice.kind !== "file") return undefined;
  return partOf(loadIdxPair(...pairOf(command, choice.file, "--test"), classes));
}

function pairOf(command: Command, text: string, what: string): readonly [string, string] {
  const [inputs = "", labels = "", ...more] = text.split(",").map((name) => name.trim());
  if (inputs !== "" && labels !== "" && more.length === 0) return [inputs, labels];
  return command.error(
    `error: ${what}: IDX files come as a pair, images-idx3-ubyte,labels-idx1-ubyte; got "${text}"`,
  );
}

/** Images of rank 2 have one channel. */
function partOf({ inputs, targets }: IdxExamples): Part {
  const [count = 0, ...shape] = inputs.shape;
  const channels = shape.length === 2 ? [1, ...shape] : shape;
  return {
    inputs: { data: inputs.data, shape: [count, ...(channels.length === 0 ? [1] : channels)] },
    targets: { data: targets, shape: [targets.length] },
  };
}
