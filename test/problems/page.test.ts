import { join } from "node:path";
import { expect, test } from "vitest";
import { testProblems } from "../../src/data/problems/index.ts";
import { root } from "../tools/tsc.ts";
import { pageOf } from "./page.ts";

test("docs/problems.md says what the records say", async () => {
  await expect(pageOf(testProblems)).toMatchFileSnapshot(join(root, "docs/problems.md"));
});
