/** Work that needs calls of the user's functions, written once for those that answer at once and those that answer later. */
import { ArgumentError } from "../core/errors.ts";

/** One call of a user's function, with its result read. */
export type Call<T> = () => T | Promise<T>;

/** A batch of calls that do not depend on each other. */
type Batch = readonly (() => void | Promise<void>)[];

/** Work hands out batches of calls to be made, and goes on when all of a batch are done. */
export type Work<T> = Generator<Batch, T, void>;

/** How a user's function is called: `run` calls it, `read` checks what it returned. */
export type Caller = <T>(run: () => unknown, read: (returned: unknown) => T) => T | Promise<T>;

/** Makes calls that do not depend on each other, and collects their results in order. */
export function* gather<T>(calls: readonly Call<T>[]): Work<T[]> {
  const results: T[] = [];
  yield calls.map((call, i) => () => {
    const result = call();
    if (!(result instanceof Promise)) {
      results[i] = result;
      return undefined;
    }
    return result.then((value) => {
      results[i] = value;
    });
  });
  return results;
}

/** Makes one call. */
export function* only<T>(call: Call<T>): Work<T> {
  const [result] = yield* gather([call]);
  if (result === undefined) throw new RangeError("a call came back without its result");
  return result;
}

/** A call whose result is taken further. */
export function mapped<T, U>(call: Call<T>, f: (result: T) => U): Call<U> {
  return () => {
    const result = call();
    return result instanceof Promise ? result.then(f) : f(result);
  };
}

/** Two calls that do not depend on each other as one. */
export function joined<A, B, T>(first: Call<A>, second: Call<B>, f: (a: A, b: B) => T): Call<T> {
  return () => {
    const a = first();
    const b = second();
    if (a instanceof Promise || b instanceof Promise)
      return Promise.all([a, b]).then(([left, right]) => f(left, right));
    return f(a, b);
  };
}

/** The caller of synchronous problems: a promise is refused. */
export function calledAtOnce(call: string): Caller {
  return (run, read) => {
    const returned = run();
    if (isPromise(returned)) {
      // Nobody waits for it, and its failure is not the mistake to be told.
      Promise.resolve(returned).catch(() => {});
      throw new ArgumentError(
        `${call}: the function returned a promise; use the asynchronous form (minimizeAsync) for functions that answer later`,
      );
    }
    return read(returned);
  };
}

/** The caller of asynchronous problems: promises are awaited. */
export const calledLater: Caller = async (run, read) => read(await run());

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Does work whose calls answer at once. */
export function workNow<T>(work: Work<T>): T {
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
    for (const call of turn.value) void call();
  }
}

/** Does work whose calls may answer later; those of one batch run side by side. */
export async function workLater<T>(work: Work<T>): Promise<T> {
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
    await Promise.all(turn.value.map((call) => call()));
  }
}
