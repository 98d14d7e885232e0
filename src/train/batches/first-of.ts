/** The first batch of a stream, which tells shapes, and the stream with it still to come. */
import { ArgumentError } from "../../core/errors.ts";
import type { Examples } from "../../data/examples/examples.ts";
import type { Stream, StreamSource } from "./stream-loader.ts";

/** Looks at the first batch. What can be iterated over only once (a generator) has it put in front again. */
export async function firstOf(
  source: StreamSource,
): Promise<{ readonly first: Examples; readonly again: StreamSource }> {
  const stream = typeof source === "function" ? source(1) : source;
  const iterator = iteratorOf(stream);
  const { done, value } = await iterator.next();
  if (done) throw new ArgumentError("train: the data gave no batch; give at least one { inputs, targets }");
  const rest = withFirst(value, iterator);
  if (typeof source === "function")
    return { first: value, again: (epoch) => (epoch === 1 ? (rest.takeOnce() ?? source(1)) : source(epoch)) };
  return { first: value, again: () => rest.takeOnce() ?? source };
}

type Iterating = AsyncIterator<Examples> | Iterator<Examples>;

function iteratorOf(stream: Stream): Iterating {
  if (Symbol.asyncIterator in stream) return stream[Symbol.asyncIterator]();
  return stream[Symbol.iterator]();
}

/** The stream from its beginning, for the first who asks. */
function withFirst(first: Examples, iterator: Iterating): { readonly takeOnce: () => Stream | undefined } {
  let isTaken = false;
  async function* whole(): AsyncGenerator<Examples, void> {
    yield first;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  return {
    takeOnce: () => {
      if (isTaken) return undefined;
      isTaken = true;
      return whole();
    },
  };
}
