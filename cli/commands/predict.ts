/** `nabla predict`: what a trained network says of new data. */

import { type Command, Option } from "commander";
import { predict } from "../../src/train/index.ts";
import { toJson } from "../output.ts";
import { answersOf, classCount, csvOf, verdictOf, verdictText } from "../predict/answers.ts";
import { readWanted } from "../predict/inputs.ts";
import { readTrained } from "../predict/model.ts";
import { obstacle, writeWhole } from "../write-file.ts";

interface PredictOptions {
  readonly probabilities?: true;
  readonly output?: string;
  readonly best?: true;
  readonly decimal?: "." | ",";
  readonly json?: true;
}

/** Adds the command. */
export function addPredict(program: Command): void {
  const command = program
    .command("predict")
    .summary("what a trained network says of new data")
    .description("Prints what a saved network takes each row for, one line each, as CSV.")
    .argument("<model>", "a file of nabla train --save, or a folder of --checkpoint")
    .argument("<data>", "a CSV file, - for stdin, IDX images (or images,labels), mnist or iris")
    .option("--probabilities", "print the probability of every class, too")
    .option("--output <file>", "write into a file instead of stdout")
    .option("--best", "of a folder: the best checkpoint instead of the newest")
    .addOption(
      new Option("--decimal <mark>", "what stands before fractions in CSV files").choices([".", ","]),
    )
    .option("--json", "print one line of JSON")
    .addHelpText("after", help);
  command.action((model: string, data: string, options: PredictOptions) =>
    runPredict(command, model, data, options),
  );
}

function runPredict(command: Command, path: string, data: string, options: PredictOptions): void {
  const { output, json, probabilities: isWanted = false, best: isBest = false, decimal } = options;
  const problem = output === undefined ? undefined : obstacle(output);
  if (problem !== undefined)
    command.error(`error: --output needs the path of a file that can be written: ${problem}`);
  const trained = readTrained(path, isBest);
  const count = classCount(trained);
  const wanted = readWanted(data, trained.facts, count, decimal);
  const prediction = predict(trained, wanted.inputs);
  const answers = answersOf(prediction, count, trained.facts.labels);
  if (isWanted && answers.probabilities === undefined)
    command.error(
      `error: --probabilities: a model trained by ${trained.facts.loss.name} has none; leave it out`,
    );
  const verdict = wanted.answers && verdictOf(prediction, wanted.answers);
  const { predictions, probabilities, classes } = answers;
  const text = json
    ? `${toJson({
        model: path,
        data: wanted.name,
        rows: predictions.length,
        predictions,
        classes,
        ...(isWanted && { probabilities }),
        ...(verdict && withoutKind(verdict)),
      })}\n`
    : csvOf(answers, isWanted);
  if (output === undefined) process.stdout.write(text);
  else writeWhole(output, text);
  if (verdict !== undefined) process.stderr.write(`${verdictText(verdict, predictions.length)}\n`);
  if (wanted.note !== undefined) process.stderr.write(`not judged: ${wanted.note}\n`);
}

function withoutKind({ kind: _, ...verdict }: ReturnType<typeof verdictOf>): object {
  return verdict;
}

function help(): string {
  return `
Examples:
  nabla predict model.safetensors new.csv
  nabla predict model.safetensors new.csv --probabilities --output answers.csv
  nabla predict run new.csv                  from the newest checkpoint in the folder run
  cut -d, -f1-4 new.csv | nabla predict model.safetensors -
  nabla predict digits.safetensors t10k-images-idx3-ubyte,t10k-labels-idx1-ubyte

Columns are found by their names, in whatever order; others are ignored. Inputs are standardized as
those of the training were. Where the target's column is there, too, how good the predictions are
is said on stderr.

JSON: {"model":"model.safetensors","data":"new.csv","rows":2,"predictions":["setosa","virginica"],
  "classes":["setosa","versicolor","virginica"],"probabilities":[[0.98,0.02,0],...],"accuracy":1}
probabilities with --probabilities; accuracy, or meanAbsoluteError and rSquared, where the target is there.

Exit codes: 0 done; 1 the model cannot be read, or the data do not fit it; 2 wrong usage.`;
}
