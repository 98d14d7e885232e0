/** Random programs of the subset, in text: nested conditions, loops with early exits, shared arrays, assignments everywhere. */

/** A source of uniform numbers in [0, 1) that gives the same programs for the same seed. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Numerical Recipes' linear congruential generator: good enough to choose syntax.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The text of a function of `[x, y]` that gives a number. */
export function randomProgram(seed: number): string {
  const random = uniform(seed);
  const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)] ?? "0";
  const below = (n: number): number => Math.floor(random() * n);
  let counters = 0;

  const value = (depth: number): string => {
    const kind = random();
    if (depth <= 0 || kind < 0.3) {
      return pick(["x", "y", "a", "b", "c", "u[0]", "u[1]", "o.p", "n", String(below(7) - 3)]);
    }
    if (kind < 0.65) return `(${value(depth - 1)} ${pick(["+", "-", "*"])} ${value(depth - 1)})`;
    if (kind < 0.75) return `Math.${pick(["sin", "sqrt"])}(${value(depth - 1)})`;
    if (kind < 0.8) return `(${value(depth - 1)} / ${value(depth - 1)})`;
    if (kind < 0.88) return `(${test(depth - 1)} ? ${value(depth - 1)} : ${value(depth - 1)})`;
    if (kind < 0.92) return `f(${value(depth - 1)}, ${value(depth - 1)})`;
    if (kind < 0.95) return `(${pick(["a", "b", "x"])} = ${value(depth - 1)})`;
    return kind < 0.97
      ? `(${value(depth - 1)} ${pick(["||", "&&"])} ${value(depth - 1)})`
      : pick(["a++", "--b"]);
  };

  const test = (depth: number): string => {
    const kind = random();
    if (depth <= 0 || kind < 0.6) {
      return `${value(depth - 1)} ${pick(["<", ">", "<=", ">=", "===", "!=="])} ${value(depth - 1)}`;
    }
    return kind < 0.9
      ? `(${test(depth - 1)} ${pick(["&&", "||"])} ${test(depth - 1)})`
      : `!(${test(depth - 1)})`;
  };

  const block = (depth: number, labels?: readonly string[]): string =>
    `{ ${Array.from({ length: 1 + below(3) }, () => statement(depth, labels)).join(" ")} }`;

  const loop = (depth: number, labels: readonly string[]): string => {
    const i = `i${counters++}`;
    const label = random() < 0.3 ? `L${i}` : "";
    const body = block(depth - 1, label === "" ? labels : [...labels, label]);
    const prefix = label === "" ? "" : `${label}: `;
    if (random() < 0.6)
      return `${prefix}for (${pick(["let", "var"])} ${i} = 0; ${i} < ${below(4)}; ${i}++) ${body}`;
    if (random() < 0.5) return `${prefix}for (const e of u) ${body}`;
    return `{ let ${i} = 0; while (${i}++ < 3 && ${test(1)}) ${block(depth - 1, [])} }`;
  };

  const choice = (depth: number): string => {
    const clause = (head: string): string => `${head}: ${statement(depth - 1)} ${pick(["break;", ""])}`;
    return `switch (${pick(["n", `Math.floor(${value(1)})`])}) { ${["case 0", "default", "case 2"].map(clause).join(" ")} }`;
  };

  const statement = (depth: number, labels?: readonly string[]): string => {
    const kind = random();
    if (depth <= 0 || kind < 0.25) {
      return `${pick(["a", "b", "c", "u[0]", "u[1]", "o.p", "x"])} ${pick(["=", "+=", "-=", "*="])} ${value(2)};`;
    }
    if (kind < 0.5) {
      const otherwise = random() < 0.5 ? ` else ${block(depth - 1, labels)}` : "";
      return `if (${test(1)}) ${block(depth - 1, labels)}${otherwise}`;
    }
    if (kind < 0.64) return loop(depth, labels ?? []);
    if (kind < 0.71 && labels !== undefined)
      return `${pick(["break", "continue"])} ${pick(["", ...labels])};`;
    if (kind < 0.77) return `return ${value(2)};`;
    if (kind < 0.82) return choice(depth);
    if (kind < 0.88)
      return `{ const t = ${value(2)}; let s = t; ${statement(depth - 1, labels)} a = s - t * 2; }`;
    if (kind < 0.92) return `if (${test(1)}) { const t = u; u = v; v = t; }`;
    return kind < 0.96 ? `[a, b] = ${test(1)} ? [b, a] : [a, ${value(1)}];` : "n = (n + 1) % 3;";
  };

  const body = Array.from({ length: 4 }, () => statement(3)).join(" ");
  return `([x, y]) => {
    let a = 1, b = x, c = 0, n = 0, u = [x, 2], v = [y, a];
    const o = { p: y };
    const f = (s, t) => { if (s > t) return s * t; b = b + 1; return s - t; };
    ${body}
    return a + 2 * b + 3 * c + 5 * u[0] + 7 * u[1] + 11 * o.p + 13 * v[0] + 17 * v[1];
  }`;
}
