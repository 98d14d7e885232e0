/** Training a network: a part of the flowers is set apart, and the best epoch is the answer. */
import { adamw, cosineDecay, dense, loadIris, predict, relu, sequential, summary, train } from "nabla";

const { measurements, species, names } = loadIris();
const model = sequential([dense({ inputs: 4, outputs: 16 }), relu, dense({ inputs: 16, outputs: 3 })]);
console.log(String(summary(model, [4])));

const result = await train(
  model,
  { inputs: measurements, targets: species, labels: names.species },
  {
    optimizer: ({ steps }) => adamw({ rate: cosineDecay({ from: 0.01, steps }) }),
    epochs: 60,
    batchSize: 16,
    standardize: "features",
    validation: 0.2,
    earlyStopping: 20,
    seed: 1,
  },
);
console.log(String(result));

const { labels, probabilities } = predict(result, [[6.1, 2.8, 4.7, 1.2]]);
console.log(labels?.[0], probabilities?.toArray());
