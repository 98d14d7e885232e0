/** Checkpoints as text: nothing is lost on the way, and nothing but a whole checkpoint comes back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { descend } from "../../test/tools/descend.ts";
import { FileError, NablaError } from "../core/errors.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { solve } from "./drive.ts";
import { samePlain } from "./plain-data.ts";

const bowl = analytic<"value" | "gradient">(1, {
  value: (x) => x.reduce((sum, xi) => sum + xi * xi, 0),
  gradient: (x) => x.map((xi) => 2 * xi),
});
const saved = solve(bowl, descend(), Float64Array.of(1), { maxSteps: 2, recordPath: true }).save();
const text = encodeCheckpoint(saved);

/** The text of a checkpoint with other data and the checksum that its data would have. */
function forged(change: (data: { state: Record<string, unknown> }) => void): string {
  const written: { data: { state: Record<string, unknown> }; checksum: string } = JSON.parse(text);
  change(written.data);
  const data = JSON.stringify(written.data);
  let hash = 0x811c9dc5;
  for (const char of data) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return JSON.stringify({ ...written, checksum: (hash >>> 0).toString(16).padStart(8, "0") });
}

describe("text", () => {
  test("holds a checkpoint bit for bit, in one line", () => {
    expect(samePlain(decodeCheckpoint(text), saved)).toBe(true);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    expect(text.startsWith('{"format":"nabla-checkpoint","version":1,"checksum":"')).toBe(true);
  });

  test("may be laid out anew", () => {
    expect(samePlain(decodeCheckpoint(JSON.stringify(JSON.parse(text), null, 2)), saved)).toBe(true);
  });

  test("cut off anywhere is refused", () => {
    for (let length = 0; length < text.trimEnd().length; length += 7)
      expect(() => decodeCheckpoint(text.slice(0, length), "run.nabla")).toThrow(FileError);
    expect(() => decodeCheckpoint(text.slice(0, 200), "run.nabla")).toThrow(
      "run.nabla: breaks off or is damaged after 200 characters; take another copy or an earlier one",
    );
  });

  test("with any character changed is refused, or says the same", () => {
    const property = fc.property(
      fc.nat(text.length - 1),
      fc.constantFrom("0", "9", "A", '"', "{", "\0"),
      (i, char) => {
        const changed = text.slice(0, i) + char + text.slice(i + 1);
        try {
          expect(samePlain(decodeCheckpoint(changed), saved)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  test("that is anything else is refused", () => {
    const property = fc.property(fc.oneof(fc.string(), fc.json()), (other) => {
      expect(() => decodeCheckpoint(other)).toThrow(FileError);
    });
    fc.assert(property);
    expect(() => decodeCheckpoint("[1, 2]", "a.json")).toThrow(
      "a.json: is no checkpoint of Nabla; give one that a run wrote by its option `checkpoint`",
    );
    expect(() => decodeCheckpoint("[".repeat(100_000))).toThrow(FileError);
  });

  test("from another version is refused", () => {
    expect(() => decodeCheckpoint(text.replace('"version":1', '"version":7'))).toThrow(
      "decodeCheckpoint(text): written in version 7 of the format, and this is 1",
    );
  });

  test("changed by hand is refused", () => {
    expect(() => decodeCheckpoint(text.replace('"steps":2', '"steps":3'))).toThrow(
      "its checksum does not fit",
    );
  });

  test.each<[string, (state: Record<string, unknown>) => unknown]>([
    ["its state.steps must be a whole number; got 2.5", () => ({ steps: 2.5 })],
    [
      "its state.x must be a Float64Array of 1 numbers",
      () => ({ x: { $: "Float32Array", base64: "AAAAAA==" } }),
    ],
    [
      "state.x: holds a Float64Array whose bytes are not whole",
      () => ({ x: { $: "Float64Array", base64: "AAAA" } }),
    ],
    [
      "state.x: holds a Float64Array whose bytes are not whole",
      () => ({ x: { $: "Float64Array", base64: "?" } }),
    ],
    ['state.x: holds an unknown kind of value, "Function"', () => ({ x: { $: "Function" } })],
    [
      'state.x: holds an unknown kind of value, "constructor"',
      () => ({ x: { $: "constructor", base64: "" } }),
    ],
    ["is nested more than 500 deep", () => ({ x: JSON.parse("[".repeat(2000) + "]".repeat(2000)) })],
  ])("forged with its checksum is refused: %s", (sentence, change) => {
    const forgery = forged(({ state }) => Object.assign(state, change(state)));
    expect(() => decodeCheckpoint(forgery)).toThrow(sentence);
    expect(() => decodeCheckpoint(forgery)).toThrow(FileError);
  });

  test("that names a prototype changes none", () => {
    const forgery = forged(({ state }) =>
      Object.defineProperty(state, "__proto__", { value: { polluted: 1 }, enumerable: true }),
    );
    expect(Object.keys(decodeCheckpoint(forgery).state)).toContain("__proto__");
    expect("polluted" in {}).toBe(false);
  });

  test("must be text", () => {
    expect(() => decodeCheckpoint(saved as unknown as string)).toThrow(
      "decodeCheckpoint(text): needs the text that encodeCheckpoint wrote or a sink was given; got an object",
    );
  });
});

test("what is no checkpoint, or holds what is no plain data, is not encoded", () => {
  const withSetting = (value: unknown): Checkpoint => ({
    ...saved,
    method: { ...saved.method, settings: { value } },
  });
  expect(() => encodeCheckpoint({} as Checkpoint)).toThrow(
    "encodeCheckpoint: needs a checkpoint, as save() returns it",
  );
  expect(() => encodeCheckpoint(withSetting(() => 1))).toThrow(
    "checkpoint.method.settings.value: is a function, which cannot be written as text; use numbers, strings",
  );
  expect(() => encodeCheckpoint(withSetting(new Map()))).toThrow("is a Map, which cannot be written as text");
  const ring: unknown[] = [];
  ring.push(ring);
  expect(() => encodeCheckpoint(withSetting(ring))).toThrow("is nested more than 500 deep, or holds itself");
  expect(() => encodeCheckpoint(withSetting(1n))).toThrow(NablaError);
});
