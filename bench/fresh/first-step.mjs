/** Prints the milliseconds from the function of the training step to the first step that its compiled program has taken. */
import { useKernels } from "../../dist/node/src/index.js";
import { trained } from "../ours.mjs";
import { inputs, lossOf } from "../works/adam-step.mjs";

const start = inputs();
// Finding a library on the machine is not compiling.
useKernels({});
const begun = performance.now();
trained({}, lossOf, start).step();
process.stdout.write(String(performance.now() - begun));
