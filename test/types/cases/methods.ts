/** Methods fit the problems that can answer them, and parts fit each other; everything else does not compile. */

import {
  adam,
  backtracking,
  bfgs,
  bfgsModel,
  compose,
  damping,
  gradientDescent,
  gradientModel,
  interval,
  iterate,
  leastSquares,
  levenberg,
  levenbergMarquardt,
  methods,
  minimize,
  nelderMead,
  positive,
  quasiNewtonDirection,
  steepest,
  strongWolfe,
} from "nabla";

const bowl = ([x, y]: [number, number]) => x * x + y * y;
const residuals = ([x, y]: [number, number]) => [x - 1, y - 2];

const { x: point } = minimize(bowl, [1, 2], { method: bfgs() });
const first: number = point[0];
minimize(({ a, b }) => a * a + b[0] * b[0], { a: first, b: [1] as [number] }).x.b[0].toFixed();
minimize((x) => (x - 1) ** 2, 3).x.toFixed();
minimize(([x, y]) => x + y, [1, 2]).x satisfies [number, number];
minimize((x, k: number) => (x - k) ** 2, 3, { data: [2] });
minimize((x, k) => (x - k) ** 2, 3, { data: [2] });
leastSquares(residuals, [0, 0], { method: levenbergMarquardt() });
leastSquares(residuals, [0, 0], { method: bfgs() });
leastSquares(residuals, [0, 0], { method: nelderMead() });
gradientDescent({ search: strongWolfe() });
minimize({ value: bowl, gradient: ([x, y]) => [2 * x, 2 * y] }, [1, 2]);
minimize(bowl, [1, 2], { parameters: [positive(), interval(0, 3)], onStep: ({ x }) => x[0] > 3 && "stop" });
for (const { x } of iterate(bowl, [1, 2])) x satisfies [number, number];

for (const make of Object.values(methods.smooth)) minimize(bowl, [1, 2], { method: make() });

// @ts-expect-error Type '"jacobian"' is not assignable to type 'ObjectiveWant'
minimize(bowl, [1, 2], { method: levenbergMarquardt() });

// @ts-expect-error Type 'string' is not assignable to type 'Method<
minimize(bowl, [1, 2], { method: "bfgs" });

// @ts-expect-error is missing the following properties from type 'Method<
minimize(bowl, [1, 2], { method: bfgs });

const byGain = damping({ damping: 0, increase: 2, decrease: 3, floor: 0 });
// @ts-expect-error Type '"damping"' is not assignable to type '"length"'
compose({ model: bfgsModel(), descent: quasiNewtonDirection(), search: byGain });

// @ts-expect-error hessian
compose({ model: gradientModel(), descent: levenberg(), search: backtracking() });

// @ts-expect-error Type 'Belief' is missing the following properties from type 'InverseBelief': H
compose({ model: gradientModel(), descent: quasiNewtonDirection(), search: backtracking() });

compose({ model: gradientModel(), descent: steepest(), search: backtracking() });

// @ts-expect-error 'gradients' does not exist in type 'Tolerance'
minimize(bowl, [1, 2], { tolerance: { gradients: 1e-8 } });

// @ts-expect-error 'learningRate' does not exist in type
adam({ learningRate: 0.1 });

// @ts-expect-error Cannot assign to 'x' because it is a read-only property
minimize(bowl, [1, 2]).x = [0, 0];

// @ts-expect-error Type 'string' is not assignable to type
minimize(bowl, [1, "2"]);
