/** IDX files on disk, compressed or not, and pairs of them as examples; Node only. */
import { showValue } from "../core/checks.ts";
import { ArgumentError, FileError } from "../core/errors.ts";
import type { ShapedArray } from "./examples/example-array.ts";
import { beginning, findFile, isPacked, mostBytesOf, unpack } from "./files.ts";
import { type IdxArray, readIdx, readIdxHeader } from "./idx.ts";

/**
 * Reads an IDX file; where there is none of this name but one with `.gz`, that one. A compressed file is unpacked no further than its header
 * promises, and not at all where it could not hold that much.
 *
 * @param hint what would help where the file is missing. Default "check its name".
 * @throws FileError with file and offset for a file that is missing, damaged, or not exactly one IDX array.
 */
export function readIdxFile(file: string, hint = "check its name"): IdxArray {
  if (typeof file !== "string")
    throw new ArgumentError(`readIdxFile: needs the path of a file; got ${showValue(file)}`);
  const found = findFile(file, hint);
  if (!isPacked(found.bytes)) return readIdx(found.bytes, found.name);
  const start = beginning(found);
  // Damage is complained of by whoever unpacks it.
  const promised = start.length < 4 ? mostBytesOf(found) : readIdxHeader(start, found.name).end;
  if (promised > mostBytesOf(found))
    throw new FileError(
      `${found.name}: its header (offset 4) promises ${promised} bytes, more than its ${found.bytes.length} can unpack to; fetch the file again.`,
    );
  return readIdx(unpack(found, promised + 1), found.name);
}

/** Examples from a pair of IDX files. */
export interface IdxExamples {
  /** As in the file: bytes stay bytes; `[n, 28, 28]`. */
  readonly inputs: ShapedArray;
  /** The number of each example's class, `[n]`. */
  readonly targets: Int32Array;
  /** How many classes there are: as said, or one more than the largest label. */
  readonly classes: number;
}

/** Where the number of classes is not said, more are taken for a damaged file. */
const mostClasses = 2 ** 16;

/**
 * Reads inputs and labels from a pair of IDX files such as MNIST's, compressed or not.
 *
 * @param classes how many classes there are; default one more than the largest label.
 * @throws FileError with file and offset for damaged files, numbers of examples that differ, labels out of range, and inputs that are not
 *   finite.
 */
export function loadIdxPair(inputsFile: string, labelsFile: string, classes?: number): IdxExamples {
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes > 0))
    throw new ArgumentError(
      `loadIdxPair: the number of classes is a whole number from 1; got ${showValue(classes)}`,
    );
  const inputs = readIdxFile(inputsFile);
  const labels = readIdxFile(labelsFile);
  const [count = 0] = inputs.shape;
  if (inputs.shape.length === 0 || inputs.data.length === 0)
    throw new FileError(
      `${inputsFile} holds no examples: its shape is [${inputs.shape.join(", ")}] (offset 4).`,
    );
  if (labels.shape.length !== 1)
    throw new FileError(
      `${labelsFile} holds ${labels.dtype} of shape [${labels.shape.join(", ")}] (offset 4); labels are [n]. Are the two files swapped?`,
    );
  if (labels.data.length !== count)
    throw new FileError(
      `${inputsFile} holds ${count} examples and ${labelsFile} ${labels.data.length} labels; take both from one source.`,
    );
  checkLabels(labels, labelsFile, classes);
  checkFinite(inputs, inputsFile);
  const targets = Int32Array.from(labels.data);
  const largest = targets.reduce((most, label) => Math.max(most, label), 0);
  return { inputs: { data: inputs.data, shape: inputs.shape }, targets, classes: classes ?? largest + 1 };
}

/** Where a value stands in its file. */
function offsetOf({ data, shape }: IdxArray, index: number): number {
  return 4 + 4 * shape.length + data.BYTES_PER_ELEMENT * index;
}

function checkLabels(labels: IdxArray, file: string, classes: number | undefined): void {
  const limit = classes ?? mostClasses;
  for (const [i, label] of labels.data.entries()) {
    if (Number.isInteger(label) && label >= 0 && label < limit) continue;
    const rule = classes === undefined ? `whole numbers below ${limit}` : `0 to ${classes - 1}`;
    throw new FileError(
      `${file} has label ${label} at offset ${offsetOf(labels, i)}; labels are ${rule}. Check that this is the right file${classes === undefined ? "" : ", and the number of classes"}.`,
    );
  }
}

function checkFinite(inputs: IdxArray, file: string): void {
  if (inputs.dtype !== "float32" && inputs.dtype !== "float64") return;
  const wrong = inputs.data.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  const example = Math.floor(wrong / (inputs.data.length / (inputs.shape[0] ?? 1)));
  throw new FileError(
    `${file} has ${inputs.data[wrong]} at offset ${offsetOf(inputs, wrong)}, in example ${example}; inputs are finite. Mend the file, or leave that example out.`,
  );
}
