/** Normal quantiles. Expected values are mpmath's (mp.dps = 50), rounded to the nearest double. */
import { describe, expect, test } from "vitest";
import { upperNormalQuantile } from "./normal-quantile.ts";

const VALUES: readonly (readonly [number, number])[] = [
  [0.4999999999, 2.506628482030354e-10],
  [0.49, 0.025068908258711057],
  [0.4, 0.2533471031357997],
  [0.3, 0.5244005127080408],
  [0.25, 0.6744897501960817],
  [0.2, 0.8416212335729142],
  [0.1, 1.2815515655446004],
  [0.0751, 1.43882539275254],
  [0.0749, 1.4402382675279637],
  [0.05, 1.6448536269514726],
  [0.02, 2.053748910631823],
  [0.01, 2.326347874040841],
  [0.001, 3.0902323061678136],
  [0.0001, 3.7190164854556804],
  [1e-5, 4.264890793922825],
  [1e-6, 4.753424308822899],
  [1e-7, 5.1993375821928165],
  [1e-9, 5.9978070150076865],
  [1e-12, 7.034483825301132],
  [1e-15, 7.941345326170997],
  [1.1102230246251565e-16, 8.209536151601387],
  [1e-18, 8.757290348782314],
  [2.168404344971009e-19, 8.92802519989827],
  [2.710505431213761e-20, 9.155293772686072],
];

describe("upperNormalQuantile", () => {
  test("agrees with mpmath to 2e-15, from the middle to the last tail", () => {
    for (const [p, expected] of VALUES) {
      expect(Math.abs(upperNormalQuantile(p) / expected - 1), `p = ${p}`).toBeLessThan(2e-15);
    }
    expect(upperNormalQuantile(0.5)).toBe(0);
  });

  test("falls as the probability grows, across the seams of its pieces too", () => {
    const probabilities = Array.from({ length: 4000 }, (_, i) => 0.5 * 2 ** (-i / 62.5));
    const quantiles = probabilities.map(upperNormalQuantile);
    expect(quantiles.every((z, i) => i === 0 || z > (quantiles[i - 1] ?? 0))).toBe(true);
  });
});
