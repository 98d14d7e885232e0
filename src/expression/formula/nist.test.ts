/**
 * The models of NIST's Statistical Reference Datasets for nonlinear regression (https://www.itl.nist.gov/div898/strd/nls/),
 * a work of the US government in the public domain: model texts, certified parameters and certified residual sums of squares.
 */
import { describe, expect, test } from "vitest";
import { parseFormula } from "./parse-formula.ts";

interface Problem {
  readonly model: string;
  readonly certified: readonly number[];
  readonly residualSumOfSquares: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const problems: Readonly<Record<string, Problem>> = {
  BoxBOD: {
    model: "b1*(1-exp(-b2*x))",
    certified: [213.80940889, 0.54723748542],
    residualSumOfSquares: 1168.0088766,
    x: [1.0, 2.0, 3.0, 5.0, 7.0, 10.0],
    y: [109.0, 149.0, 149.0, 191.0, 213.0, 224.0],
  },
  DanWood: {
    model: "b1*x^b2",
    certified: [0.76886226176, 3.8604055871],
    residualSumOfSquares: 0.0043173084083,
    x: [1.309, 1.471, 1.49, 1.565, 1.611, 1.68],
    y: [2.138, 3.421, 3.597, 4.34, 4.882, 5.66],
  },
  MGH09: {
    model: "b1*(x^2+x*b2) / (x^2+x*b3+b4)",
    certified: [0.19280693458, 0.19128232873, 0.12305650693, 0.13606233068],
    residualSumOfSquares: 0.00030750560385,
    x: [4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
    y: [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
  },
  Misra1a: {
    model: "b1*(1-exp(-b2*x))",
    certified: [238.94212918, 0.00055015643181],
    residualSumOfSquares: 0.12455138894,
    x: [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
    y: [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
  },
  Misra1c: {
    model: "b1 * (1-(1+2*b2*x)^(-0.5))",
    certified: [636.42725809, 0.00020813627256],
    residualSumOfSquares: 0.040966836971,
    x: [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
    y: [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
  },
  Rat42: {
    model: "b1 / (1+exp(b2-b3*x))",
    certified: [72.462237576, 2.6180768402, 0.067359200066],
    residualSumOfSquares: 8.0565229338,
    x: [9.0, 14.0, 21.0, 28.0, 42.0, 57.0, 63.0, 70.0, 79.0],
    y: [8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08],
  },
  Roszman1: {
    model: "b1 - b2*x - atan(b3/(x-b4))/pi",
    certified: [0.20196866396, -6.1953516256e-6, 1204.4556708, -181.34269537],
    residualSumOfSquares: 0.00049484847331,
    x: [
      -4868.68, -4868.09, -4867.41, -3375.19, -3373.14, -3372.03, -2473.74, -2472.35, -2469.45, -1894.65,
      -1893.4, -1497.24, -1495.85, -1493.41, -1208.68, -1206.18, -1206.04, -997.92, -996.61, -996.31, -834.94,
      -834.66, -710.03, -530.16, -464.17,
    ],
    y: [
      0.252429, 0.252141, 0.251809, 0.297989, 0.296257, 0.295319, 0.339603, 0.337731, 0.33382, 0.38951,
      0.386998, 0.438864, 0.434887, 0.427893, 0.471568, 0.461699, 0.461144, 0.513532, 0.506641, 0.505062,
      0.535648, 0.533726, 0.568064, 0.612886, 0.624169,
    ],
  },
  Thurber: {
    model: "(b1 + b2*x + b3*x^2 + b4*x^3) / (1 + b5*x + b6*x^2 + b7*x^3)",
    certified: [
      1288.13968, 1491.0792535, 583.23836877, 75.416644291, 0.96629502864, 0.39797285797, 0.049727297349,
    ],
    residualSumOfSquares: 5642.7082397,
    x: [
      -3.067, -2.981, -2.921, -2.912, -2.84, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501,
      -1.46, -1.274, -1.212, -1.1, -1.046, -0.915, -0.714, -0.566, -0.545, -0.4, -0.309, -0.109, -0.103, 0.01,
      0.119, 0.377, 0.79, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.2,
    ],
    y: [
      80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.06,
      401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643,
      1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962,
      1464.35, 1468.705, 1447.894, 1457.628,
    ],
  },
};

/** Models whose data are too long to stand here, with their numbers of parameters. */
const longModels: Readonly<Record<string, readonly [parameters: number, model: string]>> = {
  Chwirut2: [3, "exp(-b1*x)/(b2+b3*x)"],
  ENSO: [
    9,
    "b1 + b2*cos( 2*pi*x/12 ) + b3*sin( 2*pi*x/12 ) + b5*cos( 2*pi*x/b4 ) + b6*sin( 2*pi*x/b4 ) + b8*cos( 2*pi*x/b7 ) + b9*sin( 2*pi*x/b7 )",
  ],
  Gauss1: [8, "b1*exp( -b2*x ) + b3*exp( -(x-b4)^2 / b5^2 ) + b6*exp( -(x-b7)^2 / b8^2 )"],
  Kirby2: [5, "(b1 + b2*x + b3*x^2) / (1 + b4*x + b5*x^2)"],
  Lanczos3: [6, "b1*exp(-b2*x) + b3*exp(-b4*x) + b5*exp(-b6*x)"],
  Nelson: [3, "b1 - b2*x1 * exp(-b3*x2)"],
};

describe("NIST's models", () => {
  for (const [name, problem] of Object.entries(problems)) {
    test(`${name} has the certified residual sum of squares`, () => {
      const { f } = parseFormula(problem.model);
      const parameters = Object.fromEntries(problem.certified.map((value, i) => [`b${i + 1}`, value]));
      const residuals = problem.x.map((x, i) => (problem.y[i] ?? Number.NaN) - f({ ...parameters, x }));
      const sum = residuals.reduce((total, r) => total + r * r, 0);
      // NIST prints parameters and sum with eleven digits.
      expect(Math.abs(sum / problem.residualSumOfSquares - 1)).toBeLessThan(1e-9);
    });
  }

  for (const [name, [parameters, model]] of Object.entries(longModels)) {
    test(`${name} is read with its ${parameters} parameters`, () => {
      const { variables } = parseFormula(model);
      const expected = Array.from({ length: parameters }, (_, i) => `b${i + 1}`);
      expect(variables.filter((variable) => variable.startsWith("b")).sort()).toEqual(expected);
      expect(variables.filter((variable) => !variable.startsWith("b")).sort()).toEqual(
        name === "Nelson" ? ["x1", "x2"] : ["x"],
      );
    });
  }
});
