/** The first batch of a stream, which tells shapes, and the stream with it still to come. */
import { ArgumentError } from "../../core/errors.ts";
import type { Examples } from "../../data/examples/examples.ts";
import { closeIterator, iteratorOf, type Stream, type StreamSource } from "./stream-loader.ts";

/** The first batch, and the stream from its beginning. */
export interface Begun {
  readonly first: Examples;
  readonly again: StreamSource;
  /** Closes what was begun and is not read by a walk of its own. */
  readonly close: () => Promise<void>;
}

/** Looks at the first batch. What can be iterated over only once (a generator) has it put in front again. */
export async function firstOf(source: StreamSource): Promise<Begun> {
  const stream = typeof source === "function" ? source(1) : source;
  const iterator = iteratorOf(stream);
  const { done, value } = await iterator.next();
  if (done) throw new ArgumentError("train: the data gave no batch; give at least one { inputs, targets }");
  const rest = withFirst(value, iterator);
  const { close } = rest;
  if (typeof source === "function")
    return {
      first: value,
      again: (epoch) => (epoch === 1 ? (rest.takeOnce() ?? source(1)) : source(epoch)),
      close,
    };
  return { first: value, again: () => rest.takeOnce() ?? source, close };
}

type Iterating = AsyncIterator<Examples> | Iterator<Examples>;

interface WithFirst {
  readonly takeOnce: () => Stream | undefined;
  readonly close: () => Promise<void>;
}

/** The stream from its beginning, for the first who asks. */
function withFirst(first: Examples, iterator: Iterating): WithFirst {
  let isTaken = false;
  let isFirst = true;
  const whole: AsyncIterator<Examples> = {
    next: async () => {
      if (!isFirst) return iterator.next();
      isFirst = false;
      return { done: false, value: first };
    },
    return: async () => {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
  return {
    takeOnce: () => {
      if (isTaken) return undefined;
      isTaken = true;
      return { [Symbol.asyncIterator]: () => whole };
    },
    close: async () => {
      if (!isTaken) await closeIterator(iterator);
    },
  };
}
