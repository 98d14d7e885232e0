/** Finding a library: absent, unreadable, wrong or lying ones are refused with a reason, never with an exception. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installedKoffi, isAbsent, type Koffi } from "../../../src/kernels/native/koffi.ts";
import { findLibrary } from "../../../src/kernels/native/library.ts";
import { providerOf } from "../../../src/kernels/native/provider.ts";
import { describeNative } from "./here.ts";

const folder = mkdtempSync(join(tmpdir(), "nabla-blas-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hasCompiler = ((): boolean => {
  try {
    execFileSync("cc", ["--version"], { stdio: "ignore" });
    return process.platform === "linux";
  } catch {
    return false;
  }
})();

const koffi = installedKoffi();
const platform = "linux";

/** The reason why a library is absent. */
function reason(named: string | undefined, by: Parameters<typeof findLibrary>[0]["koffi"] = koffi): string {
  const library = findLibrary({ koffi: by, platform, named });
  return isAbsent(library) ? library.reason : `found ${library.make.name}`;
}

/** Compiles C into a shared library and gives its path. */
function compiled(name: string, source: string): string {
  const path = join(folder, `${name}.so`);
  writeFileSync(`${path}.c`, source);
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", path, `${path}.c`]);
  return path;
}

/** CBLAS in a few lines; `fault` is put behind each product. */
const cblas = (fault: string): string =>
  ["s float", "d double"]
    .map((kind) => kind.split(" "))
    .map(
      ([letter, real]) => `
void cblas_${letter}gemm(int order, int left, int right, int m, int n, int k, ${real} alpha, const ${real} *a, int lda,
    const ${real} *b, int ldb, ${real} beta, ${real} *c, int ldc) {
  for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) {
    ${real} sum = 0;
    for (int l = 0; l < k; l++)
      sum += (left == 111 ? a[i * lda + l] : a[l * lda + i]) * (right == 111 ? b[l * ldb + j] : b[j * ldb + l]);
    c[i * ldc + j] = beta == 0 ? sum : sum + c[i * ldc + j];
  }
  ${fault}
}
void cblas_${letter}gemv(int order, int how, int m, int n, ${real} alpha, const ${real} *a, int lda, const ${real} *x,
    int stepX, ${real} beta, ${real} *y, int stepY) { y[0] = 0; }`,
    )
    .join("\n");

describe("looking for a BLAS", () => {
  test("without koffi the reason is koffi's", () => {
    expect(reason(undefined, { reason: "the package koffi could not be loaded" })).toBe(
      "the package koffi could not be loaded",
    );
  });

  test("with nothing installed it says what was tried and what to do", () => {
    const empty: Koffi = {
      load: (path) => {
        throw new Error(`Failed to load shared library: ${path}: No such file or directory`);
      },
      address: () => 0n,
    };
    expect(reason(undefined, empty)).toMatch(
      /^no BLAS was found; install OpenBLAS, or name a library in NABLA_BLAS \(tried libopenblasp.so.0, /,
    );
  });

  test("a library that does not say who made it is used only when it is named", () => {
    const silent: Koffi = {
      load: () => ({
        func: (name) => {
          if (name.startsWith("cblas_")) return () => undefined;
          throw new Error("no such function");
        },
      }),
      address: () => 0n,
    };
    expect(reason(undefined, silent)).toContain(
      "libblas.so.3: it does not say who made it, so it may be slow",
    );
    // It is tried here, and these functions do nothing.
    expect(reason("silent.so", silent)).toContain("its float32 matrix product is wrong");
  });

  test("64-bit integers are refused before anything is multiplied", () => {
    const long: Koffi = {
      load: () => ({
        func: (name) => () => {
          if (name.startsWith("cblas_")) throw new Error("must not be called");
          return "OpenBLAS 0.3.30 USE64BITINT DYNAMIC_ARCH";
        },
      }),
      address: () => 0n,
    };
    expect(reason("libopenblas64.so", long)).toContain("its integers have 64 bits");
  });
});

describe.skipIf(isAbsent(koffi))("a library named in NABLA_BLAS", () => {
  test("that does not exist or is no library", () => {
    expect(reason("/nowhere/libblas.so")).toMatch(
      /^NABLA_BLAS names \/nowhere\/libblas.so, but it could not be loaded/,
    );
    const text = join(folder, "text.so");
    writeFileSync(text, "not a library");
    expect(reason(text)).toContain("it could not be loaded");
  });
});

describe.skipIf(isAbsent(koffi) || !hasCompiler)("a compiled library (skipped without koffi and cc)", () => {
  test("without CBLAS", () => {
    expect(reason(compiled("empty", "int nothing(void) { return 0; }"))).toContain("it has no CBLAS");
  });

  test("that multiplies wrongly", () => {
    expect(reason(compiled("lying", cblas("c[0] += 1;")))).toContain("its float32 matrix product is wrong");
    expect(reason(compiled("turned", cblas("if (right == 112) c[1] = 0;")))).toContain(
      "wrong for transposed matrices",
    );
    expect(reason(compiled("wide", cblas("c[n] = 0;")))).toContain("matrix product is wrong");
    expect(reason(compiled("deaf", cblas("if (c[0] != c[0]) c[0] = 0;")))).toContain("loses NaN");
  });

  test("that multiplies matrices rightly and vectors wrongly is used for matrices", () => {
    const library = findLibrary({ koffi, platform, named: compiled("vectors", cblas("")) });
    if (isAbsent(library)) return expect.fail(library.reason);
    expect(library.hasVectors).toBe(false);
    expect(library.make.name).toBe("BLAS of unknown make");
    const memory = new WebAssembly.Memory({ initial: 1 });
    const elements = new Float64Array(memory.buffer);
    elements.set([1, 2, 3, 4, 5, 6]);
    const column = { address: 32, stride: 1, isTransposed: false };
    const matrix = { address: 0, stride: 2, isTransposed: false };
    const kind = { dtype: "float64", rows: 2, columns: 1, inner: 2, accumulate: false, room: 0 } as const;
    const { product } = providerOf(library).open(memory);
    product({ ...kind, a: matrix, b: column, c: { address: 64, stride: 1 } })();
    expect([...elements.subarray(8, 10)]).toEqual([17, 39]);
  });
});

describeNative("the BLAS of this machine", (library) => {
  test("is described by make and threads, and multiplies vectors rightly", () => {
    expect(providerOf(library).description).toMatch(/^[A-Z]\w+/);
    expect(library.hasVectors).toBe(true);
  });
});
