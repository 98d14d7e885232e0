/** Triangular systems, symmetric products and matrix times vector by CBLAS, which knows row-major matrices itself. */

import { asStored, bindBoth, rowMajor, transposed } from "../blas.ts";
import type { NativeLibrary } from "../library.ts";
import { dtypeOf } from "./fortran.ts";
import type { Lapack, Triangle } from "./lapack.ts";

// CBLAS_SIDE, CBLAS_UPLO and CBLAS_DIAG.
const onTheLeft = 141;
const halves: Readonly<Record<Triangle, number>> = { upper: 121, lower: 122 };
const [storedDiagonal, unitDiagonal] = [131, 132];

/** Binds the routines; throws where the library has none. */
export function bindTriangular(library: NativeLibrary): Pick<Lapack, "trsm" | "trtrs" | "syrk" | "gemv"> {
  const solve = bindBoth(library.handle, "trsm", "int int int int int int int real pointer int pointer int");
  const square = bindBoth(library.handle, "syrk", "int int int int int real pointer int real pointer int");
  const trsm: Lapack["trsm"] = (t, n, b, columns, { triangle, isTransposed, hasUnitDiagonal }) => {
    if (n === 0 || columns === 0) return;
    const operation = isTransposed ? transposed : asStored;
    const diagonal = hasUnitDiagonal ? unitDiagonal : storedDiagonal;
    const half = halves[triangle];
    solve[dtypeOf(t)](rowMajor, onTheLeft, half, operation, diagonal, n, columns, 1, t, n, b, columns);
  };
  return {
    trsm,
    trtrs: (t, n, b, columns, how) => {
      if (!how.hasUnitDiagonal) for (let i = 0; i < n; i++) if (t[i * n + i] === 0) return i + 1;
      trsm(t, n, b, columns, how);
      return 0;
    },
    syrk: (a, n, k, c, triangle, isTransposed) => {
      if (n === 0) return;
      const operation = isTransposed ? transposed : asStored;
      const stride = Math.max(1, isTransposed ? n : k);
      square[dtypeOf(a)](rowMajor, halves[triangle], operation, n, k, 1, a, stride, 0, c, n);
    },
    gemv: (a, m, n, x, y, isTransposed) => {
      if (m === 0 || n === 0) return void y.fill(0);
      const operation = isTransposed ? transposed : asStored;
      library.gemv[dtypeOf(a)](rowMajor, operation, m, n, 1, a, n, x, 1, 0, y, 1);
    },
  };
}
