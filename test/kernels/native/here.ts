/**
 * Tests of native kernels run where a BLAS is installed. Without one they are skipped and the report says why; with
 * NABLA_REQUIRE_BLAS=1 they fail instead, so that continuous integration cannot pass by having none.
 */

import { describe, expect, test } from "vitest";
import { isAbsent } from "../../../src/kernels/native/koffi.ts";
import { type NativeLibrary, nativeLibrary } from "../../../src/kernels/native/library.ts";

/** Describes tests that need a BLAS, or skips them with the reason in the title. */
export function describeNative(name: string, tests: (library: NativeLibrary) => void): void {
  const library = nativeLibrary();
  if (!isAbsent(library)) describe(name, () => tests(library));
  else if (process.env.NABLA_REQUIRE_BLAS === "1")
    test(`${name} (NABLA_REQUIRE_BLAS=1)`, () => expect.fail(library.reason));
  else test.skip(`${name}: skipped, native kernels are not there: ${library.reason}`, () => {});
}
