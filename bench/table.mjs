/** The table: for people at a terminal, and as Markdown for docs/performance.md. One line for each peer of a row. */

const columns = [
  ["work", 48],
  ["Nabla", 13],
  ["rate", 16],
  ["÷ floor", 8],
  ["peer", 20],
  ["time", 12],
  ["ratio", 8],
  ["bar", 0],
];

/** The heading of a benchmark. */
export const heading = (title) =>
  `\n${title}\n${columns.map(([name, width], i) => pad(name, width, i)).join("")}`;

/** The lines of a row. */
export const lines = (row) =>
  cells(row).map((cells) =>
    cells
      .map((cell, i) => pad(cell, columns[i][1], i))
      .join("")
      .trimEnd(),
  );

/** A benchmark's rows as a table in Markdown. */
export function markdown(title, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const align = columns.map((_, i) => (isLeft(i) ? "---" : "---:"));
  const body = rows.flatMap((row) => cells(row).map(line));
  return [`### ${title}`, "", line(columns.map(([name]) => name)), line(align), ...body].join("\n");
}

/** How many bars were met and missed. */
export function verdicts(benchmarks) {
  const all = benchmarks.flatMap(({ rows }) => rows.flatMap((row) => [row, ...row.peers]));
  const count = (met) => all.filter((entry) => entry.met === met).length;
  return { met: count(true), missed: count(false) };
}

/** Three digits, and all of those before the point. */
export function show(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function cells(row) {
  const { what, unit, median, rate, floor, absent } = row;
  if (absent !== undefined) return [[what, "absent", "", "", "", "", "", absent]];
  const left = [
    what,
    `${show(median)} ${unit}`,
    rate ? `${show(rate)} GFLOP/s` : "",
    floor ? `${show(median / floor)}×` : "",
  ];
  const peers = row.peers.length > 0 ? row.peers.map((peer) => peerCells(peer, unit)) : [["", "", "", ""]];
  // A verdict on the row itself stands in its first line.
  const verdict = barText(row, unit === "×" ? unit : ` ${unit}`);
  peers[0][3] = [verdict, peers[0][3]].filter(Boolean).join("; ");
  return peers.map((peer, i) => [...(i === 0 ? left : ["", "", "", ""]), ...peer]);
}

function peerCells(peer, unit) {
  const { name, absent, median, ratio, disagrees } = peer;
  if (absent !== undefined) return [name, "absent", "", absent === "absent" ? "" : absent];
  const bar = [barText(peer), disagrees].filter(Boolean).join("; ");
  return [name, `${show(median)} ${unit}`, ratio ? `${show(ratio)}×` : "", bar];
}

/** A bar is in the unit of the row where it judges the row itself, else a ratio. */
function barText({ bar, met }, unit = "×") {
  if (bar === undefined) return "";
  const text = typeof bar === "number" ? `≤ ${bar}${unit}` : `≥ ${bar.least} ${bar.unit}`;
  return met === undefined ? text : `${text} ${met ? "met" : "missed"}`;
}

const isLeft = (i) => [0, 4, 7].includes(i);
const pad = (text, width, i) => (isLeft(i) ? `  ${text.padEnd(width)}` : text.padStart(width));
