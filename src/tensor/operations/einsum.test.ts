/** Values made by NumPy 1.24.2; for random formulas, Einstein's sum written out as nested loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { einsum, matmul, type NestedArray, type Operand, type Tensor, tensor, zeros } from "../index.ts";

const a = [
  [1, 2, 3],
  [4, 5, 6],
];
const b = [
  [1, -1],
  [2, 0],
  [0.5, 3],
];
const s = [
  [2, 1],
  [7, -3],
];
const v = [1, 10, 100];

describe("values", () => {
  test.each([
    [
      "ik,kj->ij",
      [a, b],
      [
        [6.5, 8],
        [17, 14],
      ],
    ],
    [
      "ik,kj",
      [a, b],
      [
        [6.5, 8],
        [17, 14],
      ],
    ],
    [
      "ba",
      [a],
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      "ij->ji",
      [a],
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    ["ij->", [a], 21],
    ["ij->j", [a], [5, 7, 9]],
    ["ii", [s], -1],
    ["ii->i", [s], [2, -3]],
    ["i,i->", [v, v], 10101],
    [
      "i,j->ij",
      [v, v],
      [
        [1, 10, 100],
        [10, 100, 1000],
        [100, 1000, 10000],
      ],
    ],
    [
      "ij,ij->ij",
      [a, a],
      [
        [1, 4, 9],
        [16, 25, 36],
      ],
    ],
    ["ij,ij->", [a, a], 91],
    ["ij,j,ki->k", [a, v, s], [1296, 285]],
    [
      "ii,jj->ij",
      [s, s],
      [
        [4, -6],
        [-6, 9],
      ],
    ],
    [" i j , j -> i ", [a, v], [321, 654]],
    [",i->i", [2, v], [2, 20, 200]],
    ["ij,k->i", [a, v], [666, 1665]],
  ] as [string, Operand[], NestedArray][])("%s", (formula, operands, expected) =>
    expectTensor(einsum(formula, ...operands), expected),
  );
});

interface Formula {
  readonly inputs: readonly string[];
  readonly output: string;
}

const lengths: Readonly<Record<string, number>> = { a: 2, b: 3, c: 1, d: 2, e: 0 };

/** Letters of each operand, with repetitions, and some of them for the result. */
const formulas: fc.Arbitrary<Formula> = fc
  .array(fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "d", "e"), maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((inputs) =>
    fc.shuffledSubarray([...new Set(inputs.join(""))]).map((output) => ({ inputs, output: output.join("") })),
  );

/** Σ over all letters of the product of elements, one index at a time. */
function writtenOut({ inputs, output }: Formula, operands: readonly Tensor[]): Float64Array {
  const letters = [...new Set(inputs.join(""))];
  const size = [...output].reduce((product, letter) => product * (lengths[letter] ?? 0), 1);
  const result = new Float64Array(size);
  const data = operands.map((x) => x.toTypedArray());
  const place = (names: string, index: ReadonlyMap<string, number>): number =>
    [...names].reduce((offset, letter) => offset * (lengths[letter] ?? 0) + (index.get(letter) ?? 0), 0);
  const visit = (depth: number, index: Map<string, number>): void => {
    const letter = letters[depth];
    if (letter === undefined) {
      const product = inputs.reduce(
        (value, names, i) => value * (data[i]?.[place(names, index)] ?? Number.NaN),
        1,
      );
      const target = place(output, index);
      result[target] = (result[target] ?? 0) + product;
      return;
    }
    for (let i = 0; i < (lengths[letter] ?? 0); i++) visit(depth + 1, index.set(letter, i));
  };
  visit(0, new Map());
  return result;
}

test("random formulas agree with the sum written out", () => {
  const property = fc.property(formulas, (formula) => {
    let next = 0;
    const count = (): number => {
      next = (next * 7 + 3) % 11;
      return next - 5;
    };
    const operands = formula.inputs.map((letters) => {
      const shape = [...letters].map((letter) => lengths[letter] ?? 0);
      const size = shape.reduce((product, n) => product * n, 1);
      return tensor(Float64Array.from({ length: size }, count), { shape });
    });
    const actual = einsum(`${formula.inputs.join(",")}->${formula.output}`, ...operands);
    expect(actual.shape).toEqual([...formula.output].map((letter) => lengths[letter]));
    // Small whole numbers: every sum is exact.
    expect(Array.from(actual.toTypedArray(), (y) => y + 0)).toEqual(
      Array.from(writtenOut(formula, operands), (y) => y + 0),
    );
  });
  fc.assert(property, { seed: 2, numRuns: 300 });
});

test("gradient of a quadratic form xᵀAx is (A + Aᵀ)x", () => {
  expectTensor(
    gradient((x) => einsum("i,ij,j->", x, s, x), [1, 2]),
    [20, -4],
  );
});

test("dtypes promote as in matmul", () => {
  const [single, whole] = [tensor(a, "float32"), tensor(s, "int32")];
  expect(einsum("ij,kj->ik", single, single).dtype).toBe("float32");
  expect(einsum("ij,jk->ik", whole, single).dtype).toBe("float64");
  expect(matmul(whole, whole).dtype).toBe(einsum("ij,jk->ik", whole, whole).dtype);
});

test.each([
  ["ij,jk->ik", [a], /"ij,jk->ik" names 2 operands; got 1/],
  ["i.j->i", [a], /may hold letters, commas and one "->"/],
  ["...i->i", [a], /axes cannot be left out/],
  ["ij->i->j", [a], /one "->"/],
  ["ij->k", [a], /asks for axis k, which no operand has/],
  ["ij->ii", [a], /names an axis of the result twice/],
  ["ijk->i", [a], /"ijk" in "ijk->i" names 3 axes; the operand has shape \[2, 3\]/],
  [
    "ij,jk->ik",
    [a, a],
    /axis j of "ij,jk->ik" has length 3 in one operand and 2 in another \(shapes \[2, 3\], \[2, 3\]\)/,
  ],
  ["ii->i", [zeros([2, 3])], /diagonal of axes of lengths 2 and 3/],
] as const)("%s is refused", (formula, operands, message) => {
  expect(() => einsum(formula, ...operands)).toThrow(message);
});
