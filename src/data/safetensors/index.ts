export { namedTensors, parametersFrom } from "./names.ts";
export { readSafetensors, type Safetensors } from "./read.ts";
export { type Named, writeSafetensors } from "./write.ts";
