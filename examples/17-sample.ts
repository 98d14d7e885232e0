/** Samples instead of a minimum: Metropolis-Hastings on the energy −log p of a correlated Gaussian. */
import { metropolisHastings, sample } from "nabla";

const energy = ([x, y]: [number, number]) =>
  (2 * (x - 1) ** 2 - 1.6 * (x - 1) * (y + 2) + (y + 2) ** 2) / 2.72;

const drawn = sample(energy, [0, 0], { method: metropolisHastings({ samples: 20_000, seed: 1 }) });
const [x, y] = drawn.mean;
console.log(drawn.samples.length, Math.abs(x - 1) < 0.1, Math.abs(y + 2) < 0.1);
console.log(drawn.acceptanceRate > 0.1 && drawn.acceptanceRate < 0.6);
// prints:
// 20000 true true
// true
