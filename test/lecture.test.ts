/** The examples of the optimisation lecture, worked by hand there, in plain arithmetic and with tensors. */
import { describe, expect, test } from "vitest";
import {
  directionalDerivative,
  dot,
  grad,
  hessian,
  matmul,
  square,
  sum,
  type Tensor,
  tensor,
} from "../src/index.ts";

type Triple = [number, number, number];
const A = [
  [2, 1, 0],
  [3, 4, -1],
  [0, 5, 6],
];
const x: Triple = [1, -2, 3];
const w: Triple = [0.5, 2, -1];

describe("f(W) = 3 w₁ w₂ + w₃ has the gradient (3 w₂, 3 w₁, 1)", () => {
  test("plain", () => {
    expect(grad(([w1, w2, w3]: Triple) => 3 * w1 * w2 + w3)([2, 5, 7])).toEqual([15, 6, 1]);
  });
  test("tensors", () => {
    const f = (v: Tensor) => v.at(0).mul(v.at(1)).mul(3).add(v.at(2));
    expect(grad(f)(tensor([2, 5, 7])).toArray()).toEqual([15, 6, 1]);
  });
});

describe("wᵀx has the gradient w", () => {
  test("plain", () => {
    const f = (v: Triple, u: Triple) => v.reduce((total, vi, i) => total + vi * (u[i] ?? 0), 0);
    expect(grad(f)(x, w)).toEqual(w);
    expect(directionalDerivative(f)(x, [1, 0, 2], w), "wᵀp along p").toBe(0.5 - 2);
  });
  test("tensors", () => {
    const f = (v: Tensor, u: Tensor) => dot(u, v);
    expect(grad(f)(tensor(x), tensor(w)).toArray()).toEqual(w);
    expect(directionalDerivative(f)(tensor(x), tensor([1, 0, 2]), tensor(w)).item()).toBe(-1.5);
  });
});

describe("‖w‖² has the gradient 2w and the Hessian 2I", () => {
  const identity = [
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 2],
  ];
  test("plain", () => {
    const f = (v: Triple) => v.reduce((total, vi) => total + vi ** 2, 0);
    expect(grad(f)(w)).toEqual([1, 4, -2]);
    expect(hessian(f)(w)).toEqual(identity);
  });
  test("tensors", () => {
    const f = (v: Tensor) => sum(square(v));
    expect(grad(f)(tensor(w)).toArray()).toEqual([1, 4, -2]);
    expect(hessian(f)(tensor(w)).toArray()).toEqual(identity);
  });
});

describe("½ xᵀAx has the gradient ½ (A + Aᵀ) x and the Hessian ½ (A + Aᵀ)", () => {
  const symmetric = [
    [2, 2, 0],
    [2, 4, 2],
    [0, 2, 6],
  ];
  const gradient = [-2, 0, 14];
  const p: Triple = [1, 2, -1];
  test("plain", () => {
    const f = (v: Triple, M: number[][]) => {
      let total = 0;
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) total += (v[i] ?? 0) * (M[i]?.[j] ?? 0) * (v[j] ?? 0);
      return total / 2;
    };
    expect(grad(f)(x, A)).toEqual(gradient);
    expect(hessian(f)(x, A)).toEqual(symmetric);
    expect(directionalDerivative(f)(x, p, A), "½ pᵀ(A + Aᵀ)x").toBe(-16);
  });
  test("tensors", () => {
    const f = (v: Tensor, M: Tensor) => dot(v, matmul(M, v)).div(2);
    expect(grad(f)(tensor(x), tensor(A)).toArray()).toEqual(gradient);
    expect(hessian(f)(tensor(x), tensor(A)).toArray()).toEqual(symmetric);
    expect(directionalDerivative(f)(tensor(x), tensor(p), tensor(A)).item()).toBe(-16);
  });
});

describe("Booth's function at [9, 8]", () => {
  test("plain", () => {
    const booth = ([a, b]: [number, number]) => (a + 2 * b - 7) ** 2 + (2 * a + b - 5) ** 2;
    expect(grad(booth)([9, 8])).toEqual([120, 114]);
    expect(hessian(booth)([9, 8])).toEqual([
      [10, 8],
      [8, 10],
    ]);
    expect(grad(booth)([1, 3]), "its minimum").toEqual([0, 0]);
  });
  test("tensors", () => {
    const M = tensor([
      [1, 2],
      [2, 1],
    ]);
    const booth = (v: Tensor) => sum(square(matmul(M, v).sub([7, 5])));
    expect(grad(booth)(tensor([9, 8])).toArray()).toEqual([120, 114]);
    expect(hessian(booth)(tensor([9, 8])).toArray()).toEqual([
      [10, 8],
      [8, 10],
    ]);
  });
});
