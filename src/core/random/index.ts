/** Random numbers from explicit keys: counter-based, splittable, the same on every platform. */
export { fillBits } from "./fill-bits.ts";
export { fillNormal } from "./fill-normal.ts";
export { fillUniform } from "./fill-uniform.ts";
export { fold, type Key, seedKey, splitKey } from "./key.ts";
export { permutation } from "./permutation.ts";
export { threefry2x32 } from "./threefry.ts";
