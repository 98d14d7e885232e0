/** Trees of parameters as tensors with names, and the way back. Names are those of PyTorch: the path through the tree with dots, in snake_case. */
import { ArgumentError, FileError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { isPlainObject } from "../../core/tree.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { describeType } from "../../tensor/print.ts";
import { sameShape, showShape } from "../../tensor/shape.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import { asLeaf, flattenTree, isLeaf, unflattenAs } from "../../tensor/tree.ts";
import { show } from "./cursor.ts";

/**
 * The leaves of a tree with their names, in the order of the tree: `[{ weight, bias }, {}, { runningMean }]` gives `0.weight`, `0.bias` and `2.running_mean`.
 * With `writeSafetensors` it makes a file that PyTorch's `load_state_dict` takes.
 *
 * @throws ArgumentError for a leaf alone, which has no name, and for two leaves of one name.
 * @example
 * ```ts
 * import { namedTensors, tensor, writeSafetensors } from "nabla";
 *
 * const parameters = [{ weight: tensor([[1, 2]]), bias: tensor([3]) }, {}, { runningMean: tensor([4]) }];
 * const named = namedTensors(parameters);
 * named.map(([name]) => name); // → [ '0.weight', '0.bias', '2.running_mean' ]
 * const bytes = writeSafetensors(named);
 * ```
 */
export function namedTensors(parameters: object): [string, Tensor][] {
  const call = "namedTensors";
  const { leaves } = flattenTree(parameters, call);
  const names = namesOf(parameters, call);
  return leaves.map((leaf, i) => [at(names, i), toTensor(leaf)]);
}

/** The names of the leaves in order. The tree has been flattened before, so that it is one. */
function namesOf(tree: object, call: string): string[] {
  const visit = (value: unknown, path: readonly string[]): string[] => {
    if (isLeaf(value)) return [path.join(".")];
    if (Array.isArray(value)) return value.flatMap((child, i) => visit(child, [...path, String(i)]));
    if (!isPlainObject(value)) return [];
    return Object.entries(value).flatMap(([key, child]) => visit(child, [...path, snakeCase(key)]));
  };
  const names = visit(tree, []);
  if (names.includes(""))
    throw new ArgumentError(`${call}: a tensor alone has no name; put it into an object, { weight }`);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new ArgumentError(`${call}: two leaves are called ${show(name)} in files; rename one of them`);
    seen.add(name);
  }
  return names;
}

/** `runningMean` as `running_mean`. */
const snakeCase = (key: string): string =>
  key.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What PyTorch's batch normalization counts and no layer here needs. */
const passedOver = /(^|\.)num_batches_tracked$/;

/**
 * Tensors by name as a tree of the structure of `like`, from which shapes and dtypes are taken too: floats are cast to the float dtype there.
 * `num_batches_tracked`, which PyTorch's batch normalization counts, is passed over.
 *
 * @param tensors as `readSafetensors` gives them.
 * @param like parameters of the network that is to be filled, such as those `init` draws.
 * @param name what errors call the file.
 * @throws FileError that lists what is missing, what is there without being asked for, and what is of another shape or kind.
 * @example
 * ```ts
 * import { parametersFrom, tensor, zeros } from "nabla";
 *
 * const tensors = new Map([["0.weight", tensor([[1, 2]])], ["0.bias", tensor([3])]]);
 * const [layer] = parametersFrom(tensors, [{ weight: zeros([1, 2]), bias: zeros([1]) }]);
 * layer?.bias; // → Tensor(float64 [1]) [3]
 * ```
 */
export function parametersFrom<P extends object>(
  tensors: ReadonlyMap<string, Tensor>,
  like: P,
  name = "the file",
): P {
  const { leaves, structure } = flattenTree(like, "parametersFrom");
  const wanted = namesOf(like, "parametersFrom").map((title, i): [string, Tensor] => [
    title,
    toTensor(at(leaves, i)),
  ]);
  checkFit(tensors, new Map(wanted), name);
  const filled = wanted.map(([title, x], i) => {
    const found = tensors.get(title) ?? x;
    return asLeaf(found.cast(x.dtype), at(leaves, i));
  });
  return unflattenAs<P>(structure, filled);
}

function checkFit(
  tensors: ReadonlyMap<string, Tensor>,
  wanted: ReadonlyMap<string, Tensor>,
  name: string,
): void {
  const missing = [...wanted].filter(([title]) => !tensors.has(title));
  const unexpected = [...tensors].filter(([title]) => !wanted.has(title) && !passedOver.test(title));
  const differing = [...wanted].flatMap(([title, x]) => {
    const found = tensors.get(title);
    return found === undefined || fits(found, x)
      ? []
      : [`${show(title)} is ${describeType(found)} and not ${describeType(x)}`];
  });
  const sentences = [
    ...(missing.length > 0 ? [`it lacks ${listed(missing.map(titled))}`] : []),
    ...(unexpected.length > 0 ? [`it has ${listed(unexpected.map(titled))} without place there`] : []),
    ...(differing.length > 0 ? [listed(differing)] : []),
  ];
  if (sentences.length === 0) return;
  throw new FileError(
    `${name} does not fit the parameters it is to fill: ${sentences.join("; ")}. Make the network as it was when it was saved (the same layers, of the same sizes), or rename the tensors.`,
  );
}

/** The same shape, and both floats or the same dtype. */
const fits = (found: Tensor, x: Tensor): boolean =>
  sameShape(found.shape, x.shape) && (found.dtype === x.dtype || (isFloat(found.dtype) && isFloat(x.dtype)));

const titled = ([title, x]: readonly [string, Tensor]): string => `${show(title)} ${showShape(x.shape)}`;

/** So many are named, and the rest counted. */
const most = 6;

function listed(items: readonly string[]): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
