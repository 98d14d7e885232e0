/** `nabla diff`: value, gradient and Hessian of a formula at a point. */

import { type Command, InvalidArgumentError } from "commander";
import { grad, hessian } from "../../src/autodiff/index.ts";
import {
  type Formula,
  formulaConstants,
  formulaFunctions,
  parseFormula,
} from "../../src/expression/formula/index.ts";
import { alignPoints, colours, showNumber, table, toJson, wrap } from "../output.ts";
import { inOrder, type Point, pointOf } from "../point.ts";
import { collect } from "../values.ts";

type Order = 0 | 1 | 2;

interface DiffOptions {
  readonly at?: readonly string[];
  readonly order: Order;
  readonly json?: true;
}

/** What is printed as JSON: the gradient from order 1, the Hessian from order 2. */
interface Derivatives {
  readonly value: number;
  readonly gradient?: Point;
  readonly hessian?: Readonly<Record<string, Point>>;
}

/** Adds the command. */
export function addDiff(program: Command): void {
  const command = program
    .command("diff")
    .summary("value, gradient and Hessian of a formula")
    .description(
      'Prints value, gradient and Hessian of a formula such as "x^2*y" at a point. Derivatives are exact.',
    )
    .argument("<formula>", "the formula, in quotes")
    .option("--at <values>", "values of the variables: x=1,y=2 (may be given several times)", collect)
    .option("--order <number>", "0: value; 1: and gradient; 2: and Hessian", readOrder, 2)
    .option("--json", "print one line of JSON with all digits")
    .addHelpText("after", help());
  command.action((text: string, options: DiffOptions) => {
    const formula = parseFormula(text);
    const point = inOrder(pointOf(command, "--at", formula.variables, options.at ?? []), formula.variables);
    const derivatives = differentiate(formula, point, options.order);
    console.log(options.json ? toJson(derivatives) : show(formula, point, derivatives));
  });
}

function readOrder(text: string): Order {
  if (text === "0") return 0;
  if (text === "1") return 1;
  if (text === "2") return 2;
  throw new InvalidArgumentError("The order is 0, 1 or 2.");
}

function differentiate({ f, variables }: Formula, point: Point, order: Order): Derivatives {
  const value = f(point);
  if (order === 0) return { value };
  if (variables.length === 0)
    return order === 1 ? { value, gradient: {} } : { value, gradient: {}, hessian: {} };
  const gradient = grad(f)(point);
  return order === 1 ? { value, gradient } : { value, gradient, hessian: hessian(f)(point) };
}

function show({ variables }: Formula, point: Point, { value, gradient, hessian }: Derivatives): string {
  const { bold, dim } = colours();
  const where = variables.map((name) => `${name} = ${showNumber(point[name] ?? Number.NaN)}`).join(", ");
  const parts = [`${bold("value")}  ${showNumber(value)}${where === "" ? "" : dim(`  at ${where}`)}`];
  if (gradient !== undefined && variables.length > 0) {
    const column = alignPoints(variables.map((name) => gradient[name] ?? Number.NaN));
    parts.push(`${bold("gradient")}\n${table([variables, column])}`);
  }
  if (hessian !== undefined && variables.length > 0) {
    const columns = variables.map((name) => [
      name,
      ...alignPoints(variables.map((row) => hessian[row]?.[name] ?? Number.NaN)),
    ]);
    parts.push(`${bold("Hessian")}\n${table([["", ...variables], ...columns])}`);
  }
  return parts.join("\n\n");
}

function help(): string {
  return `
Examples:
  nabla diff "x^2*y" --at x=1,y=2
  nabla diff "b1*(1-exp(-b2*x))" --at "b1=239 b2=5.5e-4 x=77.6" --json
  nabla diff "x > 0 ? sqrt(x) : 0" --at x=pi/2 --order 1

Formulas: + - * / % ^, comparisons, && || !, condition ? a : b. Products are written: 2*x.
Constants: ${[...formulaConstants.keys()].join(" ")}
Functions: ${wrap(formulaFunctions, " ".repeat(11))}

JSON: {"value":2,"gradient":{"x":4,"y":1},"hessian":{"x":{"x":4,"y":2},"y":{"x":2,"y":0}}}
with --order 1 no hessian, with --order 0 no gradient either. JSON has no NaN and no infinities:
they are the strings "NaN", "Infinity" and "-Infinity".

Exit codes: 0 done, 1 no formula or not differentiable, 2 wrong usage (such as a missing value).`;
}
