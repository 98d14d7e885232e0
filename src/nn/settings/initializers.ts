/** Settings that are initializers. */
import { isPlainObject } from "../../core/tree.ts";
import { describeInitializer, initializerFrom } from "../initializers/catalogue.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { LayerSetting } from "./setting.ts";

const rule = "an initializer, such as heNormal()";

function readInitializer(value: unknown): Initializer | undefined {
  if (isInitializer(value)) return value;
  return isPlainObject(value) ? initializerFrom(value) : undefined;
}

const isInitializer = (value: unknown): value is Initializer =>
  typeof value === "object" &&
  value !== null &&
  "draw" in value &&
  typeof value.draw === "function" &&
  "name" in value &&
  typeof value.name === "string";

/** What draws the weights. Somebody's own is left out where the layer is described. */
export function initializer(value: Initializer): LayerSetting<Initializer> {
  return { rule, default: value, read: readInitializer, write: describeInitializer };
}

/** Whether there is a bias, or what draws it. */
export const bias: LayerSetting<boolean | Initializer> = {
  rule: `true, false, or ${rule}`,
  default: true,
  read: (value) => (typeof value === "boolean" ? value : readInitializer(value)),
  // A bias that somebody's own initializer draws is a bias.
  write: (value) => (typeof value === "boolean" ? value : (describeInitializer(value) ?? true)),
};
