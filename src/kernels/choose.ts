/** Which provider of kernels is taken: the rules, apart from where providers come from. */

import { checkOptions } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { KernelProvider } from "./kernels.ts";

/** The providers by name. */
export type ProviderName = KernelProvider["name"];

/** What a user may ask of the kernels. */
export interface KernelOptions {
  /** Who multiplies; by default a native BLAS where one is found, else WebAssembly. */
  readonly provider?: ProviderName | undefined;
  /** The same bits in Node and in every browser: plain WebAssembly SIMD without fused multiply-add. Default false. */
  readonly deterministic?: boolean | undefined;
  /**
   * At most so many threads; by default as many as the library takes by itself. Of a native library this is a setting of the whole
   * process, which must not change while a worker of the same process computes with it.
   */
  readonly threads?: number | undefined;
  /** Try V8's 256-bit code for modules compiled from now on; see `KernelChoice.wide`. Default false. */
  readonly wide?: boolean | undefined;
}

/** A provider that is there. */
export interface FoundProvider {
  readonly provider: KernelProvider;
  /** Works with at most so many threads from now on, by default its own number, and says with how many. */
  readonly useThreads: (threads: number | undefined) => number;
}

/** Why a provider is not there, in words. */
export interface Absence {
  readonly reason: string;
}

/** A provider that may be taken, and how to come by it. */
export interface Candidate {
  readonly name: ProviderName;
  /** Whether its results can be the same to the bit everywhere. */
  readonly canBeDeterministic: boolean;
  readonly find: (options: Pick<KernelOptions, "deterministic">) => FoundProvider | Absence;
}

/** The candidate that the options, or else the environment variable `NABLA_KERNELS`, ask for; by default the first found. */
export function choose(
  candidates: readonly Candidate[],
  options: KernelOptions,
  variable: string | undefined,
): FoundProvider {
  checkOptions("`useKernels`", options, ["provider", "deterministic", "threads", "wide"]);
  checkValues(candidates, options);
  const { provider, deterministic = false } = options;
  if (provider !== undefined) return findForced(candidates, provider, options, "`useKernels({ provider })`");
  const fitting = candidates.filter(({ canBeDeterministic }) => canBeDeterministic || !deterministic);
  // Being deterministic is asked for in the program; it outweighs a provider named outside of it.
  if (variable !== undefined && variable !== "" && !deterministic) {
    const name = checkName(candidates, variable, "`NABLA_KERNELS`");
    return findForced(candidates, name, options, "`NABLA_KERNELS`");
  }
  const absent: string[] = [];
  for (const { name, find } of fitting) {
    const found = find(options);
    if (!("reason" in found)) return found;
    absent.push(`${name}: ${found.reason}`);
  }
  throw new ArgumentError(`\`useKernels\` found no kernels that fit: ${absent.join("; ")}`);
}

function findForced(
  candidates: readonly Candidate[],
  name: ProviderName,
  options: KernelOptions,
  asker: string,
): FoundProvider {
  const candidate = candidates.find((one) => one.name === name);
  const found = candidate?.find(options) ?? { reason: "it is not part of this version" };
  if (!("reason" in found)) return found;
  throw new ArgumentError(`${asker} asks for "${name}", which is not available: ${found.reason}`);
}

function checkValues(
  candidates: readonly Candidate[],
  { provider, deterministic, threads }: KernelOptions,
): void {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))
    throw new ArgumentError(
      `\`useKernels({ threads })\` must be a whole number of at least 1; got ${threads}`,
    );
  if (provider === undefined) return;
  checkName(candidates, provider, "`useKernels({ provider })`");
  if (deterministic && !candidates.some((one) => one.name === provider && one.canBeDeterministic))
    throw new ArgumentError(
      `\`useKernels({ deterministic: true })\` cannot work with the provider "${provider}", whose results differ ` +
        "from machine to machine; leave `provider` out",
    );
}

function checkName(candidates: readonly Candidate[], name: string, asker: string): ProviderName {
  const known = candidates.find((candidate) => candidate.name === name);
  if (known !== undefined) return known.name;
  const names = candidates.map((candidate) => `"${candidate.name}"`).join(", ");
  throw new ArgumentError(`${asker} must be one of ${names}; got "${name}"; correct it or leave it out`);
}
