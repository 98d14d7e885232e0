/** How numbers get into and out of the memory of a program: blocks where they lie in order, one by one where they are few or scattered. */

/** As many numbers are copied as quickly one by one. */
const fewNumbers = 32;

/** Writes the inputs, `count` of them, to the beginning of the memory. */
export function writeInputs(memory: Float64Array, inputs: ArrayLike<number>, count: number): void {
  if (count > fewNumbers && inputs.length === count) memory.set(inputs);
  else for (let i = 0; i < count; i++) memory[i] = inputs[i] ?? Number.NaN;
}

/** Reads results that lie at `sources` in the memory. */
export function resultReader(sources: Int32Array): (memory: Float64Array, outputs: Float64Array) => void {
  const blocks = blocksOf(sources);
  if (blocks.length * fewNumbers < sources.length)
    return (memory, outputs) => {
      for (const { first, source, count } of blocks)
        outputs.set(memory.subarray(source, source + count), first);
    };
  return (memory, outputs) => {
    for (let k = 0; k < sources.length; k++) outputs[k] = memory[sources[k] as number] as number;
  };
}

/** Results that lie side by side, from result `first` on. */
interface Block {
  readonly first: number;
  readonly source: number;
  count: number;
}

function blocksOf(sources: Int32Array): Block[] {
  const blocks: Block[] = [];
  for (const [k, source] of sources.entries()) {
    const last = blocks.at(-1);
    if (last !== undefined && source === last.source + last.count) last.count++;
    else blocks.push({ first: k, source, count: 1 });
  }
  return blocks;
}
