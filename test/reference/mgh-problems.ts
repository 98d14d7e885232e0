/**
 * The problems of Moré, Garbow and Hillstrom (1981), each as a function of plain arithmetic that gives its residuals. Tables
 * stand in the functions, because a function's source does not hold what it captures.
 */
export type Residuals = (x: readonly number[]) => number[];

const helical: Residuals = ([x1 = 0, x2 = 0, x3 = 0]) => {
  const theta = Math.atan(x2 / x1) / (2 * Math.PI) + (x1 < 0 ? 0.5 : 0);
  return [10 * (x3 - 10 * theta), 10 * (Math.sqrt(x1 ** 2 + x2 ** 2) - 1), x3];
};

const gaussian: Residuals = ([x1 = 0, x2 = 0, x3 = 0]) => {
  const y = [9, 44, 175, 540, 1295, 2420, 3521, 3989, 3521, 2420, 1295, 540, 175, 44, 9];
  return y.map((yi, i) => x1 * Math.exp((-x2 * ((7 - i) / 2 - x3) ** 2) / 2) - yi / 10000);
};

const gulf: Residuals = ([x1 = 0, x2 = 0, x3 = 0]) => {
  const r = [];
  for (let i = 1; i <= 99; i++) {
    const t = i / 100;
    const y = 25 + (-50 * Math.log(t)) ** (2 / 3);
    r.push(Math.exp(-(Math.abs(y - x2) ** x3) / x1) - t);
  }
  return r;
};

const kowalik: Residuals = ([x1 = 0, x2 = 0, x3 = 0, x4 = 0]) => {
  const y = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];
  const u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];
  return y.map((yi, i) => {
    const ui = u[i] ?? 0;
    return yi - (x1 * (ui ** 2 + ui * x2)) / (ui ** 2 + ui * x3 + x4);
  });
};

const osborne1: Residuals = ([x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0]) => {
  const y = [
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
    0.603, 0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42,
    0.414, 0.411, 0.406,
  ];
  return y.map((yi, i) => yi - (x1 + x2 * Math.exp(-10 * i * x4) + x3 * Math.exp(-10 * i * x5)));
};

const osborne2: Residuals = (x) => {
  const [x1 = 0, x2 = 0, x3 = 0, x4 = 0, x5 = 0, x6 = 0, x7 = 0, x8 = 0, x9 = 0, x10 = 0, x11 = 0] = x;
  const y = [
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616,
    0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
    0.5, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672,
    0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581,
    0.428, 0.292, 0.162, 0.098, 0.054,
  ];
  return y.map((yi, i) => {
    const t = i / 10;
    const bump = (height: number, centre: number, width: number): number =>
      height * Math.exp(-((t - centre) ** 2) * width);
    return yi - (x1 * Math.exp(-t * x5) + bump(x2, x9, x6) + bump(x3, x10, x7) + bump(x4, x11, x8));
  });
};

const watson: Residuals = (x) => {
  const r = [];
  for (let i = 1; i <= 29; i++) {
    const t = i / 29;
    const slope = x.reduce((sum, xj, j) => (j === 0 ? sum : sum + j * xj * t ** (j - 1)), 0);
    const value = x.reduce((sum, xj, j) => sum + xj * t ** j, 0);
    r.push(slope - value ** 2 - 1);
  }
  const [x1 = 0, x2 = 0] = x;
  return [...r, x1, x2 - x1 ** 2 - 1];
};

const extendedRosenbrock: Residuals = (x) => {
  const r = [];
  for (let i = 0; i < x.length; i += 2) {
    const [a = 0, b = 0] = x.slice(i, i + 2);
    r.push(10 * (b - a ** 2), 1 - a);
  }
  return r;
};

const penalty: Residuals = (x) => [
  ...x.map((xi) => Math.sqrt(1e-5) * (xi - 1)),
  x.reduce((sum, xj) => sum + xj ** 2, 0) - 0.25,
];

const variablyDimensioned: Residuals = (x) => {
  const weighted = x.reduce((sum, xj, j) => sum + (j + 1) * (xj - 1), 0);
  return [...x.map((xi) => xi - 1), weighted, weighted ** 2];
};

const brown: Residuals = (x) => {
  const n = x.length;
  const total = x.reduce((sum, xj) => sum + xj, 0);
  return x.map((xi, i) =>
    i < n - 1 ? xi + total - (n + 1) : x.reduce((product, xj) => product * xj, 1) - 1,
  );
};

const integral: Residuals = (x) => {
  const n = x.length;
  const h = 1 / (n + 1);
  const cube = (j: number): number => ((x[j] ?? 0) + (j + 1) * h + 1) ** 3;
  return x.map((xi, i) => {
    const t = (i + 1) * h;
    let below = 0;
    let above = 0;
    for (let j = 0; j <= i; j++) below += (j + 1) * h * cube(j);
    for (let j = i + 1; j < n; j++) above += (1 - (j + 1) * h) * cube(j);
    return xi + (h * ((1 - t) * below + t * above)) / 2;
  });
};

const broydenBanded: Residuals = (x) =>
  x.map((xi, i) => {
    let sum = 0;
    for (let j = Math.max(0, i - 5); j <= Math.min(x.length - 1, i + 1); j++) {
      const xj = x[j] ?? 0;
      if (j !== i) sum += xj * (1 + xj);
    }
    return xi * (2 + 5 * xi ** 2) + 1 - sum;
  });

const rankOne: Residuals = (x) => {
  const total = x.reduce((sum, xj, j) => sum + (j + 1) * xj, 0);
  return Array.from({ length: 20 }, (_, i) => (i + 1) * total - 1);
};

const chebyquad: Residuals = (x) => {
  const n = x.length;
  const sums = x.map(() => 0);
  for (const xj of x) {
    const z = 2 * xj - 1;
    let [previous, current] = [1, z];
    for (let i = 0; i < n; i++) {
      sums[i] = (sums[i] ?? 0) + current;
      [previous, current] = [current, 2 * z * current - previous];
    }
  }
  return sums.map((sum, i) => sum / n - (i % 2 === 0 ? 0 : -1 / ((i + 1) ** 2 - 1)));
};

/** By the number of the paper; `20n6` is problem 20 with six variables. */
export const problems: Readonly<Record<string, Residuals>> = {
  "1": ([x1 = 0, x2 = 0]) => [10 * (x2 - x1 ** 2), 1 - x1],
  "3": ([x1 = 0, x2 = 0]) => [1e4 * x1 * x2 - 1, Math.exp(-x1) + Math.exp(-x2) - 1.0001],
  "5": ([x1 = 0, x2 = 0]) => [1.5, 2.25, 2.625].map((y, i) => y - x1 * (1 - x2 ** (i + 1))),
  "7": helical,
  "9": gaussian,
  "11": gulf,
  "13": ([x1 = 0, x2 = 0, x3 = 0, x4 = 0]) => [
    x1 + 10 * x2,
    Math.sqrt(5) * (x3 - x4),
    (x2 - 2 * x3) ** 2,
    Math.sqrt(10) * (x1 - x4) ** 2,
  ],
  "15": kowalik,
  "17": osborne1,
  "19": osborne2,
  "20n6": watson,
  "20n12": watson,
  "21": extendedRosenbrock,
  "23n4": penalty,
  "23n10": penalty,
  "25": variablyDimensioned,
  "27": brown,
  "29": integral,
  "31": broydenBanded,
  "33": rankOne,
  "35n7": chebyquad,
  "35n9": chebyquad,
};
