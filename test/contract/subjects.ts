/**
 * The methods under contract: a row each. A method is excused from a clause only here, and with a reason. A new method adds
 * its row; a test asserts that every method of the registry has one.
 */
import {
  adam,
  bfgs,
  dfp,
  gradientDescent,
  lbfgs,
  levenbergMarquardt,
  metropolisHastings,
  momentum,
  nelderMead,
  newton,
} from "../../src/index.ts";
import { type AnyMethod, anyMethod } from "../../src/solver/method.ts";
import type { Reason } from "../../src/solver/reason.ts";

/** What is claimed of a method. */
export interface Subject {
  readonly name: string;
  readonly create: () => AnyMethod;
  /** Another run of the same method with another seed, where it has one. */
  readonly reseeded?: () => AnyMethod;
  /** How far a minimizer may be missed, relative to its size or 1. */
  readonly accuracy: number;
  /** Steps it may take on the problems it claims. */
  readonly maxSteps: number;
  /** Problems it is not asked to solve, and why. */
  readonly unsolved: Readonly<Record<string, string>>;
  /** Reasons it cannot end with, and why. */
  readonly unreachable: Partial<Readonly<Record<Reason, string>>>;
  /** False where it does not look for a minimum at all. */
  readonly seeksMinimum: boolean;
}

const noSampler = "only samplers complete";
const leaves = "f is unbounded outside its box, where the first step from a singular Hessian leads";
const singular = "its Hessian is singular at the minimum, so that convergence is slower than linear";
const narrow = "first-order methods need millions of steps where the condition number is so large";

/** The rows. */
export const subjects: readonly Subject[] = [
  {
    name: "gradient-descent",
    create: () => anyMethod(gradientDescent()),
    accuracy: 1e-4,
    maxSteps: 100_000,
    unsolved: {
      "powell-singular": singular,
      "powell-badly-scaled": narrow,
      "brown-badly-scaled": narrow,
      "brown-dennis": narrow,
      wood: narrow,
    },
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "newton",
    create: () => anyMethod(newton()),
    accuracy: 1e-6,
    maxSteps: 500,
    unsolved: {
      "powell-badly-scaled":
        "δI knows no scales; newton({ regularization: marquardt() }) solves it in 101 steps",
      mccormick: leaves,
    },
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "dfp",
    create: () => anyMethod(dfp()),
    accuracy: 1e-6,
    maxSteps: 500,
    unsolved: {},
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "bfgs",
    create: () => anyMethod(bfgs()),
    accuracy: 1e-6,
    maxSteps: 500,
    unsolved: {},
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "lbfgs",
    create: () => anyMethod(lbfgs()),
    accuracy: 1e-6,
    maxSteps: 1000,
    unsolved: {},
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "levenberg-marquardt",
    create: () => anyMethod(levenbergMarquardt()),
    accuracy: 1e-6,
    maxSteps: 500,
    unsolved: {},
    unreachable: { completed: noSampler, diverged: "a sum of squares is bounded below" },
    seeksMinimum: true,
  },
  {
    name: "momentum",
    create: () => anyMethod(momentum({ rate: 1e-4 })),
    accuracy: 1e-4,
    maxSteps: 100_000,
    unsolved: {
      matyas: "so flat that the rate must be larger; momentum({ rate: 0.01 }) solves it in 3827 steps",
      "goldstein-price":
        "so steep that the rate must be smaller; momentum({ rate: 1e-6 }) solves it in 5516 steps",
      "brown-dennis": "as steep; momentum({ rate: 1e-6 }) solves it in 920 steps",
      "powell-singular": singular,
      "powell-badly-scaled": narrow,
      "brown-badly-scaled": narrow,
    },
    unreachable: { completed: noSampler, stalled: "it judges no trial, so nothing can be refused" },
    seeksMinimum: true,
  },
  {
    name: "adam",
    create: () => anyMethod(adam({ rate: 0.01 })),
    accuracy: 1e-4,
    maxSteps: 100_000,
    unsolved: {
      "powell-badly-scaled": narrow,
      "brown-badly-scaled": narrow,
      "brown-dennis": narrow,
    },
    unreachable: { completed: noSampler, stalled: "it judges no trial, so nothing can be refused" },
    seeksMinimum: true,
  },
  {
    name: "nelder-mead",
    create: () => anyMethod(nelderMead()),
    accuracy: 1e-5,
    maxSteps: 5000,
    unsolved: {},
    unreachable: { completed: noSampler },
    seeksMinimum: true,
  },
  {
    name: "metropolis-hastings",
    create: () => anyMethod(metropolisHastings({ samples: 200, warmUp: 100, seed: 1 })),
    reseeded: () => anyMethod(metropolisHastings({ samples: 200, warmUp: 100, seed: 2 })),
    accuracy: Infinity,
    maxSteps: 10_000,
    unsolved: {},
    unreachable: {
      converged: "a chain has no test of convergence to a point",
      stalled: "a chain can always stay",
    },
    seeksMinimum: false,
  },
];
