/** The one memory in which scalar programs keep their numbers while they run. */

/** The memory, and its doubles. */
export interface Scratch {
  readonly memory: WebAssembly.Memory;
  /** Room for so many doubles; taken anew when the memory has grown. */
  readonly room: (count: number) => Float64Array;
}

const bytesPerPage = 65_536;

/** A memory that grows when more room is asked for. */
export function newScratch(): Scratch {
  const memory = new WebAssembly.Memory({ initial: 1 });
  let doubles = new Float64Array(memory.buffer);
  return {
    memory,
    room: (count) => {
      if (count > doubles.length) {
        memory.grow(Math.ceil((8 * (count - doubles.length)) / bytesPerPage));
        doubles = new Float64Array(memory.buffer);
      }
      return doubles;
    },
  };
}
