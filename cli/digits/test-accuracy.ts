/** How well the digits of the test are read. */

import type { EpochReport } from "../../src/train/index.ts";

/** The share of test digits that were right after an epoch, 0 to 1. */
export function testAccuracyOf({ validation }: Pick<EpochReport, "validation">): number {
  return validation?.metrics.accuracy ?? 0;
}
