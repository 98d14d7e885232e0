/** The smallest method with a gradient, for tests of what surrounds methods: x ← x − t g. */
import { addScaled } from "../../src/core/vector.ts";
import type { MethodCard } from "../../src/solver/card.ts";
import type { Method, State } from "../../src/solver/method.ts";
import { told } from "../../src/solver/question.ts";

/** What may be different about it. */
export interface Descend extends Partial<Pick<MethodCard, "tests" | "tolerance">> {
  readonly rate?: number;
  /** Said of a state, to end with a verdict or to report a cut. */
  readonly mark?: (state: State) => Partial<Pick<State, "verdict" | "cut">>;
}

/** Gradient descent with a fixed rate; converged by its gradient or its step unless said otherwise. */
export function descend({
  rate = 0.1,
  tests = [["gradient"], ["step"]],
  tolerance = { gradient: 1e-8, step: 1e-12 },
  mark = () => ({}),
}: Descend = {}): Method<State, "value" | "gradient"> {
  return {
    card: { ...descendCard, tests, tolerance },
    settings: { rate },
    init: ({ x }) => ({ x, value: undefined, steps: 0 }),
    ask: (state) => ({ points: [nextPoint(state, rate)], wants: ["value", "gradient"] }),
    tell: (state, answer) => {
      const [value, gradient] = [told(answer, 0, "value"), told(answer, 0, "gradient")];
      const steps = state.value === undefined ? 0 : state.steps + 1;
      const next = { x: nextPoint(state, rate), value, gradient, steps };
      return { ...next, ...mark(next) };
    },
  };
}

function nextPoint({ x, gradient }: State, rate: number): Float64Array {
  return gradient === undefined ? x : addScaled(x, -rate, gradient);
}

const descendCard: MethodCard = {
  name: "descend",
  title: "Descend",
  family: "smooth",
  summary: "Steps down the gradient at a fixed rate.",
  equation: "x - t g",
  paper: "Cauchy (1847)",
  settings: [],
  asks: ["value", "gradient"],
  cost: { time: "O(k)", memory: "O(k)" },
  tests: [],
  tolerance: {},
};
