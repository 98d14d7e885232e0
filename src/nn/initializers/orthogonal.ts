/**
 * Weights that turn and do not stretch: rows of unit length at right angles (columns where there are more rows than columns). Saxe, McClelland & Ganguli
 * (2014), Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, section 3. Q of a normal matrix with the signs of R's diagonal
 * taken over is distributed evenly over all of them: Mezzadri (2007), How to generate random matrices from the classical compact groups.
 */
import { entry } from "../../core/vector.ts";
import { applyQ, qr } from "../../linalg/index.ts";
import { type Key, normal } from "../../tensor/operations/random.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { InitializerFactory } from "./initializer.ts";
import { gainSetting, initializerFactory } from "./initializer-factory.ts";

/** Options of `orthogonal`. */
export interface OrthogonalOptions {
  /** g in (0, ∞), the length of the rows. Default 1 (Saxe et al.: linear layers); `gainOf` has those of activations. */
  readonly gain?: number;
}

/**
 * An orthogonal matrix times g: `[out, …]` is seen as `out` rows. For deep networks, whose signals neither grow nor vanish.
 *
 * ```ts
 * import { eye, orthogonal, randomKey } from "nabla";
 * const w = orthogonal().draw(randomKey(1), [2, 3], { in: 3, out: 2 });
 * w.matmul(w.transpose()).sub(eye(2)).abs().max().item() < 1e-6; // → true
 * ```
 *
 * @throws ArgumentError for a gain that is not in (0, ∞).
 */
export const orthogonal: InitializerFactory<OrthogonalOptions> = initializerFactory<"gain">(
  {
    name: "orthogonal",
    title: "orthogonal",
    summary: "A matrix that turns and does not stretch. For deep networks and recurrent ones.",
    equation: "g Q,\\ Q^T Q = I",
    paper:
      "Saxe, McClelland & Ganguli (2014), Exact solutions to the nonlinear dynamics of learning, section 3",
    settings: [gainSetting(1, "Saxe et al. (2014): linear layers")],
  },
  ({ gain }) =>
    (key, shape) => {
      const [rows = 1, ...rest] = shape;
      const columns = sizeOf(rest);
      const [long, short] = rows >= columns ? [rows, columns] : [columns, rows];
      const data = new Float32Array(rows * columns);
      for (const [j, q] of orthonormal(key, long, short).entries())
        for (let i = 0; i < long; i++)
          data[rows >= columns ? i * columns + j : j * columns + i] = gain * entry(q, i);
      return new Tensor({ dtype: "float32", shape: [...shape] }, data);
    },
);

/** `count` vectors of `length` numbers, of unit length and at right angles. */
function orthonormal(key: Key, length: number, count: number): Float64Array[] {
  const drawn = Float64Array.from(normal(key, [length, count]).toTypedArray());
  const factored = qr(drawn, length, count);
  return Array.from({ length: count }, (_, j) => {
    const q = new Float64Array(length);
    q[j] = entry(factored.factors, j * count + j) < 0 ? -1 : 1;
    applyQ(factored, q);
    return q;
  });
}
