/**
 * A Markov chain whose points are distributed as exp(−E(x)/T):
 *
 *   x ← y with probability min(1, exp((E(x) − E(y))/T) · q(x | y)/q(y | x)),   y ~ q(· | x).
 *
 * Metropolis, Rosenbluth, Rosenbluth, Teller & Teller (1953); Hastings (1970), eq. 2.6. Proposals learn during warm-up and are
 * left alone afterwards, so that what is kept comes from one chain with one transition rule.
 */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { fillNormal, fillUniform, seedKey, splitKey } from "../core/random/index.ts";
import { fold } from "../core/random/key.ts";
import { type MethodCard, readSettings } from "../solver/card.ts";
import { type MethodFactory, methodFactory, type State } from "../solver/method.ts";
import { told } from "../solver/question.ts";
import type { Learned, Proposal } from "./proposal.ts";
import { randomWalk } from "./walks.ts";

/** Settings of `metropolisHastings`. */
export interface MetropolisHastingsOptions {
  /** How many points are kept. Default 5000. */
  readonly samples?: number;
  /** Transitions before the first is kept, during which the proposal learns. Default 2000. */
  readonly warmUp?: number;
  /** One point in so many is kept. Default 1. */
  readonly thinning?: number;
  /** The temperature T. Default 1. */
  readonly temperature?: number;
  /** Where the random numbers come from. Default 0. */
  readonly seed?: number;
  /** Where the chain might go next. Default `randomWalk()`. */
  readonly proposal?: Proposal;
}

/** Between two questions. */
export interface MetropolisHastingsState extends State {
  /** The point proposed; at the start, the start. */
  readonly candidate: Float64Array;
  /** What the proposal knows. */
  readonly learned: Learned;
  /** The points kept, `[samples, n]`, row-major; those not yet drawn are 0. */
  readonly kept: Float64Array;
  /** How many are kept. */
  readonly count: number;
  /** Proposals accepted since the end of the warm-up. */
  readonly accepted: number;
  /** Transitions since the end of the warm-up. */
  readonly transitions: number;
}

const card: MethodCard = {
  name: "metropolis-hastings",
  title: "Metropolis-Hastings",
  family: "sampling",
  summary:
    "Draws from the density exp(−E(x)/T), known up to a factor, by a Markov chain that needs only values of the energy E. For posterior distributions in up to a few dozen variables; every run gives the number of samples asked for, and no claim that they suffice.",
  equation: String.raw`x \leftarrow y \sim q(\cdot \mid x) \text{ with probability } \min\Bigl(1,\ e^{(E(x) - E(y))/T}\, \frac{q(x \mid y)}{q(y \mid x)}\Bigr)`,
  paper:
    "Metropolis et al. (1953), J. Chem. Phys. 21, 1087-1092; Hastings (1970), Biometrika 57, 97-109, eq. 2.6; learning in warm-up of Haario et al. (2001), Bernoulli 7, 223-242, with Andrieu & Thoms (2008), algorithm 4",
  settings: [
    {
      kind: "number",
      name: "samples",
      meaning: "how many points are kept",
      default: 5000,
      source: "a mean to about 1/20 of the standard deviation, at one independent point in ten",
      range: "[1, ∞)",
      integer: true,
    },
    {
      kind: "number",
      name: "warmUp",
      meaning: "transitions before the first is kept, during which the proposal learns",
      default: 2000,
      source: "enough for a handful of variables; ten that begin far out want more",
      range: "[0, ∞)",
      integer: true,
    },
    {
      kind: "number",
      name: "thinning",
      meaning: "one point in so many is kept",
      default: 1,
      source: "thinning loses information; it saves memory (Geyer 1992, section 3.6)",
      range: "[1, ∞)",
      integer: true,
    },
    {
      kind: "number",
      name: "temperature",
      symbol: "T",
      meaning: "the energy's unit: large values flatten the density",
      default: 1,
      source: "E is then the negative logarithm of the density",
      range: "(0, ∞)",
    },
    {
      kind: "number",
      name: "seed",
      meaning: "where the random numbers come from",
      default: 0,
      source: "any: the same seed gives the same chain",
      range: "(-∞, ∞)",
    },
    {
      kind: "part",
      name: "proposal",
      symbol: "q",
      meaning: "where the chain might go next",
      default: "randomWalk()",
      source: "Metropolis et al. (1953)",
    },
  ],
  asks: ["value"],
  cost: { time: "O(k^2)", memory: "O(k^2), and k numbers for each sample" },
  tests: [],
  tolerance: {},
};

