/** What `train` learns from. */
import type { Examples } from "../data/examples/examples.ts";
import type { Label } from "../data/labels.ts";
import type { ColumnEncoding } from "../data/tables/column-encoding.ts";

/** Examples, and what is to be stored with a model that is trained on them. What `tableExamples` gives is of this form. */
export interface TrainingExamples extends Examples {
  /** What the classes are called, where targets are their numbers. */
  readonly labels?: readonly Label[];
  /** How columns of a table became inputs. */
  readonly columns?: readonly ColumnEncoding[];
  /** The name of the target's column. */
  readonly target?: string;
}
