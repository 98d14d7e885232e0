/** Initializers: how weights are drawn before anything was learned. */
export { type AnyInitializerFactory, initializers } from "./catalogue.ts";
export { gainOf } from "./gain.ts";
export { heNormal, heUniform } from "./he.ts";
export {
  type Fans,
  fansOf,
  type Initializer,
  type InitializerCard,
  type InitializerFactory,
} from "./initializer.ts";
export type { Fan, FanOptions } from "./initializer-factory.ts";
export { lecunNormal, lecunUniform } from "./lecun.ts";
export { type OrthogonalOptions, orthogonal } from "./orthogonal.ts";
export {
  type ConstantWeightsOptions,
  constantWeights,
  type NormalWeightsOptions,
  normalWeights,
  type UniformWeightsOptions,
  uniformWeights,
} from "./plain.ts";
export { type TruncatedNormalWeightsOptions, truncatedNormalWeights } from "./truncated.ts";
export { type XavierOptions, xavierNormal, xavierUniform } from "./xavier.ts";
