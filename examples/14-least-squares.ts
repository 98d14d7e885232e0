/** A curve through measured points: residuals, a tree of parameters, a bound by a transform. */
import { leastSquares, positive } from "nabla";

const t = [0, 1, 2, 3, 4, 5];
const y = [2.9, 1.85, 1.1, 0.68, 0.41, 0.24];

const fit = leastSquares(
  ({ scale, rate }: { scale: number; rate: number }, times: number[], values: number[]) =>
    times.map((time, i) => scale * Math.exp(-rate * time) - (values[i] ?? 0)),
  { scale: 1, rate: 1 },
  { data: [t, y], parameters: { rate: positive() } },
);
console.log(fit.converged, fit.x.scale.toFixed(3), fit.x.rate.toFixed(3));
// prints:
// true 2.920 0.483
