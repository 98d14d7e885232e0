/**
 * Each routine of LAPACK once, in both precisions, on a problem whose answer is known in whole numbers, or whose factors must
 * give the matrix back. Not symmetric and not square where that could hide a wrong order of elements.
 */

import type { Elements } from "./fortran.ts";
import type { Lapack } from "./lapack.ts";

type Make = (...values: readonly number[]) => Elements;

const makes: readonly Make[] = [
  (...values) => Float64Array.from(values),
  (...values) => Float32Array.from(values),
];

/** The name of a routine that answers wrongly; undefined where all are right. */
export function wrongRoutine(lapack: Lapack): string | undefined {
  const checks: Readonly<Record<string, (lapack: Lapack, make: Make) => boolean>> = {
    "potrf or potrs": checkCholesky,
    "getrf or getrs": checkLu,
    "geqrf or ormqr": checkQr,
    syevd: checkEigenvalues,
    gesdd: checkSingularValues,
    "trtrs or trsm": checkTriangular,
    syrk: checkSquare,
    gemv: checkVector,
  };
  return Object.keys(checks).find((name) => !makes.every((make) => checks[name]?.(lapack, make)));
}

/** L = [2 0; 1 3]. */
function checkCholesky({ potrf, potrs }: Lapack, make: Make): boolean {
  const a = make(4, 99, 2, 10);
  const b = make(8, 4, 22, 2);
  const info = potrf(a, 2);
  potrs(a, 2, b, 2);
  return info === 0 && near(a, [2, 99, 1, 3]) && near(b, [1, 1, 2, 0]) && potrf(make(1, 0, 2, 1), 2) === 2;
}

/** The first column's largest element is in the second row; x = (1, 2) and (0, 1). */
function checkLu({ getrf, getrs }: Lapack, make: Make): boolean {
  const a = make(1, 3, 2, 4);
  const pivots = new Int32Array(2);
  const info = getrf(a, 2, pivots);
  const b = make(7, 3, 10, 4);
  getrs(a, 2, pivots, b, 2);
  const isRight = info === 0 && near(a, [2, 4, 0.5, 1]) && pivots[0] === 1 && pivots[1] === 1;
  return isRight && near(b, [1, 0, 2, 1]) && getrf(make(1, 2, 2, 4), 2, pivots) === 2;
}

/** Q R is the matrix again, and Qᵀ Q C is C. */
function checkQr({ geqrf, ormqr }: Lapack, make: Make): boolean {
  const values = [3, 1, 4, 5, 0, 2];
  const a = make(...values);
  const tau = make(0, 0);
  geqrf(a, 3, 2, tau);
  const product = make(a[0] ?? 0, a[1] ?? 0, 0, a[3] ?? 0, 0, 0);
  ormqr(a, 3, 2, tau, product, 2, false);
  const isProduct = near(product, values) && near(make(Math.abs(a[0] ?? 0)), [5]);
  ormqr(a, 3, 2, tau, product, 2, true);
  return isProduct && near(product, [a[0] ?? 0, a[1] ?? 0, 0, a[3] ?? 0, 0, 0]);
}

/** Eigenvalues 1 and 6 with vectors along (2, −1) and (1, 2). */
function checkEigenvalues({ syevd }: Lapack, make: Make): boolean {
  const a = make(2, 2, 2, 5);
  const values = make(0, 0);
  const info = syevd(a, 2, values);
  const [p = 0, q = 0, r = 0, s = 0] = a;
  return (
    info === 0 && near(values, [1, 6]) && near(make(p + 2 * r, s - 2 * q), [0, 0]) && near(make(p * p), [0.8])
  );
}

/** Singular values 5 and 3 with U, S and Vᵀ giving the matrix again. */
function checkSingularValues({ gesdd }: Lapack, make: Make): boolean {
  const values = [3, 2, 2, 2, 3, -2];
  const [u, s, vt] = [make(0, 0, 0, 0), make(0, 0), make(0, 0, 0, 0, 0, 0)];
  const info = gesdd(make(...values), 2, 3, u, s, vt);
  const again = values.map((_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    const term = (k: number): number => (u[2 * i + k] ?? 0) * (s[k] ?? 0) * (vt[3 * k + j] ?? 0);
    return term(0) + term(1);
  });
  return info === 0 && near(s, [5, 3]) && near(make(...again), values);
}

/** Lᵀ x = b with L = [2 0; 1 4], whose upper half must not be read. */
function checkTriangular({ trtrs }: Lapack, make: Make): boolean {
  const how = { triangle: "lower", isTransposed: true, hasUnitDiagonal: false } as const;
  const b = make(4, 3, 8, 4);
  const info = trtrs(make(2, 99, 1, 4), 2, b, 2, how);
  return info === 0 && near(b, [1, 1, 2, 1]) && trtrs(make(2, 0, 1, 0), 2, b, 2, how) === 2;
}

function checkSquare({ syrk }: Lapack, make: Make): boolean {
  const [rows, columns] = [make(0, 7, 0, 0), make(0, 0, 7, 0)];
  syrk(make(1, 2, 3, 4), 2, 2, rows, "lower", false);
  syrk(make(1, 2, 3, 4), 2, 2, columns, "upper", true);
  return near(rows, [5, 7, 11, 25]) && near(columns, [10, 14, 7, 20]);
}

function checkVector({ gemv }: Lapack, make: Make): boolean {
  const [a, y, z] = [make(1, 2, 3, 4, 5, 6), make(0, 0), make(0, 0, 0)];
  gemv(a, 2, 3, make(1, 0, 1), y, false);
  gemv(a, 2, 3, make(1, 1), z, true);
  return near(y, [4, 10]) && near(z, [5, 7, 9]);
}

/** Equal to a few roundings of the smaller precision. */
function near(found: Elements, expected: readonly number[]): boolean {
  return expected.every(
    (value, i) => Math.abs((found[i] as number) - value) <= 1e-5 * Math.max(1, Math.abs(value)),
  );
}
