/** The functions on which Moré & Thuente (1994), section 5, try line searches: each with its derivative. */

/** A function of the length of a step. */
export interface LineFunction {
  readonly value: (t: number) => number;
  readonly slope: (t: number) => number;
}

/** Eq. 5.1, β = 2. */
const rational: LineFunction = {
  value: (t) => -t / (t * t + 2),
  slope: (t) => (t * t - 2) / (t * t + 2) ** 2,
};

/** Eq. 5.2, β = 0.004. */
const quintic: LineFunction = {
  value: (t) => (t + 0.004) ** 5 - 2 * (t + 0.004) ** 4,
  slope: (t) => 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3,
};

/** Eq. 5.3, β = 0.01, l = 39: a smoothed |1 − t| under a wave. */
const wavy: LineFunction = {
  value: (t) => {
    const hull = Math.abs(t - 1) >= 0.01 ? Math.abs(t - 1) : (t - 1) ** 2 / 0.02 + 0.005;
    return hull + (1.98 / (39 * Math.PI)) * Math.sin(((39 * Math.PI) / 2) * t);
  },
  slope: (t) => {
    const hull = Math.abs(t - 1) >= 0.01 ? Math.sign(t - 1) : (t - 1) / 0.01;
    return hull + 0.99 * Math.cos(((39 * Math.PI) / 2) * t);
  },
};

/** Eq. 5.4, after Yanai, Ozawa and Kaneko. */
function yanai(b1: number, b2: number): LineFunction {
  const weight = (b: number): number => Math.sqrt(1 + b * b) - b;
  return {
    value: (t) => weight(b1) * Math.hypot(1 - t, b2) + weight(b2) * Math.hypot(t, b1),
    slope: (t) => (weight(b1) * (t - 1)) / Math.hypot(1 - t, b2) + (weight(b2) * t) / Math.hypot(t, b1),
  };
}

/** With μ, η and the evaluations of tables I to VI, from first lengths 10⁻³, 10⁻¹, 10 and 10³. */
export const lineFunctions: readonly {
  readonly name: string;
  readonly line: LineFunction;
  readonly decrease: number;
  readonly curvature: number;
  readonly evaluations: readonly number[];
}[] = [
  { name: "I", line: rational, decrease: 0.001, curvature: 0.1, evaluations: [6, 3, 1, 4] },
  { name: "II", line: quintic, decrease: 0.1, curvature: 0.1, evaluations: [12, 8, 8, 11] },
  { name: "III", line: wavy, decrease: 0.1, curvature: 0.1, evaluations: [12, 12, 10, 13] },
  { name: "IV", line: yanai(0.001, 0.001), decrease: 0.001, curvature: 0.001, evaluations: [4, 1, 3, 4] },
  { name: "V", line: yanai(0.01, 0.001), decrease: 0.001, curvature: 0.001, evaluations: [6, 3, 7, 8] },
  { name: "VI", line: yanai(0.001, 0.01), decrease: 0.001, curvature: 0.001, evaluations: [13, 11, 8, 11] },
];

/** The first lengths of the tables. */
export const firstLengths: readonly number[] = [1e-3, 1e-1, 10, 1e3];
