/** A compiled function is called as the function was; a step keeps its state's type. */

import { compile, compileStep, grad, type KernelChoice, type Tensor, tensor, useKernels, vmap } from "nabla";

type Parameters = { w: Tensor; b: Tensor };
const loss = ({ w, b }: Parameters, x: Tensor, scale: number) => x.matmul(w).add(b).mul(scale).sum();
const start: Parameters = { w: tensor([1]), b: tensor(0) };
const x = tensor([[1]]);

const value: Tensor = compile(loss)(start, x, 2);
const slope: Parameters = compile(grad(loss))(start, x, 2);
const energy: number = compile(([a, b]: [number, number]) => a * b)([1, 2]);
const stacked: Tensor = compile(vmap((row: Tensor) => row.sum()))(x);
const explained: string = compile(loss).explain();
const choice: KernelChoice = useKernels({ provider: "wasm", threads: 1 });

const descent = compileStep((now: Parameters, rate: number, batch: Tensor) => {
  const slopes = grad(loss)(now, batch, 1);
  const next = { w: now.w.sub(slopes.w.mul(rate)), b: now.b.sub(slopes.b.mul(rate)) };
  return [next, { loss: loss(now, batch, 1), rate }];
}, start);
const told: { loss: Tensor; rate: number } = descent.step(0.1, x);
const state: Parameters = descent.state();
descent.restore({ w: tensor([2]), b: tensor(1) });

export const used: unknown[] = [value, slope, energy, stacked, explained, choice, told, state];

// @ts-expect-error Expected 3 arguments, but got 2
compile(loss)(start, x);

// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'
compile(loss)(start, x, "2");

// @ts-expect-error Type 'Tensor' is not assignable to type 'number'
export const number: number = compile(loss)(start, x, 2);

// @ts-expect-error Expected 2 arguments, but got 1
descent.step(0.1);

// @ts-expect-error Property 'b' is missing in type '{ w: Tensor; }'
descent.restore({ w: tensor([2]) });

const forgets = ({ w }: Parameters): [{ w: Tensor }, number] => [{ w }, 0];
// @ts-expect-error Property 'b' is missing in type '{ w: Tensor; }'
compileStep(forgets, start);

const tellsNothing = (now: Parameters): [Parameters] => [now];
// @ts-expect-error Source has 1 element(s) but target requires 2
compileStep(tellsNothing, start);

const counts = (now: Parameters): [Parameters, number] => [now, 0];
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type
compileStep(counts, 1);

// @ts-expect-error Type '"blas"' is not assignable to type
useKernels({ provider: "blas" });
