/** Searches: how far to go. */
export { type BacktrackingOptions, backtracking } from "./backtracking.ts";
export { fixedStep } from "./fixed.ts";
export { type StrongWolfeOptions, strongWolfe } from "./strong-wolfe.ts";
