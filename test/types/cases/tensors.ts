/** Tensor functions take tensors, numbers and arrays of them; dtypes are a closed list. */

import { add, mapTree, ravel, reshape, type Tensor, tensor, where, zeros } from "nabla";

const x = tensor([1, 2]);
const sum: Tensor = add(x, [1, 2]);
const doubled: { a: Tensor; b: Tensor[] } = mapTree((leaf) => add(leaf, leaf), { a: x, b: [1] });
const back: { a: Tensor } = ravel({ a: x }).unravel(x);
export const used: unknown[] = [sum, doubled, back];

// @ts-expect-error Argument of type '"1"' is not assignable to parameter of type 'Operand'
add(x, "1");

// @ts-expect-error Argument of type '{}' is not assignable to parameter of type 'Operand'
where(true, {}, x);

// @ts-expect-error is not assignable to parameter of type 'Dtype
zeros([2], "float16");

// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'Shape'
reshape(x, 2);

// @ts-expect-error Cannot assign to 'shape' because it is a read-only property
x.shape = [2, 1];

// @ts-expect-error The left-hand side of an arithmetic operation must be of type
export const product: number = x * 2;
