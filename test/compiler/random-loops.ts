/** Random programs with loops over arrays, in text: sums, recurrences of several distances, choices, steps and directions. */

/** A source of uniform numbers in [0, 1) that gives the same programs for the same seed. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Numerical Recipes' linear congruential generator: good enough to choose syntax.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The text of a function of an array `x` of at least 16 numbers that gives a number. */
export function randomLoops(seed: number): string {
  const random = uniform(seed);
  const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)] ?? "0";
  const below = (n: number): number => Math.floor(random() * n);

  const element = (i: string): string => {
    const array = pick(["x", "x", "y", "z"]);
    // Indices wrap around, so that boundaries break the pattern of the loop.
    return pick([
      `${array}[${i}]`,
      `${array}[${i}]`,
      `${array}[(${i} + ${1 + below(3)}) % n]`,
      `${array}[(${i} + n - ${1 + below(6)}) % n]`,
      `${array}[n - 1 - ${i}]`,
      `${array}[${below(4)}]`,
    ]);
  };

  const value = (depth: number, i: string): string => {
    const kind = random();
    if (depth <= 0 || kind < 0.35)
      return pick([element(i), element(i), element(i), "s", "t", "d[i]", `(${below(5) - 2})`]).replace(
        "[i]",
        `[${i}]`,
      );
    if (kind < 0.75) return `(${value(depth - 1, i)} ${pick(["+", "-", "*"])} ${value(depth - 1, i)})`;
    if (kind < 0.82) return `Math.${pick(["sin", "abs", "tanh", "sqrt"])}(${value(depth - 1, i)})`;
    if (kind < 0.88) return `Math.${pick(["max", "min"])}(${value(depth - 1, i)}, ${value(depth - 1, i)})`;
    if (kind < 0.92) return `(${value(depth - 1, i)} / (1 + ${value(depth - 1, i)} ** 2))`;
    return `(${test(depth - 1, i)} ? ${value(depth - 1, i)} : ${value(depth - 1, i)})`;
  };

  const test = (depth: number, i: string): string => {
    const one = `${value(depth - 1, i)} ${pick(["<", ">", "<=", ">="])} ${value(depth - 1, i)}`;
    return random() < 0.7 ? one : `(${one}) ${pick(["&&", "||"])} ${value(0, i)} > 0`;
  };

  const statement = (i: string): string => {
    const kind = random();
    if (kind < 0.35) return `s ${pick(["+=", "+=", "-=", "="])} 0.5 * ${value(2, i)};`;
    if (kind < 0.5) return `t = 0.3 * ${value(2, i)} - 0.4 * s;`;
    if (kind < 0.8) return `${pick(["y", "z"])}[${i}] = 0.5 * ${value(3, i)};`;
    if (kind < 0.9) return `if (${test(2, i)}) s += 0.5 * ${value(2, i)}; else t -= 0.1 * ${value(1, i)};`;
    return `s += t * ${element(i)};`;
  };

  const loop = (): string => {
    const body = Array.from({ length: 1 + below(3) }, () => statement("i")).join(" ");
    const head = pick([
      "for (let i = 0; i < n; i++)",
      "for (let i = n - 1; i >= 0; i--)",
      "for (let i = 1; i + 1 < n; i++)",
      "for (let i = 0; i < n; i += 2)",
    ]);
    if (random() < 0.8) return `${head} { ${body} }`;
    return `for (let j = 0; j < 3; j++) ${head} { ${body} s += 0.1 * ${element("j")}; }`;
  };

  const body = Array.from({ length: 2 + below(3) }, loop).join("\n    ");
  return `(x) => {
    const n = x.length, y = x.slice(), z = x.map((v) => v * v), d = x.map((_, i) => (i * 7) % 5 - 2);
    let s = 0.5, t = 1;
    ${body}
    return s + t + y.reduce((a, b) => a + b, 0) - 0.5 * z.reduce((a, b) => a + b * b, 0);
  }`;
}
