/** Imports Nabla and minimizes once. */
import { minimize } from "../../dist/node/src/index.js";

const { converged } = minimize(([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1]);
if (!converged) process.exitCode = 1;
