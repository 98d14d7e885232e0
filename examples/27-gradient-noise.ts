/** How good is the gradient of a mini-batch? Four times the examples halve its error; and how far may a step along it go? */
import { crossEntropy, curvatureAlongGradient, dense, gradientNoise, lossOf, normal, randomKey } from "nabla";

const inputs = normal(randomKey(1), [1000, 4]);
const examples = { inputs, targets: inputs.sum(1).greater(0).cast("int32") };
const model = dense({ inputs: 4, outputs: 2 });
const loss = lossOf(model, crossEntropy());
const parameters = model.init(randomKey(2));

// The standard error of batches that are drawn, beside σ/√m from the gradients of single examples.
const noise = gradientNoise(loss, parameters, examples, { sizes: [1, 4, 16, 64], repeats: 400, seed: 1 });
for (const { size, standardError, expected } of noise.sizes)
  console.log(size, standardError.toFixed(2), expected.toFixed(2));
console.log(noise.slope.toFixed(1));

// Slope and curvature of a step along the gradient, εgᵀg and ½ε²gᵀHg: at some rate they are equal.
const { largestRate } = curvatureAlongGradient(loss, parameters, examples, 1);
for (const share of [0.1, 0.9, 1.1])
  console.log(curvatureAlongGradient(loss, parameters, examples, share * largestRate).verdict.split(":")[0]);
// prints:
// 1 1.96 1.92
// 4 0.96 0.96
// 16 0.48 0.48
// 64 0.24 0.24
// -0.5
// well conditioned for the rate 1.305
// near the limit
// ill conditioned
