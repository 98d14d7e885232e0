/** Eigenvalues of symmetric matrices and singular values by LAPACK's methods of divide and conquer. */

import type { LibraryHandle } from "../koffi.ts";
import { bindRoutine, dtypeOf, type Elements, like, withWork } from "./fortran.ts";
import type { Lapack } from "./lapack.ts";
import { transposeSquare } from "./transpose.ts";

/** Binds the routines; throws where the library has none. */
export function bindSpectra(library: LibraryHandle): Pick<Lapack, "syevd" | "gesdd"> {
  const syevd = bindRoutine(library, "syevd", "ttiaiaaiai");
  const gesdd = bindRoutine(library, "gesdd", "tiiaiaaiaiaia");
  return {
    syevd: (a, n, values) => {
      if (n === 0) return 0;
      // LAPACK Users' Guide: 3 + 5 n whole numbers and 1 + 6 n + 2 n² others are enough.
      const [whole, real] = [3 + 5 * n, 1 + 6 * n + 2 * n * n];
      const counts = new Int32Array(whole);
      const info = syevd(dtypeOf(a), "V", "U", n, a, n, values, like(a, real), real, counts, whole);
      // Its columns are our rows.
      transposeSquare(a, n);
      return info;
    },
    // Aᵀ = V S Uᵀ: LAPACK's left vectors by columns are Vᵀ by rows, its right ones U.
    gesdd: (a: Elements, m, n, u, s, vt) => {
      const k = Math.min(m, n);
      if (k === 0) return 0;
      const counts = new Int32Array(8 * k);
      return withWork(a, (work, length) =>
        gesdd(dtypeOf(a), "S", n, m, a, n, s, vt, n, u, k, work, length, counts),
      );
    },
  };
}
