/** From what is known of a function to a problem that answers questions: shares evaluations and counts them. */
import { at } from "../core/exactly.ts";
import type { AsyncProblem, Problem, ProblemFacts } from "../solver/problem.ts";
import type { Answer, Evaluation, Knowledge, Query, Want } from "../solver/question.ts";
import { type Entry, type Known, memo, type Spent, sameNumbers } from "./memo.ts";
import { type Work, workLater, workNow } from "./work.ts";

/** Learns what is missing of a point, either at once (then nothing is returned) or by work that calls the user's functions. */
export type Learn = (entry: Entry, missing: readonly Want[], spent: Spent) => Work<void> | undefined;

/** A problem from a way to learn. */
export function answerNow<W extends Want>(facts: ProblemFacts<W>, learn: Learn): Problem<W> {
  const recall = memo();
  const evaluate = (query: Query<W>): Answer<W> => {
    const spent: Spent = {};
    const evaluations = query.points.map((x, i) => {
      const entry = recall(x);
      const work = learnMissing(learn, entry, query, i, spent);
      if (work !== undefined) workNow(work);
      return handOut(entry, query.wants);
    });
    return { evaluations, spent };
  };
  return { ...facts, evaluate };
}

/** The same where the user's functions may answer later; the points of a query are worked on side by side. */
export function answerLater<W extends Want>(facts: ProblemFacts<W>, learn: Learn): AsyncProblem<W> {
  const recall = memo();
  const evaluate = async (query: Query<W>): Promise<Answer<W>> => {
    const spent: Spent = {};
    // A point that comes twice is worked on once: the second waits for the first.
    const busy = new Map<Entry, Promise<unknown>>();
    const evaluations = await Promise.all(
      query.points.map((x, i) => {
        const entry = recall(x);
        const done = (busy.get(entry) ?? Promise.resolve()).then(async () => {
          const work = learnMissing(learn, entry, query, i, spent);
          if (work !== undefined) await workLater(work);
          return handOut(entry, query.wants);
        });
        busy.set(entry, done);
        return done;
      }),
    );
    return { evaluations, spent };
  };
  return { ...facts, evaluate };
}

function learnMissing(
  learn: Learn,
  entry: Entry,
  { wants, directions }: Query,
  index: number,
  spent: Spent,
): Work<void> | undefined {
  if (directions !== undefined && wants.includes("hessianProduct")) {
    const direction = at(directions, index);
    if (entry.direction === undefined || !sameNumbers(entry.direction, direction)) {
      entry.direction = direction.slice();
      entry.known.hessianProduct = undefined;
    }
  }
  const missing = wants.filter((kind) => entry.known[kind] === undefined);
  return missing.length === 0 ? undefined : learn(entry, missing, spent);
}

/** What was wanted, in arrays of its own: what a method does with them must not reach the next question. */
function handOut<W extends Want>({ known }: Entry, wants: readonly W[]): Evaluation<W> {
  const told: { [K in W]?: Knowledge[K] } = {};
  for (const kind of wants) told[kind] = copyOf(kind, known);
  return told;
}

function copyOf<K extends Want>(kind: K, known: Known): Knowledge[K] {
  const value: Known[K] = known[kind];
  if (value === undefined) throw new RangeError(`nothing was learned of ${kind}`);
  // What is known of a kind is a number or a vector, and a copy of it is the same.
  return (value instanceof Float64Array ? value.slice() : value) as Knowledge[K];
}
