/**
 * The simplex method of Nelder & Mead (1965): the worst of n + 1 points is reflected at the centroid c of the others,
 *
 *   x ← c + t (c − w),   t = ρ (reflection), ρχ (expansion), ργ (outside contraction), −γ (inside contraction),
 *
 * and where none of these is better all points shrink towards the best. Order of trials, comparisons and ties as in
 * Lagarias, Reeds, Wright & Wright (1998), section 2. We add Kelley's (1999) sufficient-decrease test with oriented restarts,
 * without which the method can collapse at a point that is no minimum (McKinnon 1998).
 */
import { checkFunction, checkList, checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { type MethodCard, readSettings } from "../solver/card.ts";
import { type Measured, valueScale } from "../solver/criteria.ts";
import { type MethodFactory, methodFactory } from "../solver/method.ts";
import { told } from "../solver/question.ts";
import { adaptiveCoefficients, type CoefficientRule } from "./coefficients.ts";
import { advance, beginAt, type NelderMeadState } from "./moves.ts";
import { axisSimplex, type FirstEdges, relativeSize, stepScale, type Vertex } from "./simplex.ts";

/** Settings of `nelderMead`. */
export interface NelderMeadOptions {
  /** Edges of the first simplex, relative to the start's components. Default 0.05, as MATLAB and SciPy. */
  readonly size?: number;
  /** Edges along components that are zero at the start. Default 0.00025, as MATLAB and SciPy. */
  readonly zeroSize?: number;
  /** The first simplex in place of the one along the axes: n points besides the start. */
  readonly simplex?: readonly (readonly number[])[];
  /** How far to reflect, expand, contract and shrink. Default `adaptiveCoefficients()`. */
  readonly coefficients?: CoefficientRule;
  /** Restarts of a simplex that collapses where the function still falls, at most. Default 3, as Kelley (1999). */
  readonly restarts?: number;
}

const card: MethodCard = {
  name: "nelder-mead",
  title: "Nelder-Mead simplex",
  family: "direct",
  summary:
    "Moves a simplex of n + 1 points by reflecting, expanding, contracting and shrinking it, from values alone. For functions without derivatives in a few variables, noisy or with kinks; adaptive factors keep it going to about thirty.",
  equation: String.raw`x_{n+1} \leftarrow c + t\,(c - x_{n+1}),\quad c = \tfrac1n \sum_{i=1}^{n} x_i,\quad t \in \{\rho,\ \rho\chi,\ \rho\gamma,\ -\gamma\}`,
  paper:
    "Nelder & Mead (1965), The Computer Journal 7, 308-313; ordering rules of Lagarias et al. (1998), SIAM J. Optim. 9, section 2; adaptive factors of Gao & Han (2012), eq. 4.1; oriented restarts of Kelley (1999), SIAM J. Optim. 10, 43-55",
  settings: [
    {
      kind: "number",
      name: "size",
      meaning: "edges of the first simplex, relative to the start's components",
      default: 0.05,
      source: "MATLAB fminsearch, SciPy",
      range: "(0, ∞)",
    },
    {
      kind: "number",
      name: "zeroSize",
      meaning: "edges of the first simplex along components that are zero",
      default: 0.00025,
      source: "MATLAB fminsearch, SciPy",
      range: "(0, ∞)",
    },
    {
      kind: "part",
      name: "simplex",
      meaning: "the first simplex: n points besides the start",
      default: "a step along each axis",
      source: "MATLAB fminsearch, SciPy",
    },
    {
      kind: "part",
      name: "coefficients",
      symbol: String.raw`\rho, \chi, \gamma, \sigma`,
      meaning: "how far to reflect, expand, contract and shrink, by the number of variables",
      default: "adaptiveCoefficients()",
      source: "Gao & Han (2012), eq. 4.1; for two variables those of Nelder & Mead",
    },
    {
      kind: "number",
      name: "restarts",
      meaning: "restarts of a simplex that collapses where the function still falls, at most",
      default: 3,
      source: "Kelley (1999)",
      range: "[0, ∞)",
      integer: true,
    },
  ],
  asks: ["value"],
  cost: { time: "O(k^3)", memory: "O(k^2)" },
  tests: [["step", "value"]],
  tolerance: { step: 1e-8, value: 1e-12 },
};

/**
 * Nelder and Mead's simplex method, for functions of which only values are known.
 *
 * The first question is for n + 1 points, a shrinking simplex asks for n, every other for one: points of one question can be
 * evaluated side by side. It has converged when simplex (`step`) and spread of its values (`value`) are both small.
 *
 * @throws ArgumentError for settings out of range, or a first simplex that does not fit the start.
 *
 * ```ts
 * import { minimize, nelderMead } from "nabla";
 * const result = minimize(([x, y]) => Math.abs(x - 1) + Math.abs(y + 2), [0, 0], { method: nelderMead() });
 * result.x.map((xi) => Number(xi.toFixed(6))); // → [1, -2]
 * ```
 */
export const nelderMead: MethodFactory<NelderMeadOptions, NelderMeadState, "value"> = methodFactory(
  card,
  (options: NelderMeadOptions) => {
    checkOptions(
      card.name,
      options,
      card.settings.map(({ name }) => name),
    );
    const { simplex: given, coefficients = adaptiveCoefficients(), ...chosen } = options;
    checkFunction("nelder-mead({ coefficients })", coefficients?.of, "a rule such as standardCoefficients()");
    if (given !== undefined) checkList("nelder-mead({ simplex })", given, "n points besides the start");
    const numbers = readSettings<"size" | "zeroSize" | "restarts">(card, chosen);
    const { restarts } = numbers;
    return {
      settings: {
        ...numbers,
        coefficients: coefficients.name,
        ...(given === undefined ? {} : { simplex: structuredClone(given) }),
      },
      init: ({ x }) => beginAt(firstVertices(x, given, numbers)),
      ask: ({ trials }) => ({ points: trials, wants: ["value"] }),
      tell: (state, answer) => {
        const value = told(answer, 0, "value");
        // A start without a finite value stays where it is: the loop ends the run.
        if (state.phase === "start" && !Number.isFinite(value)) return { ...state, value };
        const vertices = state.trials.map((x, i) => vertexAt(x, told(answer, i, "value")));
        return advance(state, vertices, coefficients.of(state.x.length), restarts);
      },
      measure,
    };
  },
  {},
);

/** How large the simplex is, and how far its values lie apart, each against its scale. */
function measure({ simplex, start }: NelderMeadState): Measured {
  const best = at(simplex, 0);
  const spread = at(simplex, simplex.length - 1).value - best.value;
  return {
    step: relativeSize(simplex, stepScale(best.x, start.x)),
    value: spread === 0 ? 0 : spread / valueScale(best.value, start.value),
  };
}

/** NaN is as bad as +∞, so that values have an order. */
function vertexAt(x: Float64Array, value: number): Vertex {
  return { x, value: Number.isNaN(value) ? Infinity : value };
}

function firstVertices(
  x: Float64Array,
  given: NelderMeadOptions["simplex"],
  edges: FirstEdges,
): Float64Array[] {
  if (given === undefined) return axisSimplex(x, edges);
  const fits =
    given.length === x.length &&
    given.every((point) => point.length === x.length && point.every(Number.isFinite));
  if (!fits)
    throw new ArgumentError(
      `nelder-mead({ simplex }): for a start of ${x.length} variables needs ${x.length} other points of ${x.length} finite numbers; got ${showValue(given)}`,
    );
  return [x, ...given.map((point) => Float64Array.from(point))];
}
