/** `node scripts/methods-page.mjs` writes docs/methods.md from the cards of the methods, as built. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, root } from "./prepare.mjs";

/** @typedef {import("../src/solver/card.ts").MethodCard} MethodCard */
/** @typedef {import("../src/solver/card.ts").Setting} Setting */
/** @typedef {{ testsOf: (card: MethodCard) => string, exampleOf: (card: MethodCard) => string }} Texts */

/** Where the page lies. */
export const page = join(root, "docs", "methods.md");

/**
 * The page's text.
 * @param {readonly MethodCard[]} cards family by family
 * @param {Texts} texts
 * @returns {string}
 */
export function methodsPage(cards, texts) {
  const families = [...new Set(cards.map(({ family }) => family))];
  const overview = cards.map(
    (card) =>
      `| [${card.name}](#${card.name}) | ${card.family} | ${card.asks.join(", ")} | ${inMath(card.cost.time)} | ${inMath(card.cost.memory)} |`,
  );
  const parts = families.map((family) => {
    const members = cards.filter((card) => card.family === family);
    return `## ${capital(family)}\n\n${members.map((card) => section(card, texts)).join("\n")}`;
  });
  return `# The methods

Made from the methods' own cards by \`node scripts/methods-page.mjs\`; \`nabla methods <name>\` prints the same. In formulas
x is the point, f the function, g its gradient, r residuals; k is the number of variables, m that of residuals.

| method | family | asks for | work of a step | memory |
| --- | --- | --- | --- | --- |
${overview.join("\n")}

${parts.join("\n")}`;
}

/**
 * @param {MethodCard} card
 * @param {Texts} texts
 */
function section(card, { testsOf, exampleOf }) {
  const { name, title, summary, equation, paper, settings } = card;
  return `<a id="${name}"></a>

### ${title}

\`${factoryName(name)}()\` in programs, \`--method ${name}\` on the command line. ${summary}

$$${equation}$$

${settings.length === 0 ? "It has no settings.\n" : settingsTable(settings)}
Converged: ${testsOf(card)}.

Source: ${paper}.

\`\`\`sh
${exampleOf(card)}
\`\`\`
`;
}

/** @param {readonly Setting[]} settings */
function settingsTable(settings) {
  const rows = settings.map((setting) => {
    const symbol = setting.symbol === undefined ? "" : `$${setting.symbol}$`;
    const range = setting.kind === "number" ? setting.range : "a part";
    const cells = [
      `\`${setting.name}\``,
      symbol,
      `${setting.default}`,
      range,
      setting.meaning,
      setting.source,
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `| setting | symbol | default | range | meaning | the default's source |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/**
 * `levenbergMarquardt` for `levenberg-marquardt`.
 * @param {string} name
 */
function factoryName(name) {
  return name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/**
 * `$O(k^2)$` and the words around it.
 * @param {string} text
 */
function inMath(text) {
  return text.replaceAll(/O\([^)]*\)/g, (order) => `$${order}$`);
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (!ensureBuilt()) process.exit(1);
  /** @param {string} path */
  const built = (path) => import(pathToFileURL(join(root, "dist", path)).href);
  const { allMethods } = await built("src/minimize/index.js");
  const texts = await built("cli/card-text.js");
  const cards = allMethods().map((/** @type {{ card: MethodCard }} */ { card }) => card);
  writeFileSync(page, methodsPage(cards, texts));
  console.log(`Wrote ${page}.`);
}
