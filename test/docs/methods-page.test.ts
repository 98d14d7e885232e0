/** docs/methods.md says what the cards say. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exampleOf, testsOf } from "../../cli/card-text.ts";
import { methodsPage, page } from "../../scripts/methods-page.mjs";
import { allMethods } from "../../src/minimize/index.ts";

test("docs/methods.md is fresh; `node scripts/methods-page.mjs` writes it anew", () => {
  const cards = allMethods().map(({ card }) => card);
  expect(readFileSync(page, "utf8")).toBe(methodsPage(cards, { exampleOf, testsOf }));
});
