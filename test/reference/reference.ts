/**
 * Reference answers that stay outside of the project: read from `NABLA_REFERENCE`, else from `../shared/reference` beside it.
 * Tests that need them are skipped where they are missing, unless `NABLA_REQUIRE_REFERENCE=1`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { root } from "../tools/tsc.ts";

const folder = process.env.NABLA_REFERENCE ?? join(root, "..", "shared", "reference");
const isRequired = process.env.NABLA_REQUIRE_REFERENCE === "1";

/** One test by a reference file, which is parsed when the test runs. */
export function referenceTest(name: string, file: string, check: (reference: unknown) => void): void {
  const path = join(folder, file);
  if (existsSync(path) || isRequired) test(name, () => check(readReference(path)));
  else test.skip(`${name} (skipped: there is no ${path}; set NABLA_REFERENCE)`, () => {});
}

function readReference(path: string): unknown {
  if (!existsSync(path)) {
    throw new Error(
      `NABLA_REQUIRE_REFERENCE=1, but there is no ${path}; set NABLA_REFERENCE to the reference data`,
    );
  }
  return JSON.parse(readFileSync(path, "utf8"));
}
