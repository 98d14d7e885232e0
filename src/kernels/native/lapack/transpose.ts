/** Transposes a square matrix in place, `[n, n]`. */
export function transposeSquare(a: Float32Array | Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [below, above] = [i * n + j, j * n + i];
      const value = a[below] as number;
      a[below] = a[above] as number;
      a[above] = value;
    }
}
