/** Nabla as a contestant: programs on chosen kernels, whose state stays in their memory. */
import * as nabla from "../dist/src/index.js";
import { local } from "./timing.mjs";

/** How kernels are called in the table. */
export const kernelsText = ({ provider, threads }) =>
  `${provider}, ${threads} thread${threads === 1 ? "" : "s"}`;

/** Our own WebAssembly with this many threads. */
export const wasm = (threads) => ({ provider: threads === 1 ? "wasm" : "wasm-threads", threads });

/** The library that is found on the machine, with this many threads. */
export const native = (threads) => ({ provider: "native", threads });

/** What was chosen, in words, for each choice of the run. */
export const descriptions = new Map();

/** Chooses the kernels of the programs compiled next. */
export function use(kernels) {
  const chosen = nabla.useKernels(kernels);
  descriptions.set(JSON.stringify(kernels), chosen.description);
}

/** A function that is called with tensors and gives tensors: results are copied out, and arguments are read where they changed. */
export function called(kernels, f, ...args) {
  use(kernels);
  const g = nabla.compile(f);
  return Object.assign(
    local(() => g(...args)),
    { value: () => g(...args) },
  );
}

/** A function that is given its state and gives the next: nothing is copied. `next()` takes a step and shows the state. */
export function resident(kernels, f, start) {
  use(kernels);
  const program = nabla.compileStep((state) => [f(state), {}], start);
  const step = () => program.step();
  const next = () => {
    step();
    return program.state();
  };
  return Object.assign(local(step), { next });
}

/**
 * A step of Adam on a batch, of which loss and gradient come from `lossOf(parameters, images, labels)`. Parameters and moments stay in the
 * program; images and labels are given anew in every step, as in training, and the loss is read.
 */
export function trained(kernels, lossOf, { parameters, images, labels, rate }) {
  use(kernels);
  const { transformation } = nabla.adam({ rate });
  const program = nabla.compileStep(
    (held, hyper, images, labels) => {
      const { value, grad } = nabla.valueAndGrad(lossOf)(held.parameters, images, labels);
      return [nabla.applyUpdate(transformation, { ...held, hyper, gradient: grad }), value];
    },
    { parameters, state: nabla.initialState(transformation, parameters) },
  );
  let steps = 0;
  const step = () => {
    steps++;
    return program.step(transformation.hyperparameters(steps), images, labels).item();
  };
  return Object.assign(local(step), { step });
}

/**
 * The update of parameters whose gradient is there: part of the state, as PyTorch keeps it beside each parameter, so that nothing is copied.
 * `check()` takes three steps and gives the sum of squares of how far the parameters have come.
 */
export function updated(kernels, transformation, parameters, gradient) {
  use(kernels);
  const program = nabla.compileStep(
    ({ gradient, ...held }, hyper) => [
      { ...nabla.applyUpdate(transformation, { ...held, gradient, hyper }), gradient },
      {},
    ],
    { parameters, state: nabla.initialState(transformation, parameters), gradient },
  );
  let steps = 0;
  const step = () => {
    steps++;
    program.step(transformation.hyperparameters(steps));
  };
  const check = () => {
    for (let i = 0; i < 3; i++) step();
    const moved = program.state().parameters.map((x, i) => x.cast("float64").sub(parameters[i]));
    return moved.reduce((sum, dx) => sum + nabla.sum(nabla.square(dx)).item(), 0);
  };
  return Object.assign(local(step), { check });
}

/** Means of −log p(label) over a batch of logits `[n, classes]`; `labels` is `[n]`, int32. */
export function crossEntropy(logits, labels) {
  const chosen = nabla.oneHot(labels, logits.shape[1], "float32").mul(nabla.logSoftmax(logits, 1));
  return nabla.mean(nabla.sum(chosen, 1)).neg();
}
