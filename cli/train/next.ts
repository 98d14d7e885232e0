/** What to do next: commands that go on from a training. */

import { commandText, quoted } from "./command-text.ts";
import { exampleShape } from "./data/dataset.ts";
import type { Findings } from "./running.ts";
import type { Left } from "./show/conclusion.ts";
import { shortNumber } from "./show/figures.ts";
import type { Task } from "./task.ts";

/** Something to try. */
export interface NextCommand {
  readonly command: string;
  /** What it does, in a few words. */
  readonly meaning: string;
}

/** So many are enough. */
const most = 3;

/** The commands that make sense after a training, by how it ended and what it left. */
export function nextCommands({ task, result }: Findings, left: Left): NextCommand[] {
  if (result.reason === "aborted") return [continued(task, left)];
  const isTooFast =
    result.reason === "non-finite" || result.warnings.some(({ kind }) => kind === "rate-too-high");
  const found = isTooFast
    ? [slower(task), search(task)]
    : [used(task, left), another(task), reported(task, left), search(task)];
  return found.filter((command) => command !== undefined).slice(0, most);
}

function continued(task: Task, { checkpoint }: Left): NextCommand {
  return checkpoint === undefined
    ? { command: `${commandText(task)} --checkpoint run`, meaning: "can be continued when interrupted" }
    : { command: `nabla train --resume ${quoted(checkpoint)}`, meaning: "continues the run" };
}

function slower(task: Task): NextCommand | undefined {
  const { rate } = task.optimizer;
  if (rate === undefined || task.given.optimizer?.includes("rate")) return undefined;
  return {
    command: commandText(task, { lr: Number(shortNumber(rate / 10)) }),
    meaning: "takes a tenth of the rate",
  };
}

function used(task: Task, { saved, checkpoint }: Left): NextCommand {
  const model = saved ?? checkpoint;
  if (model === undefined)
    return { command: `${commandText(task)} --save model.safetensors`, meaning: "keeps the model" };
  const data = task.dataset.table === undefined ? task.data : "new.csv";
  return { command: `nabla predict ${quoted(model)} ${quoted(data)}`, meaning: "uses the model" };
}

/** Smaller images lenet cannot look at. */
const leastSide = 12;

/** A model that can do more. */
function another(task: Task): NextCommand | undefined {
  const { model, dataset } = task;
  const [, height = 0, width = 0] = exampleShape(dataset);
  if (model.kind === "mlp" && dataset.isImages && height === width && height >= leastSide)
    return {
      command: commandText(task, { model: "lenet" }),
      meaning: "looks at neighbouring pixels together",
    };
  if (model.kind === "logistic" || model.kind === "linear")
    return {
      command: commandText(task, { model: "mlp:32" }),
      meaning: "learns what is no sum of the features",
    };
  return undefined;
}

function reported(task: Task, { report }: Left): NextCommand | undefined {
  if (report !== undefined) return undefined;
  return { command: `${commandText(task)} --report report.html`, meaning: "shows the learning curves" };
}

function search(task: Task): NextCommand | undefined {
  if (task.optimizer.rate === undefined) return undefined;
  const { lr: _, schedule: __, earlyStopping: ___, epochs: ____, ...rest } = task.given;
  return {
    command: `${commandText({ ...task, given: rest })} --find-rate`,
    meaning: "looks for a better rate",
  };
}
