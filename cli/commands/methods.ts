/** `nabla methods`: what methods there are, and what one of them does. */

import type { Command } from "commander";
import { allMethods } from "../../src/minimize/index.ts";
import type { MethodCard, Setting } from "../../src/solver/card.ts";
import { exampleOf, testsOf } from "../card-text.ts";
import { factoryOf } from "../minimize/method.ts";
import { colours, toJson, wrap } from "../output.ts";

/** Adds the command. */
export function addMethods(program: Command): void {
  const command = program
    .command("methods")
    .summary("the methods there are, and what each does")
    .description("Lists the methods for nabla minimize; with a name, says what that method does.")
    .argument("[name]", "one of them")
    .option("--json", "print one line of JSON")
    .addHelpText("after", "\nExit codes: 0 done, 2 wrong usage (such as an unknown name).");
  command.action((name: string | undefined, { json }: { readonly json?: true }) => {
    if (name === undefined) {
      const cards = allMethods().map(({ card }) => card);
      console.log(json ? toJson(cards) : showAll(cards));
    } else {
      const { card } = factoryOf(command, name);
      console.log(json ? toJson(card) : showCard(card));
    }
  });
}

/** Families in the order of their methods, each with a table. */
function showAll(cards: readonly MethodCard[]): string {
  const { bold, dim } = colours();
  const families = [...new Set(cards.map(({ family }) => family))];
  const names = padded(cards.map(({ name }) => name));
  const titles = padded(cards.map(({ title }) => title));
  const asks = padded(cards.map((card) => card.asks.join(", ")));
  const line = (card: MethodCard): string => {
    const i = cards.indexOf(card);
    return `  ${names[i]}  ${titles[i]}  ${asks[i]}  ${card.cost.time}`;
  };
  const parts = families.map((family) => {
    const lines = cards.filter((card) => card.family === family).map(line);
    return `${bold(family)}\n${lines.join("\n")}`;
  });
  const legend =
    "Name, title, what it asks for, work of a step for k variables. nabla methods <name> says more.";
  return `${parts.join("\n\n")}\n\n${dim(legend)}`;
}

function padded(texts: readonly string[]): string[] {
  const width = Math.max(...texts.map((text) => text.length));
  return texts.map((text) => text.padEnd(width));
}

/** Everything on the card, and how to call the method. */
function showCard(card: MethodCard): string {
  const { bold, dim } = colours();
  const rows: readonly (readonly [name: string, text: string])[] = [
    ["family", card.family],
    ...card.equation.split(/,?\s*\\quad\s*/).map((part, i) => [i === 0 ? "update" : "", part] as const),
    ["asks for", card.asks.join(", ")],
    ["cost", `${card.cost.time} time and ${card.cost.memory} memory a step, for k variables`],
    ["tests", testsOf(card)],
    ["paper", card.paper],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const facts = rows.map(
    ([name, text]) => `${bold(name.padEnd(width))}  ${wrap(text.split(" "), " ".repeat(width + 2))}`,
  );
  return [
    `${bold(card.title)}  ${dim(card.name)}`,
    wrap(card.summary.split(" "), ""),
    facts.join("\n"),
    ...(card.settings.length === 0
      ? []
      : [`${bold("settings")}\n${card.settings.map(showSetting).join("\n")}`]),
    `${bold("example")}\n  ${exampleOf(card)}`,
  ].join("\n\n");
}

function showSetting(setting: Setting): string {
  const { dim } = colours();
  const range = setting.kind === "number" ? ` in ${setting.range}` : "";
  const symbol = setting.symbol === undefined ? "" : `, ${setting.symbol}`;
  const first = `  ${setting.name}${symbol}: default ${setting.default}${range}`;
  const words = `${setting.meaning}; default: ${setting.source}`.split(" ");
  return `${first}\n    ${dim(wrap(words, " ".repeat(4)))}`;
}
