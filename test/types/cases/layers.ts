/** Networks know the parameters of each of their layers. */

import {
  activation,
  dense,
  dropout,
  type Layer,
  layerFrom,
  mlp,
  ones,
  type ParametersOf,
  randomKey,
  relu,
  residual,
  type SomeLayer,
  sequential,
  summary,
  type Tensor,
} from "nabla";

const network = sequential([
  dense({ inputs: 2, outputs: 3 }),
  relu,
  (x) => x.mul(2),
  dense({ inputs: 3, outputs: 1, bias: false }),
]);
const parameters = network.init(randomKey(1));
const weight: Tensor = parameters[0].weight;
const y: Tensor = network.apply(parameters, ones([4, 2]), { training: true, key: randomKey(2) });
const again: ParametersOf<typeof network> = [parameters[0], {}, {}, { weight: parameters[3].weight }];
const inner: Tensor = residual(network, { shortcut: relu }).init(randomKey(1)).inner[0].bias;
const layers: readonly SomeLayer[] = [
  network,
  dropout(),
  layerFrom(network.description),
  mlp({ inputs: 1, hidden: [], outputs: 1 }),
];
export const used: unknown[] = [
  weight,
  y,
  again,
  inner,
  layers,
  sequential(layers),
  String(summary(network)),
];

// @ts-expect-error Property 'bias' does not exist on type 'WeightAlone'
parameters[3].bias;

// @ts-expect-error has no element at index '4'
parameters[4];

// @ts-expect-error is not assignable to parameter of type
network.apply([parameters[0]], ones([4, 2]));

// @ts-expect-error Type 'number' is not assignable to type 'Part'
sequential([relu, 3]);

// @ts-expect-error Property 'outputs' is missing
dense({ inputs: 2 });

// @ts-expect-error 'slope' does not exist in type
activation("elu", { slope: 1 });

// @ts-expect-error Argument of type '"relo"' is not assignable to parameter of type
activation("relo");

/** A layer of one's own. */
export const scaling: Layer<{ readonly scale: Tensor }> = {
  name: "scaling",
  title: "scaling",
  description: undefined,
  init: () => ({ scale: ones([], "float32") }),
  apply: ({ scale }, x) => x.mul(scale),
};
export const scaled: Tensor = sequential([scaling]).init(randomKey(1))[0].scale;
