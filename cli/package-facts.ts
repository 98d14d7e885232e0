/** What the package says about itself; read through its own name, which works from sources and from `dist` alike. */

import { createRequire } from "node:module";

/** Facts from `package.json`. */
export interface PackageFacts {
  readonly version: string;
  readonly description: string;
  /** The Node versions it supports, such as ">=20.19". */
  readonly node: string;
}

/** Reads the facts. */
export function packageFacts(): PackageFacts {
  const found: unknown = createRequire(import.meta.url)("nabla/package.json");
  return {
    version: text(found, "version"),
    description: text(found, "description"),
    node: text(found, "engines", "node"),
  };
}

function text(value: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
  return typeof found === "string" ? found : "unknown";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