/**
 * Samples from the density exp(−E(x)/T) by values of the energy E alone. A step is a transition, whether or not the proposal
 * was accepted; energies that are +∞ or NaN have density 0. It ends `completed` when `samples` points are kept.
 *
 * @throws ArgumentError for settings out of range, or a start from which the proposal cannot go.
 *
 * ```ts
 * import { metropolisHastings, sample } from "nabla";
 * const posterior = sample((x) => (x * x) / 2, 1, { method: metropolisHastings({ samples: 1000, seed: 1 }) });
 * posterior.samples.length; // → 1000
 * ```
 */
export const metropolisHastings: MethodFactory<MetropolisHastingsOptions, MetropolisHastingsState, "value"> =
  methodFactory(
    card,
    (options: MetropolisHastingsOptions) => {
      checkOptions(
        card.name,
        options,
        card.settings.map(({ name }) => name),
      );
      const { proposal = randomWalk(), ...chosen } = options;
      checkProposal(proposal);
      const numbers = readSettings<keyof Schedule | "seed">(card, chosen);
      const key = seedKey(numbers.seed);
      const propose = (state: MetropolisHastingsState): MetropolisHastingsState => {
        const { x, steps, learned } = state;
        const z = fillNormal(keysOf(key, steps).normal, new Float64Array(x.length));
        return { ...state, candidate: proposal.propose(learned, x, z) };
      };
      return {
        settings: { ...numbers, proposal: { name: proposal.name, ...proposal.settings } },
        init: ({ x }): MetropolisHastingsState => ({
          x,
          value: undefined,
          steps: 0,
          candidate: x,
          learned: proposal.begin(x),
          kept: new Float64Array(numbers.samples * x.length),
          count: 0,
          accepted: 0,
          transitions: 0,
        }),
        ask: ({ candidate }) => ({ points: [candidate], wants: ["value"] }),
        tell: (state, answer) => {
          const energy = told(answer, 0, "value");
          if (state.value === undefined) return propose({ ...state, value: energy });
          const [u = 0] = fillUniform(keysOf(key, state.steps).uniform, new Float64Array(1));
          return propose(transition(state, { energy, u, proposal, ...numbers }));
        },
      };
    },
    {},
  );

/** How long, how often and how hot. */
type Schedule = Required<Pick<MetropolisHastingsOptions, "samples" | "warmUp" | "thinning" | "temperature">>;

/** Accepts the candidate or stays, learns in the warm-up, keeps the point after it. */
function transition(
  state: MetropolisHastingsState,
  {
    energy,
    u,
    proposal,
    samples,
    warmUp,
    thinning,
    temperature,
  }: Schedule & { readonly energy: number; readonly u: number; readonly proposal: Proposal },
): MetropolisHastingsState {
  const { candidate, learned, kept } = state;
  const here = { x: state.x, value: state.value ?? Number.NaN };
  const logRatio = (here.value - energy) / temperature + proposal.logRatio(here.x, candidate);
  const acceptance = Number.isNaN(logRatio) ? 0 : Math.min(1, Math.exp(logRatio));
  const isAccepted = u < acceptance;
  const { x, value } = isAccepted ? { x: candidate, value: energy } : here;
  const steps = state.steps + 1;
  if (steps <= warmUp) {
    return { ...state, x, value, steps, learned: proposal.adapt(learned, x, acceptance, steps) };
  }
  const transitions = state.transitions + 1;
  const isKept = transitions % thinning === 0;
  if (isKept) kept.set(x, state.count * x.length);
  const count = state.count + Number(isKept);
  return {
    ...state,
    x,
    value,
    steps,
    count,
    accepted: state.accepted + Number(isAccepted),
    transitions,
    ...(count < samples ? {} : { verdict: { reason: "completed", detail: `kept ${count} samples` } }),
  };
}

/** The keys of a step: what it draws depends on seed and step alone. */
function keysOf(key: ReturnType<typeof seedKey>, step: number): Record<"normal" | "uniform", typeof key> {
  const [normal = key, uniform = key] = splitKey(fold(key, step), 2);
  return { normal, uniform };
}

function checkProposal(proposal: Proposal): void {
  if (typeof proposal !== "object" || typeof proposal?.propose !== "function")
    throw new ArgumentError(
      `${card.name}({ proposal }): needs a proposal such as randomWalk() or logNormalWalk(); got ${showValue(proposal)}`,
    );
}
