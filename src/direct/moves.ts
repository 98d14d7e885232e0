/** The moves of a simplex: which comes next, and what each comes to. */
import { at } from "../core/exactly.ts";
import { norm } from "../core/vector.ts";
import type { State } from "../solver/method.ts";
import type { Coefficients } from "./coefficients.ts";
import {
  alongWorst,
  ordered,
  relativeSize,
  replaceWorst,
  type Simplex,
  shrunk,
  stepScale,
  type Vertex,
} from "./simplex.ts";
import { orientedVertices, simplexGradient } from "./simplex-gradient.ts";

/** Between two questions. */
export interface NelderMeadState extends State {
  /** What the trials are for. */
  readonly phase: "start" | "reflect" | "expand" | "contract-outside" | "contract-inside" | "rebuild";
  /** The points asked about. */
  readonly trials: readonly Float64Array[];
  /** Best vertex first. */
  readonly simplex: Simplex;
  /** The point reflected last. */
  readonly reflected: Vertex;
  /** Where it began: what is small is judged against it. */
  readonly start: Vertex;
  /** The first simplex's extent in each component. */
  readonly unit: Float64Array;
  /** ‖D‖ of the first simplex gradient that was to be had; 0 before. */
  readonly slope: number;
  /** Restarts so far. */
  readonly restarts: number;
}

/** Share of the first slope that a contraction must gain per unit. Kelley (1999). */
const sufficient = 1e-4;

/** A simplex no larger than this, relative to the point, has come down to rounding. */
const rounding = 4 * Number.EPSILON;

/** The state before the first answer. */
export function beginAt(trials: readonly Float64Array[]): NelderMeadState {
  const x = at(trials, 0);
  const unit = x.map((xj, j) => Math.max(...trials.map((trial) => Math.abs(at(trial, j) - xj))) || 1);
  const start = { x, value: Number.NaN };
  const nothing = { simplex: [start], reflected: start, start, unit, slope: 0, restarts: 0 };
  return { x, value: undefined, steps: 0, phase: "start", trials, ...nothing };
}

/** What follows from the vertices told. */
export function advance(
  state: NelderMeadState,
  vertices: readonly Vertex[],
  { reflection, expansion, contraction, shrinkage }: Coefficients,
  restarts: number,
): NelderMeadState {
  const { simplex, reflected } = state;
  const trial = at(vertices, 0);
  const n = simplex.length - 1;
  const ask = (phase: NelderMeadState["phase"], t: number): NelderMeadState => ({
    ...state,
    phase,
    trials: [alongWorst(simplex, t)],
    reflected: trial,
  });
  const accept = (vertex: Vertex): NelderMeadState => reach(state, replaceWorst(simplex, vertex), reflection);
  const contract = (vertex: Vertex): NelderMeadState => restart(state, accept(vertex), restarts);
  const shrink = (): NelderMeadState => ({ ...state, phase: "rebuild", trials: shrunk(simplex, shrinkage) });

  switch (state.phase) {
    case "start":
      return reachStart(state, vertices, reflection);
    case "reflect":
      if (trial.value < at(simplex, 0).value) return ask("expand", reflection * expansion);
      if (trial.value < at(simplex, n - 1).value) return accept(trial);
      if (trial.value < at(simplex, n).value) return ask("contract-outside", reflection * contraction);
      return ask("contract-inside", -contraction);
    case "expand":
      return accept(trial.value < reflected.value ? trial : reflected);
    case "contract-outside":
      return trial.value <= reflected.value ? contract(trial) : shrink();
    case "contract-inside":
      return trial.value < at(simplex, n).value ? contract(trial) : shrink();
    case "rebuild":
      return reach(state, ordered([at(simplex, 0), ...vertices]), reflection);
    default:
      return state.phase satisfies never;
  }
}

/** The first simplex. */
function reachStart(
  state: NelderMeadState,
  vertices: readonly Vertex[],
  reflection: number,
): NelderMeadState {
  const start = at(vertices, 0);
  const simplex = ordered(vertices);
  return {
    ...reach({ ...state, start, slope: slopeOf(simplex, state.unit) }, simplex, reflection),
    steps: 0,
  };
}

/** A step taken: the next reflects the worst vertex. */
function reach(state: NelderMeadState, simplex: Simplex, reflection: number): NelderMeadState {
  const { x, value } = at(simplex, 0);
  const isAtRest = relativeSize(simplex, stepScale(x, state.start.x)) <= rounding;
  const detail = "the simplex came down to rounding, though its values still differ";
  return {
    ...state,
    x,
    value,
    steps: state.steps + 1,
    phase: "reflect",
    trials: [alongWorst(simplex, reflection)],
    simplex,
    ...(isAtRest ? { verdict: { reason: "stalled", detail } } : {}),
  };
}

/**
 * The state after a contraction, or one that turns the simplex downhill where the contraction gained too little for the slope:
 * the mean of the values must fall by 10⁻⁴‖D‖²/‖D₀‖. Kelley (1999).
 */
function restart(before: NelderMeadState, after: NelderMeadState, limit: number): NelderMeadState {
  const { unit, slope, restarts } = before;
  const worst = at(before.simplex, unit.length).value;
  if (restarts >= limit || !Number.isFinite(worst)) return after;
  const gradient = simplexGradient(before.simplex, unit);
  const steepness = gradient === undefined ? Infinity : norm(gradient);
  const gain = (sum(before.simplex) - sum(after.simplex)) / before.simplex.length;
  if (steepness === 0 || gain > (sufficient * steepness ** 2) / (slope || steepness)) return after;
  const trials = orientedVertices(after.simplex, unit, gradient);
  return { ...after, phase: "rebuild", trials, restarts: restarts + 1 };
}

/** ‖D‖ where there is such a slope; 0 elsewhere. */
function slopeOf(simplex: Simplex, unit: Float64Array): number {
  const gradient = simplexGradient(simplex, unit);
  return gradient === undefined ? 0 : norm(gradient);
}

const sum = (simplex: Simplex): number => simplex.reduce((total, { value }) => total + value, 0);
