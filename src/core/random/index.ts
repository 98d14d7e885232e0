/** Random numbers from explicit keys: counter-based, splittable, the same on every platform. */
export { fillBits } from "./fill-bits.ts";
export { fillNormal } from "./fill-normal.ts";
export { fillUniform } from "./fill-uniform.ts";
export { seedKey, splitKey } from "./key.ts";
export { permutation } from "./permutation.ts";
