/** The rules of the choice, on candidates that exist in this file only. */

import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/core/errors.ts";
import { type Candidate, choose, type KernelOptions, type ProviderName } from "../../src/kernels/choose.ts";

const there = (name: ProviderName, canBeDeterministic: boolean): Candidate => ({
  name,
  canBeDeterministic,
  find: ({ deterministic }) => ({
    provider: {
      name,
      description: deterministic ? `${name}, deterministic` : name,
      open: () => {
        throw new Error("not opened here");
      },
    },
    useThreads: () => 1,
  }),
});
const absent = (name: ProviderName, reason: string): Candidate => ({
  name,
  canBeDeterministic: false,
  find: () => ({ reason }),
});

const all = [there("native", false), there("wasm", true), absent("wasm-threads", "memory is not shared")];
const withoutNative = [absent("native", "no BLAS was found"), there("wasm", true)];
const chosen = (candidates: readonly Candidate[], options: KernelOptions, variable?: string): string =>
  choose(candidates, options, variable).provider.description;

describe("the choice of kernels", () => {
  test("is native where it is found, else WebAssembly", () => {
    expect(chosen(all, {})).toBe("native");
    expect(chosen(withoutNative, {})).toBe("wasm");
  });

  test("follows the option, then the environment variable", () => {
    expect(chosen(all, { provider: "wasm" })).toBe("wasm");
    expect(chosen(all, {}, "wasm")).toBe("wasm");
    expect(chosen(all, { provider: "native" }, "wasm")).toBe("native");
    expect(chosen(all, {}, "")).toBe("native");
  });

  test("is WebAssembly where the same bits are wanted everywhere", () => {
    expect(chosen(all, { deterministic: true })).toBe("wasm, deterministic");
    expect(chosen(all, { deterministic: true }, "native")).toBe("wasm, deterministic");
    expect(() => chosen(all, { deterministic: true, provider: "native" })).toThrow("leave `provider` out");
  });

  test("says why a provider that is asked for is not there", () => {
    for (const ask of [
      () => chosen(withoutNative, { provider: "native" }),
      () => chosen(withoutNative, {}, "native"),
    ]) {
      expect(ask).toThrow(ArgumentError);
      expect(ask).toThrow('asks for "native", which is not available: no BLAS was found');
    }
    expect(() => chosen(all, { provider: "wasm-threads" })).toThrow("memory is not shared");
    expect(() => chosen([absent("native", "no BLAS")], {})).toThrow(
      "found no kernels that fit: native: no BLAS",
    );
  });

  test("refuses what it does not know", () => {
    expect(() => chosen(all, {}, "cuda")).toThrow(
      '`NABLA_KERNELS` must be one of "native", "wasm", "wasm-threads"; got "cuda"; correct it or leave it out',
    );
    expect(() => chosen(all, { threads: 0 })).toThrow("whole number of at least 1; got 0");
    // What a program without types may pass.
    const misspelt: object = { determinstic: true };
    expect(() => chosen(all, misspelt)).toThrow("unknown option");
    const unknown: object = { provider: "cuda" };
    expect(() => chosen(all, unknown)).toThrow('got "cuda"');
  });
});
