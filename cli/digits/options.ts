/** What `npm start -- …` may be told, and the refusal of everything else. */

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

/** The methods there are, in the order in which they run. */
const METHODS = ["momentum", "adam"] as const;

/** SGD with momentum, or Adam. */
export type MethodName = (typeof METHODS)[number];

/** How to train, and where to leave the report. */
export interface DigitsOptions {
  /** Each of them trains a network of its own. */
  readonly methods: readonly MethodName[];
  readonly epochs: number;
  readonly batchSize: number;
  /** The rate of the first step of SGD with momentum; it falls to zero along a straight line. */
  readonly rate: number;
  readonly momentum: number;
  /** The same of Adam. */
  readonly adamRate: number;
  readonly seed: number;
  readonly report: string;
  /** Train on the first so many digits; `undefined`: on all. */
  readonly limit: number | undefined;
  /** Print one JSON object on stdout, and everything else on stderr. */
  readonly json: boolean;
}

/** Either what was asked for, or the exit code when there is nothing to do (help was shown, a value refused). */
export type ParsedOptions =
  | { readonly kind: "run"; readonly options: DigitsOptions }
  | { readonly kind: "exit"; readonly code: number };

/**
 * Parses the arguments after the script's name. Help goes to stdout (code 0), a refusal to stderr (code 2).
 * Defaults of SGD: the fewest epochs that passed 97.5 % with every seed tried (rates 0.05 to 0.2, batches of 50 to 200). Adam's
 * rate: the best test accuracy of five tried with seed 1 and batches of 100 (0.001, 0.002, 0.003, 0.006, 0.01).
 */
export function parseOptions(args: readonly string[]): ParsedOptions {
  const command = new Command("npm start --")
    .description("Train a 784-128-10 network on the MNIST digits, test it, and write a report.")
    .option("--epochs <count>", "passes over the training digits", wholeNumber(1, 1000), 3)
    .option("--batch-size <count>", "digits per step", wholeNumber(1, 60_000), 100)
    .addOption(
      new Option("--method <name>", "train by one method only (default: by both, to compare)").choices(
        METHODS,
      ),
    )
    .option("--rate <number>", "first learning rate of SGD, falling linearly to 0", above(0), 0.15)
    .option("--momentum <number>", "share of SGD's velocity that each step keeps", fraction, 0.9)
    .option("--adam-rate <number>", "first learning rate of Adam, falling linearly to 0", above(0), 0.006)
    .option("--seed <number>", "seed of weights and shuffling", wholeNumber(0, 2 ** 32 - 1), 1)
    .option("--report <path>", "where to write the report", nonEmpty, "report.html")
    .option("--limit <count>", "train on the first so many digits", wholeNumber(1, 60_000))
    .option("--json", "print one JSON object on stdout", false)
    .helpOption("--help", "show this help")
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
    refuseUnused(command);
  } catch (error) {
    if (error instanceof CommanderError) return { kind: "exit", code: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
  const { method, limit, ...rest } = command.opts<Parsed>();
  return { kind: "run", options: { ...rest, limit, methods: method === undefined ? METHODS : [method] } };
}

/** What Commander makes of the arguments. */
interface Parsed extends Omit<DigitsOptions, "limit" | "methods"> {
  readonly limit?: number;
  readonly method?: MethodName;
}

/** The options that only one method reads. */
const OWNERS: Readonly<Record<"rate" | "momentum" | "adamRate", MethodName>> = {
  rate: "momentum",
  momentum: "momentum",
  adamRate: "adam",
};

/** An option of a method that does not run would be ignored without a word. */
function refuseUnused(command: Command): void {
  const { method } = command.opts<Parsed>();
  for (const [name, owner] of Object.entries(OWNERS)) {
    if (method === undefined || owner === method || command.getOptionValueSource(name) !== "cli") continue;
    const flag = command.options.find((option) => option.attributeName() === name)?.long;
    command.error(`error: ${flag} belongs to --method ${owner}, which does not run with --method ${method}.`);
  }
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

function above(least: number): (text: string) => number {
  return (text) => {
    const value = decimal(text);
    if (value > least) return value;
    throw new InvalidArgumentError(`Give a number above ${least}.`);
  };
}

function fraction(text: string): number {
  const value = decimal(text);
  if (value >= 0 && value < 1) return value;
  throw new InvalidArgumentError("Give a number from 0 to below 1.");
}

function nonEmpty(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("Give the path of a file.");
}

/** A decimal as people write it; NaN for what `Number` would also take (hexadecimal, blanks, Infinity). */
function decimal(text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}
