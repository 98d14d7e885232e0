/** A network of two layers against PyTorch; `two-layer.json` says how its numbers were made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  grad,
  hvp,
  logSoftmax,
  matmul,
  mean,
  oneHot,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { expectClose } from "../tools/close.ts";

interface Parameters<T> {
  readonly w1: T;
  readonly b1: T;
  readonly w2: T;
  readonly b2: T;
}

type Values = Parameters<number[] | number[][]>;

interface Reference {
  readonly x: number[][];
  readonly labels: number[];
  readonly point: Values;
  readonly direction: Values;
  readonly loss: number;
  readonly gradient: Values;
  readonly hessianVectorProduct: Values;
}

const reference = JSON.parse(readFileSync(join(import.meta.dirname, "two-layer.json"), "utf8")) as Reference;
const tensors = ({ w1, b1, w2, b2 }: Values): Parameters<Tensor> => ({
  w1: tensor(w1),
  b1: tensor(b1),
  w2: tensor(w2),
  b2: tensor(b2),
});

function loss({ w1, b1, w2, b2 }: Parameters<Tensor>, x: Tensor, labels: Tensor): Tensor {
  const scores = matmul(tanh(matmul(x, w1).add(b1)), w2).add(b2);
  return mean(sum(logSoftmax(scores).mul(labels), 1)).neg();
}

test("loss, gradient and Hessian-vector product of every layer", () => {
  const point = tensors(reference.point);
  const data = [tensor(reference.x), oneHot(tensor(reference.labels, "int32"), 2)] as const;
  expectClose(loss(point, ...data), reference.loss, 1e-10);
  const gradient = grad(loss)(point, ...data);
  const product = hvp(loss)(point, tensors(reference.direction), ...data);
  for (const name of ["w1", "b1", "w2", "b2"] as const) {
    expectClose(gradient[name], reference.gradient[name], 1e-10);
    expectClose(product[name], reference.hessianVectorProduct[name], 1e-10);
    expect(gradient[name].shape).toEqual(point[name].shape);
  }
});
