/** The bytes in the repository are those the sources compile to. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bytesFile, bytesText } from "../../../scripts/kernels.mjs";

test("bytes.ts is fresh; `node scripts/kernels.mjs` writes it anew", async () => {
  expect(readFileSync(bytesFile, "utf8") === (await bytesText())).toBe(true);
});
