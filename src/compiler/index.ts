export { type Compiled, compile } from "./compile.ts";
export { type CompiledStep, compileStep } from "./compile-step.ts";
