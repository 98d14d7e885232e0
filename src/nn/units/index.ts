/** Single units: the perceptron rule and the delta rule. */
export { type DeltaRuleOptions, type DeltaRuleResult, deltaRule } from "./delta-rule.ts";
export type { ExampleInputs, ExampleTargets } from "./examples.ts";
export {
  type PerceptronOptions,
  type PerceptronPoint,
  type PerceptronResult,
  perceptron,
} from "./perceptron.ts";
