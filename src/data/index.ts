/** Data sets and readers of their formats, `nabla/data`; `loadMnist` needs Node, the readers do not. */

export { type IdxArray, readIdx } from "./idx.ts";
export { loadMnist, MNIST_SIDE, type Mnist, type MnistSplit } from "./mnist.ts";
