/** Simplices: n + 1 points of n variables with their values, best first. */
import { at } from "../core/exactly.ts";
import { variableScale } from "../solver/criteria.ts";

/** A point and its value, which is not NaN: what is not a number counts as +∞. */
export interface Vertex {
  readonly x: Float64Array;
  readonly value: number;
}

/** Vertices in the order of their values, best first; of equal ones the older first. */
export type Simplex = readonly Vertex[];

/** How the first simplex is built around a start. */
export interface FirstEdges {
  /** Edge along a component, relative to it. */
  readonly size: number;
  /** Edge along a component that is zero. */
  readonly zeroSize: number;
}

/** The start, and a step from it along each axis: `size · xᵢ`, or `zeroSize` where that changes nothing. */
export function axisSimplex(x: Float64Array, { size, zeroSize }: FirstEdges): Float64Array[] {
  const others = Array.from(x, (xi, i) => {
    const vertex = x.slice();
    const moved = xi + size * xi;
    vertex[i] = moved === xi ? xi + zeroSize : moved;
    return vertex;
  });
  return [x, ...others];
}

/** Vertices put in order. The sort is stable: of equal values the one given first comes first. */
export function ordered(vertices: Simplex): Simplex {
  // A difference of infinities would be NaN.
  return vertices.toSorted((a, b) => Number(a.value > b.value) - Number(a.value < b.value));
}

/** A vertex in place of the worst, behind those of equal value. Lagarias et al. (1998), "nonshrink ordering rule". */
export function replaceWorst(simplex: Simplex, vertex: Vertex): Simplex {
  return ordered([...simplex.slice(0, -1), vertex]);
}

/** c + t (c − w): c the centroid of all vertices but the worst w. */
export function alongWorst(simplex: Simplex, t: number): Float64Array {
  const n = simplex.length - 1;
  const sum = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const { x } = at(simplex, i);
    for (let j = 0; j < n; j++) sum[j] = at(sum, j) + at(x, j);
  }
  return at(simplex, n).x.map((w, j) => {
    const c = at(sum, j) / n;
    return c + t * (c - w);
  });
}

/** b + σ (x − b) for every vertex x but the best b. */
export function shrunk(simplex: Simplex, sigma: number): Float64Array[] {
  const best = at(simplex, 0).x;
  return simplex.slice(1).map(({ x }) => x.map((xj, j) => at(best, j) + sigma * (xj - at(best, j))));
}

/** max |xⱼ − bⱼ| / sⱼ over the components of a vertex x, b being the best. */
export function relativeDistance(x: Float64Array, best: Float64Array, scale: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < x.length; j++) {
    largest = Math.max(largest, Math.abs(at(x, j) - at(best, j)) / at(scale, j));
  }
  return largest;
}

/** The largest relative distance of a vertex to the best. */
export function relativeSize(simplex: Simplex, scale: Float64Array): number {
  const best = at(simplex, 0).x;
  return simplex.reduce((largest, { x }) => Math.max(largest, relativeDistance(x, best, scale)), 0);
}

/** What the step test of every method is relative to. */
export function stepScale(x: Float64Array, start: Float64Array): Float64Array {
  return x.map((xj, j) => variableScale(xj, at(start, j)));
}
