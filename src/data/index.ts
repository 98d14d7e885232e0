/** Data sets and readers of their formats, `nabla/data`; what reads files needs Node, everything else is in `nabla` too. */

export * from "./anywhere.ts";
export { readCsvFile } from "./csv/csv-file.ts";
export { type IdxExamples, loadIdxPair, readIdxFile } from "./idx-file.ts";
export { loadMnist, MNIST_SIDE, type Mnist, type MnistSplit } from "./mnist.ts";
export { type MnistExamples, type MnistExamplesOptions, mnistExamples } from "./mnist-examples.ts";
export * from "./safetensors/index.ts";
