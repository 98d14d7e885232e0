/**
 * Factorizations by LAPACK, with the change from column-major to row-major. LAPACK sees the transpose of what lies in an array;
 * where a routine for the transpose exists it is called in place of the one named, and nothing is copied.
 */

import type { LibraryHandle } from "../koffi.ts";
import { bindRoutine, dtypeOf, withWork } from "./fortran.ts";
import type { Lapack } from "./lapack.ts";
import { transposeSquare } from "./transpose.ts";

type Factorizations = Pick<Lapack, "potrf" | "potrs" | "getrf" | "getrs" | "geqrf" | "ormqr">;

/** Binds the routines; throws where the library has none. */
export function bindFactorizations(library: LibraryHandle, trsm: Lapack["trsm"]): Factorizations {
  return { ...bindCholesky(library, trsm), ...bindLu(library, trsm), ...bindQr(library) };
}

/** The lower half by rows is the upper half by columns. */
function bindCholesky(library: LibraryHandle, trsm: Lapack["trsm"]): Pick<Lapack, "potrf" | "potrs"> {
  const potrf = bindRoutine(library, "potrf", "tiai");
  return {
    potrf: (a, n) => (n === 0 ? 0 : potrf(dtypeOf(a), "U", n, a, n)),
    potrs: (l, n, b, columns) => {
      const lower = { triangle: "lower", hasUnitDiagonal: false } as const;
      trsm(l, n, b, columns, { ...lower, isTransposed: false });
      trsm(l, n, b, columns, { ...lower, isTransposed: true });
    },
  };
}

/** Pivoting by rows needs the transpose itself: n² moves beside n³ multiplications. */
function bindLu(library: LibraryHandle, trsm: Lapack["trsm"]): Pick<Lapack, "getrf" | "getrs"> {
  const getrf = bindRoutine(library, "getrf", "iiaia");
  return {
    getrf: (a, n, pivots) => {
      if (n === 0) return 0;
      transposeSquare(a, n);
      const info = getrf(dtypeOf(a), n, n, a, n, pivots);
      transposeSquare(a, n);
      for (let i = 0; i < n; i++) pivots[i] = (pivots[i] as number) - 1;
      return info;
    },
    getrs: (lu, n, pivots, b, columns) => {
      for (let i = 0; i < n; i++) {
        const other = pivots[i] as number;
        for (let j = 0; j < columns && other !== i; j++) {
          const value = b[i * columns + j] as number;
          b[i * columns + j] = b[other * columns + j] as number;
          b[other * columns + j] = value;
        }
      }
      trsm(lu, n, b, columns, { triangle: "lower", isTransposed: false, hasUnitDiagonal: true });
      trsm(lu, n, b, columns, { triangle: "upper", isTransposed: false, hasUnitDiagonal: false });
    },
  };
}

/** Aᵀ = L Q' by `gelqf` is A = Q'ᵀ Lᵀ, its reflectors where `geqrf` would leave them; (Q C)ᵀ = Cᵀ Q' is `ormlq`'s. */
function bindQr(library: LibraryHandle): Pick<Lapack, "geqrf" | "ormqr"> {
  const gelqf = bindRoutine(library, "gelqf", "iiaiaai");
  const ormlq = bindRoutine(library, "ormlq", "ttiiiaiaaiai");
  return {
    geqrf: (a, m, n, tau) => {
      if (m === 0 || n === 0) return;
      withWork(a, (work, length) => gelqf(dtypeOf(a), n, m, a, n, tau, work, length));
    },
    ormqr: (qr, m, n, tau, c, columns, isTransposed) => {
      const k = Math.min(m, n);
      if (k === 0 || columns === 0) return;
      const operation = isTransposed ? "T" : "N";
      withWork(qr, (work, length) =>
        ormlq(dtypeOf(qr), "R", operation, columns, m, k, qr, n, tau, c, columns, work, length),
      );
    },
  };
}
