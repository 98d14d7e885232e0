/** Einstein's summation convention, turned into transposes, sums and one matrix product a pair. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor, unify } from "../tensor.ts";
import { diag } from "./matrix.ts";

interface Labelled {
  readonly value: Tensor;
  readonly labels: readonly string[];
}

/**
 * Products summed over repeated letters: `einsum("ik,kj->ij", a, b)`. Without `->` the result has the
 * letters that occur once, in alphabetical order. A letter twice in one operand takes the diagonal.
 * Operands are contracted from left to right.
 *
 * @throws ArgumentError for a formula that makes no sense.
 * @throws ShapeError when lengths of one letter differ.
 *
 * ```ts
 * einsum("ij,j->i", [[1, 2], [3, 4]], [1, 10]); // → Tensor(float64 [2]) [21, 43]
 * ```
 */
export function einsum(formula: string, ...operands: readonly Operand[]): Tensor {
  if (typeof formula !== "string")
    throw new ArgumentError(`einsum: needs a formula such as "ij,jk->ik" first; got ${showValue(formula)}`);
  const { inputs, output } = parse(formula, operands.length);
  const terms = operands.map((operand, i): Labelled => label(formula, toTensor(operand), at(inputs, i)));
  checkLengths(formula, terms);
  const [head, ...rest] = terms;
  if (head === undefined) throw new ArgumentError("einsum: needs at least one operand");
  const result = rest.reduce<Labelled>((met, term, i) => {
    const later = new Set([...output, ...rest.slice(i + 1).flatMap((t) => t.labels)]);
    return contract(met, term, later);
  }, head);
  const kept = sumOut(result, new Set(output));
  return kept.value.transpose(output.map((letter) => kept.labels.indexOf(letter)));
}

function parse(formula: string, count: number): { inputs: string[][]; output: string[] } {
  const [left = "", right, ...others] = formula.replaceAll(" ", "").split("->");
  const inputs = left.split(",").map((letters) => [...letters]);
  const all = inputs.flat();
  const output =
    right === undefined
      ? [...new Set(all)].filter((l) => all.indexOf(l) === all.lastIndexOf(l)).sort()
      : [...right];
  if (others.length > 0 || ![...all, ...output].every((letter) => /^[a-zA-Z]$/.test(letter))) {
    throw new ArgumentError(
      `einsum: "${formula}" may hold letters, commas and one "->" (axes cannot be left out with "...")`,
    );
  }
  if (inputs.length !== count)
    throw new ArgumentError(`einsum: "${formula}" names ${inputs.length} operands; got ${count}`);
  const unknown = output.find((letter) => !all.includes(letter));
  if (unknown !== undefined)
    throw new ArgumentError(`einsum: "${formula}" asks for axis ${unknown}, which no operand has`);
  if (new Set(output).size !== output.length)
    throw new ArgumentError(`einsum: "${formula}" names an axis of the result twice`);
  return { inputs, output };
}

/** Names the axes; a letter named twice becomes the diagonal. */
function label(formula: string, value: Tensor, letters: readonly string[]): Labelled {
  if (letters.length !== value.rank) {
    throw new ShapeError(
      `einsum: "${letters.join("")}" in "${formula}" names ${letters.length} axes; the operand has shape ${showShape(value.shape)}`,
    );
  }
  const repeated = letters.findIndex((letter, i) => letters.indexOf(letter) < i);
  if (repeated < 0) return { value, labels: letters };
  const original = letters.indexOf(at(letters, repeated));
  if (value.shape[original] !== value.shape[repeated]) {
    throw new ShapeError(
      `einsum: "${formula}" takes the diagonal of axes of lengths ${value.shape[original]} and ${value.shape[repeated]}; they must be equal`,
    );
  }
  const others = letters.map((_, i) => i).filter((i) => i !== original && i !== repeated);
  const diagonal = diag(value.transpose([...others, original, repeated]));
  return label(formula, diagonal, [...others.map((i) => at(letters, i)), at(letters, original)]);
}

function checkLengths(formula: string, terms: readonly Labelled[]): void {
  const lengths = new Map<string, number>();
  for (const { value, labels } of terms) {
    for (const [axis, letter] of labels.entries()) {
      const known = lengths.get(letter);
      const length = at(value.shape, axis);
      if (known !== undefined && known !== length) {
        throw new ShapeError(
          `einsum: axis ${letter} of "${formula}" has length ${known} in one operand and ${length} in another (shapes ${terms.map((t) => showShape(t.value.shape)).join(", ")})`,
        );
      }
      lengths.set(letter, length);
    }
  }
}

/** Sums over the letters that nobody asks for. */
function sumOut({ value, labels }: Labelled, wanted: ReadonlySet<string>): Labelled {
  const gone = labels.flatMap((letter, axis) => (wanted.has(letter) ? [] : [axis]));
  return gone.length === 0
    ? { value, labels }
    : { value: value.sum(gone), labels: labels.filter((letter) => wanted.has(letter)) };
}

/** One matrix product of two operands: shared kept letters are the stack, shared others are summed. */
function contract(a: Labelled, b: Labelled, later: ReadonlySet<string>): Labelled {
  const left = sumOut(a, new Set([...later, ...b.labels]));
  const right = sumOut(b, new Set([...later, ...a.labels]));
  const shared = left.labels.filter((letter) => right.labels.includes(letter));
  const stack = shared.filter((letter) => later.has(letter));
  const summed = shared.filter((letter) => !later.has(letter));
  const rows = left.labels.filter((letter) => !shared.includes(letter));
  const columns = right.labels.filter((letter) => !shared.includes(letter));
  const [x, y] = unify(left.value, right.value);
  const lengthOf = (letter: string): number => {
    const axis = left.labels.indexOf(letter);
    return axis >= 0 ? at(x.shape, axis) : at(y.shape, right.labels.indexOf(letter));
  };
  const size = (letters: readonly string[]): number =>
    letters.reduce((product, letter) => product * lengthOf(letter), 1);
  const arrange = (
    value: Tensor,
    labels: readonly string[],
    groups: readonly (readonly string[])[],
  ): Tensor =>
    value.transpose(groups.flat().map((letter) => labels.indexOf(letter))).reshape(groups.map(size));
  const [one, two] = [
    arrange(x, left.labels, [stack, rows, summed]),
    arrange(y, right.labels, [stack, summed, columns]),
  ];
  const product = summed.length === 0 ? one.mul(two) : one.matmul(two);
  const labels = [...stack, ...rows, ...columns];
  return { value: product.reshape(labels.map(lengthOf)), labels };
}
