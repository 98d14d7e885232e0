/** Whose kernels there are on this machine, which are chosen, and how fast they multiply. */

import { NablaError } from "../src/core/errors.ts";
import {
  currentKernels,
  type KernelChoice,
  type KernelDtype,
  type KernelProvider,
  kernelCandidates,
  type ProviderName,
} from "../src/kernels/index.ts";

/** The findings about kernels, as `nabla doctor --json` has them. */
export interface KernelFacts {
  /** What programs use, or why the wish in the environment cannot be met. */
  readonly chosen: KernelChoice | { readonly reason: string };
  readonly candidates: readonly CandidateFacts[];
}

/** One provider: what it is, or the reason why it is not there. */
export interface CandidateFacts {
  readonly name: ProviderName;
  readonly description?: string;
  readonly reason?: string;
  /** Billions of additions and multiplications a second in a product of two 512×512 matrices. */
  readonly gigaflops?: Readonly<Record<KernelDtype, number>>;
}

/** Looks at the kernels; measuring takes about a second for each provider. */
export function kernelFacts(isMeasured: boolean): KernelFacts {
  return {
    chosen: chosenKernels(),
    candidates: kernelCandidates().map((candidate): CandidateFacts => {
      const { name } = candidate;
      if ("reason" in candidate) return { name, reason: candidate.reason };
      const facts = { name, description: candidate.provider.description };
      if (!isMeasured) return facts;
      const speed = (dtype: KernelDtype): number => gigaflops(candidate.provider, dtype);
      return { ...facts, gigaflops: { float32: speed("float32"), float64: speed("float64") } };
    }),
  };
}

function chosenKernels(): KernelFacts["chosen"] {
  try {
    return currentKernels();
  } catch (error) {
    if (error instanceof NablaError) return { reason: error.message };
    throw error;
  }
}

const length = 512;
/** Milliseconds of measuring per dtype. */
const patience = 500;

/** The quickest of the products that half a second has time for. */
function gigaflops(provider: KernelProvider, dtype: KernelDtype): number {
  const matrix = length * length * 8;
  const place = (index: number) => ({ address: index * matrix, stride: length, isTransposed: false });
  const shape = { dtype, rows: length, columns: length, inner: length, accumulate: false };
  const call = { ...shape, a: place(0), b: place(1), c: place(2) };
  // As programs have it: what works in threads needs a memory that they can share.
  const memory = new WebAssembly.Memory({
    initial: 1,
    maximum: 4096,
    shared: provider.name === "wasm-threads",
  });
  const kernels = provider.open(memory);
  const bytes = 3 * matrix + kernels.productRoom(call);
  memory.grow(Math.ceil(bytes / 65536));
  const multiply = kernels.product({ ...call, room: 3 * matrix });
  multiply();
  let quickest = Number.POSITIVE_INFINITY;
  const end = performance.now() + patience;
  for (let now = performance.now(); now < end; ) {
    multiply();
    const then = performance.now();
    quickest = Math.min(quickest, then - now);
    now = then;
  }
  return (2 * length ** 3) / quickest / 1e6;
}
