/** Training a network: a fifth of the flowers is set apart to judge by. */
import { adamw, cosineDecay, dense, loadIris, predict, relu, sequential, summary, train } from "nabla";

const { measurements, species, names } = loadIris();
const model = sequential([dense({ inputs: 4, outputs: 16 }), relu, dense({ inputs: 16, outputs: 3 })]);
console.log(summary(model).parameters);

const data = { inputs: measurements, targets: species, labels: names.species };
const result = await train(model, data, {
  optimizer: ({ steps }) => adamw({ rate: cosineDecay({ from: 0.01, steps }) }),
  epochs: 60,
  standardize: "features",
  validation: 0.2,
  seed: 1,
});
console.log(result.reason, (result.validation?.metrics.accuracy ?? 0) > 0.9);

const { labels, probabilities } = predict(result, [[6.1, 2.8, 4.7, 1.2]]);
console.log(labels, probabilities?.shape);

// prints:
// 131
// max-epochs true
// [ 'versicolor' ] [ 1, 3 ]
