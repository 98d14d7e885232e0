/** A network of layers: what it is made of, what it gives, and itself again from its description. */
import { batchNorm, dense, layerFrom, ones, randomKey, relu, sequential, summary } from "nabla";

const hidden = dense({ inputs: 4, outputs: 8, bias: false });
const network = sequential([hidden, batchNorm({ features: 8 }), relu, dense({ inputs: 8, outputs: 3 })]);
console.log(String(summary(network)));

const parameters = network.init(randomKey(1));
const y = network.apply(parameters, ones([5, 4]));
console.log(parameters[3].weight.shape, y.shape);

const again = layerFrom(JSON.parse(JSON.stringify(network.description)));
const difference = again.apply(parameters, ones([5, 4])).sub(y);
console.log(difference.abs().max().item());
// prints:
// sequential of 4 layers, inputs [n, 4]
//
// layer             output  parameters  trained
// [0]  dense 4 → 8  [n, 8]          32       32
// [1]  batchNorm 8  [n, 8]          32       16
// [2]  relu         [n, 8]           0        0
// [3]  dense 8 → 3  [n, 3]          27       27
//
// 91 parameters, of which 75 are trained and 16 are running statistics
// [ 3, 8 ] [ 5, 3 ]
// 0
