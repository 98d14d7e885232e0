/** What the loop itself costs a step, over the bare calls of the same method and function. The aim is below 2 µs. */
import { solve } from "../../dist/src/solver/drive.js";
import { figure } from "../contest.mjs";
import { inTurn, local } from "../timing.mjs";

export const title = "the loop, a step of a method that does next to nothing, two variables";

const steps = 1000;

/** Asks for the value at one point and goes there. */
const method = {
  card: { name: "trivial", asks: ["value"], tests: [["step", "value"]], tolerance: { step: 0, value: 0 } },
  settings: {},
  init: ({ x }) => ({ x, value: undefined, steps: -1 }),
  ask: ({ x }) => ({ points: [Float64Array.of(x[0] + 1, x[1] - 1)], wants: ["value"] }),
  tell: ({ x, steps }, { evaluations }) => ({
    x: Float64Array.of(x[0] + 1, x[1] - 1),
    value: evaluations[0].value,
    steps: steps + 1,
  }),
};

const problem = {
  dimension: 2,
  offers: ["value"],
  certifies: ["value"],
  sources: {},
  kernels: "none",
  evaluate: ({ points }) => ({
    evaluations: points.map((x) => ({ value: x[0] * x[0] + x[1] })),
    spent: { value: points.length },
  }),
};

const start = Float64Array.of(1, 2);

function bare() {
  let state = method.init({ x: start.slice() });
  while (state.steps < steps) state = method.tell(state, problem.evaluate(method.ask(state)));
  return state;
}

export async function* measure({ timing }) {
  let seen = 0;
  const onStep = (step) => {
    seen += step.value;
  };
  const runs = [
    bare,
    () => solve(problem, method, start, { maxSteps: steps }),
    () => solve(problem, method, start, { maxSteps: steps, onStep }),
  ];
  const [calls, unwatched, watched] = await inTurn(runs.map(local), timing);
  if (Number.isNaN(seen)) throw new RangeError("the steps held no values");
  const perStep = ({ median }) => ((median - calls.median) * 1000) / steps;
  yield figure({ what: "a step", value: perStep(unwatched), unit: "µs", bar: 2 });
  yield figure({ what: "a step that is watched", value: perStep(watched), unit: "µs" });
}
