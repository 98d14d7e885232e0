/** Parts of examples: those that are set apart for a test, and the few of `--limit`, drawn from the seed. */

import { readExampleArray } from "../../../src/data/examples/example-array.ts";
import { takeRows } from "../../../src/data/examples/rows.ts";
import { splitExamples } from "../../../src/data/index.ts";
import { randomKey, splitKey } from "../../../src/tensor/index.ts";
import { countOf, type Part } from "./dataset.ts";

/** Both sides of a split. */
interface Divided {
  readonly kept: Part;
  readonly apart: Part;
}

/** Sets a share apart for a test; classes are in both parts in the same proportions. */
export function setApart(part: Part, share: number, seed: number): Divided {
  return divided(part, share, splitKey(randomKey(seed))[0]);
}

/** So many of the examples at most. */
export function limited(part: Part, limit: number | undefined, seed: number): Part {
  const count = countOf(part);
  if (limit === undefined || limit >= count) return part;
  return divided(part, limit / count, splitKey(randomKey(seed))[1]).apart;
}

function divided(part: Part, share: number, key: ReturnType<typeof randomKey>): Divided {
  const { targets } = part;
  const stratify = targets.data instanceof Int32Array ? { stratify: targets.data } : {};
  const { training, validation } = splitExamples(countOf(part), share, key, stratify);
  return { kept: taken(part, training), apart: taken(part, validation) };
}

function taken({ inputs, targets }: Part, rows: Int32Array): Part {
  return {
    inputs: takeRows(readExampleArray("train", inputs, "inputs"), rows),
    targets: takeRows(readExampleArray("train", targets, "targets"), rows),
  };
}
