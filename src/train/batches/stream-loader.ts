/** Batches that somebody else makes: read ahead of the step, so that reading and computing overlap. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Examples } from "../../data/examples/examples.ts";
import type { Batch, Loader } from "./batch.ts";

/** Batches one after the other. */
export type Stream = AsyncIterable<Examples> | Iterable<Examples>;

/** Batches from elsewhere: something to iterate over, or a function that begins anew for each epoch (from 1). */
export type StreamSource = Stream | ((epoch: number) => Stream);

/** So many batches are asked for before they are needed. */
const depth = 2;

/** The batches of a stream. `read` makes a batch of what comes. */
export function streamLoader(source: StreamSource, read: (raw: Examples) => Batch): Loader {
  return {
    stepsPerEpoch: undefined,
    async *epoch(epoch, from) {
      const stream = typeof source === "function" ? source(epoch) : source;
      let place = 0;
      for await (const raw of ahead(iteratorOf(stream))) {
        place += 1;
        if (place > from) yield read(raw);
      }
    },
  };
}

/** Begins a walk. @throws ArgumentError for what cannot be iterated over. */
export function iteratorOf(stream: Stream): AsyncIterator<Examples> | Iterator<Examples> {
  if (typeof stream === "object" && stream !== null) {
    if (Symbol.asyncIterator in stream) return stream[Symbol.asyncIterator]();
    if (Symbol.iterator in stream) return stream[Symbol.iterator]();
  }
  throw new ArgumentError(
    `train: needs { inputs, targets }, batches of them to iterate over such as an async generator, or a function that returns such; got ${showValue(stream)}`,
  );
}

/** The items of an iterator, the next of which are under way while one is used. The iterator is closed however the walk ends. */
async function* ahead<T>(source: AsyncIterator<T> | Iterator<T>): AsyncGenerator<T, void> {
  const pending: Promise<IteratorResult<T>>[] = [];
  const ask = (): void => {
    const next = Promise.resolve(source.next());
    // What fails is told where it is waited for; here it only must not count as unheard.
    next.catch(() => {});
    pending.push(next);
  };
  let isDone = false;
  try {
    for (let i = 0; i < depth; i++) ask();
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const { done, value } = await next;
      if (done) {
        isDone = true;
        return;
      }
      ask();
      yield value;
    }
  } finally {
    if (!isDone) await closeIterator(source);
  }
}

/** So long a source may take to close: one that waits for batches that do not come would hold up the end of the run. */
const closingTime = 1000;

/** Closes an iterator that is not read to its end. */
export async function closeIterator(source: AsyncIterator<unknown> | Iterator<unknown>): Promise<void> {
  const closing = Promise.resolve(source.return?.());
  // What fails after that time is heard by nobody.
  closing.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closingTime);
  });
  try {
    await Promise.race([closing, waited]);
  } finally {
    clearTimeout(timer);
  }
}
