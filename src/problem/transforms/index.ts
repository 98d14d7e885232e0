export { fixed } from "./fixed.ts";
export { interval } from "./interval.ts";
export { positive } from "./positive.ts";
export { simplex } from "./simplex.ts";
export { tied } from "./tied.ts";
export type { Transform, Transforms } from "./transform.ts";
