/** Finding LAPACK: in the BLAS of this machine, or in a library of its own beside it; checked once on a small problem each. */

import { firstLine, isAbsent, type LibraryHandle, type NativeAbsence } from "../koffi.ts";
import { type NativeLibrary, nativeLibrary } from "../library.ts";
import { lapackNames } from "../library-names.ts";
import { bindFactorizations } from "./factorizations.ts";
import type { Lapack } from "./lapack.ts";
import { bindSpectra } from "./spectra.ts";
import { bindTriangular } from "./triangular.ts";
import { wrongRoutine } from "./verify.ts";

let found: Lapack | NativeAbsence | undefined;

/** The LAPACK of this machine, or why there is none. Looked for once in a process. */
export function nativeLapack(): Lapack | NativeAbsence {
  found ??= findLapack();
  return found;
}

function findLapack(): Lapack | NativeAbsence {
  const blas = nativeLibrary();
  if (isAbsent(blas)) return blas;
  const reasons: string[] = [];
  const handles = [
    () => blas.handle,
    ...lapackNames(process.platform).map((name) => () => blas.koffi.load(name)),
  ];
  for (const open of handles) {
    const lapack = bindLapack(blas, open);
    if (!isAbsent(lapack)) return lapack;
    reasons.push(lapack.reason);
  }
  return {
    reason: `no LAPACK can be used beside ${blas.make.name}; install OpenBLAS with LAPACK (${reasons.join("; ")})`,
  };
}

/** LAPACK from a library, with triangular systems by the BLAS. */
export function bindLapack(blas: NativeLibrary, open: () => LibraryHandle): Lapack | NativeAbsence {
  try {
    const library = open();
    const triangular = bindTriangular(blas);
    const lapack = {
      description: blas.make.name,
      ...triangular,
      ...bindFactorizations(library, triangular.trsm),
      ...bindSpectra(library),
    };
    const wrong = wrongRoutine(lapack);
    return wrong === undefined ? lapack : { reason: `its ${wrong} answers wrongly` };
  } catch (error) {
    return { reason: firstLine(error) };
  }
}
