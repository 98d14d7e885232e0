/** What is stored with a network's weights so that it can be used by somebody who has nothing but the file. Plain data. */
import type { Standardization } from "../../data/examples/standardization.ts";
import type { ColumnEncoding } from "../../data/tables/column-encoding.ts";
import type { LayerDescription } from "../../nn/layer.ts";

export type { ColumnEncoding, Standardization };

/** Everything but the weights. */
export interface ModelFacts {
  readonly format: "nabla-model";
  readonly version: 1;
  /** What the network is made of; left out where a function without a name is part of it, and then it cannot be saved as a model. */
  readonly model?: LayerDescription;
  /** Shape of one example: `[784]`, `[1, 28, 28]`. */
  readonly inputShape: readonly number[];
  readonly inputDtype: "float32" | "float64" | "int32";
  readonly standardization?: Standardization;
  /** The classes in the order of the outputs. */
  readonly labels?: readonly (string | number)[];
  /** Of models trained on a table: how its columns become inputs, and the name of the target's column. */
  readonly columns?: readonly ColumnEncoding[];
  readonly target?: string;
  /** The loss it was trained with: tells what outputs mean. */
  readonly loss: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> };
}
