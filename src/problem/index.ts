export * from "./transforms/index.ts";
export type {
  AsyncGivenObjective,
  AsyncObjective,
  Eventually,
  GivenMatrix,
  GivenObjective,
  GivenResiduals,
  Objective,
  Residuals,
} from "./types.ts";
