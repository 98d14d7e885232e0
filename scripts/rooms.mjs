/**
 * The house's rules (docs/architecture.md): in src/ a room imports only from rooms above it, no files import
 * each other in a circle, packages are used only where they may be, and no text is ever run as code.
 * `node scripts/rooms.mjs [folder]` prints a sentence for each broken rule.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findCircles } from "./circles.mjs";
import { readFacts } from "./imports.mjs";
import { root } from "./prepare.mjs";

/**
 * @typedef {{ rooms: string[], packages: Record<string, string[]>, outside: Record<string, string[]> }} House
 * @typedef {import("./imports.mjs").FileFacts} FileFacts
 */

/** @type {House} */
const house = JSON.parse(readFileSync(new URL("rooms.json", import.meta.url), "utf8"));

/**
 * A sentence for each place where the tree under `folder` breaks a rule of the house.
 * @param {string} folder
 * @returns {string[]}
 */
export function checkRooms(folder) {
  const files = ["src", ...Object.keys(house.outside)].flatMap((top) => sourcesUnder(folder, top));
  const facts = new Map(files.map((file) => [file, readFacts(join(folder, file))]));
  return [...facts].flatMap(([file, found]) => checkFile(file, found)).concat(checkCircles(facts));
}

/**
 * The TypeScript files below a folder, without tests, by their path with forward slashes.
 * @param {string} folder
 * @param {string} top
 */
function sourcesUnder(folder, top) {
  if (!existsSync(join(folder, top))) return [];
  return readdirSync(join(folder, top), { recursive: true })
    .map((name) => `${top}/${String(name).replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("/fixtures/"))
    .sort();
}

/**
 * @param {string} file
 * @param {FileFacts} facts
 */
function checkFile(file, facts) {
  const found = facts.evaluated.map(
    ({ name, line }) =>
      `${file}:${line} calls \`${name}\`; nothing is ever run from text, so that Nabla works under a strict ` +
      "Content-Security-Policy. Walk the parsed tree instead (src/expression).",
  );
  if (file === "src/index.ts") found.push(...facts.ownStatements.map((line) => indexRule(file, line)));
  for (const { from, line } of facts.imports) {
    const problem = from.startsWith(".")
      ? checkRelative(file, posix.normalize(posix.join(posix.dirname(file), from)))
      : checkPackage(file, from);
    if (problem) found.push(`${file}:${line} imports "${from}"; ${problem}`);
  }
  if (file.startsWith("src/")) found.push(...checkPlace(file));
  return found;
}

/**
 * @param {string} file
 * @param {number} line
 */
const indexRule = (file, line) =>
  `${file}:${line} has a statement of its own; the index only re-exports. Move it into the room it belongs to.`;

/** The room of a path in src, "" for src/index.ts. @param {string} file */
const roomOf = (file) => (file === "src/index.ts" ? "" : (file.split("/")[1] ?? ""));

/** @param {string} file */
function checkPlace(file) {
  const room = roomOf(file);
  if (room === "" || house.rooms.includes(room)) return [];
  return [
    `${file} lies in no room; src holds index.ts and the rooms listed in scripts/rooms.json. ` +
      "Move the file into a room, or add its folder to that list where it belongs in the order.",
  ];
}

/**
 * @param {string} file
 * @param {string} target
 * @returns {string | undefined}
 */
function checkRelative(file, target) {
  if (target.endsWith(".test.ts"))
    return "a test is nobody's import. Move what is shared into a file of its own.";
  const top = file.split("/")[0] ?? "";
  const allowed = house.outside[top];
  if (allowed) {
    if (allowed.some((prefix) => target.startsWith(`${prefix}/`))) return undefined;
    return `${top}/ imports only from ${allowed.join(" and ")}. Move what it needs there, or do without.`;
  }
  if (!target.startsWith("src/")) {
    return "src/ is the library and knows nothing outside itself. Move what it needs into a room of src/.";
  }
  return checkOrder(roomOf(file), roomOf(target));
}

/**
 * @param {string} room
 * @param {string} target
 * @returns {string | undefined}
 */
function checkOrder(room, target) {
  if (room === "" || room === target) return undefined;
  if (target === "")
    return "no room imports the index, which lies below all. Import from the room that defines it.";
  if (house.rooms.indexOf(target) < house.rooms.indexOf(room)) return undefined;
  const above = house.rooms.slice(0, house.rooms.indexOf(room)).join(", ") || "nothing";
  return (
    `${room} lies above ${target}, and data flows down: ${room} may import from ${above}. ` +
    `Move the shared part up, or pass it in as an argument.`
  );
}

/**
 * @param {string} file
 * @param {string} name
 * @returns {string | undefined}
 */
function checkPackage(file, name) {
  if (!file.startsWith("src/")) return undefined;
  const room = roomOf(file);
  const allowed = house.packages[room] ?? [];
  const fits = (/** @type {string} */ rule) =>
    rule.endsWith("*") ? name.startsWith(rule.slice(0, -1)) : name === rule || name.startsWith(`${rule}/`);
  if (allowed.some(fits)) return undefined;
  const elsewhere = Object.keys(house.packages).filter((other) => house.packages[other]?.some(fits));
  const where = elsewhere.length > 0 ? `only src/${elsewhere.join(", src/")} may` : "no room of src may";
  return `${where}, since src runs in browsers and stays small. Do it in a room that may, or list it in scripts/rooms.json.`;
}

/** @param {ReadonlyMap<string, FileFacts>} facts */
function checkCircles(facts) {
  const graph = new Map(
    [...facts].map(([file, { imports }]) => [file, imports.flatMap((entry) => edge(file, entry))]),
  );
  return findCircles(graph).map(
    (circle) =>
      `${circle.join(" -> ")} is a circle of imports; files must be readable from one end. ` +
      "Move what both ends need into a file of its own, or pass it in as an argument.",
  );
}

/**
 * The file an import leads to. A type taken from a file of the same room leaves no trace in the program, and is
 * no part of a circle.
 * @param {string} file
 * @param {import("./imports.mjs").Import} entry
 */
function edge(file, { from, typeOnly }) {
  if (!from.startsWith(".")) return [];
  const target = posix.normalize(posix.join(posix.dirname(file), from));
  const sameRoom = file.startsWith("src/") && roomOf(file) === roomOf(target);
  return typeOnly && sameRoom ? [] : [target];
}

const called = process.argv[1] && pathToFileURL(resolve(process.argv[1])).href;
if (called === import.meta.url) {
  const problems = checkRooms(resolve(process.argv[2] ?? root));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
