/** Circles among the imports of files. */

/**
 * One shortest circle for each knot of files that import each other.
 * @param {ReadonlyMap<string, readonly string[]>} graph for each file the files that it imports
 * @returns {string[][]} each circle begins and ends with the same file
 */
export function findCircles(graph) {
  /** @type {string[][]} */
  const circles = [];
  const settled = new Set();
  for (const file of [...graph.keys()].sort()) {
    if (settled.has(file)) continue;
    const circle = shortestWayBack(graph, file);
    if (circle === undefined) continue;
    circles.push(circle);
    for (const member of circle) settled.add(member);
  }
  return circles;
}

/**
 * Breadth first from `start` until an import leads back to it.
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @param {string} start
 * @returns {string[] | undefined}
 */
function shortestWayBack(graph, start) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...pathTo(cameFrom, start, file), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

/**
 * @param {ReadonlyMap<string, string>} cameFrom
 * @param {string} start
 * @param {string} end
 */
function pathTo(cameFrom, start, end) {
  const path = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    path.unshift(at);
  }
  return path;
}
