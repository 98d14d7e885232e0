export { formulaConstants, formulaFunctions } from "./functions.ts";
export { type Formula, type FormulaFunction, type FormulaValue, parseFormula } from "./parse-formula.ts";
