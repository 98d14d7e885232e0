/** Checkpoints in files: whole at every moment, refused at once where they cannot be, never the loss of a result. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { descend } from "../../test/tools/descend.ts";
import { decodeCheckpoint } from "./checkpoint-file.ts";
import { checkpointWriter } from "./checkpoint-store.ts";
import { solve } from "./drive.ts";
import type { SolveOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";

const bowl = analytic<"value" | "gradient">(1, {
  value: (x) => x.reduce((sum, xi) => sum + xi * xi, 0),
  gradient: (x) => x.map((xi) => 2 * xi),
});
const run = (options: SolveOptions): Outcome =>
  solve(bowl, descend(), Float64Array.of(1), { maxSteps: 4, ...options });

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nabla-checkpoint-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

describe("a path", () => {
  test("holds the run as it ended, and nothing lies beside it", () => {
    const checkpoint = join(folder, "run.nabla");
    writeFileSync(checkpoint, "older");
    const outcome = run({ checkpoint });
    expect(readdirSync(folder)).toEqual(["run.nabla"]);
    expect(decodeCheckpoint(readFileSync(checkpoint, "utf8")).state.x).toEqual(outcome.x);
    const resumed = run({ resume: checkpoint, maxSteps: 8 });
    expect(resumed.x).toEqual(run({ maxSteps: 8 }).x);
  });

  test("that cannot be written is refused before the run begins", () => {
    const never = { onStep: () => expect.unreachable() };
    const missing = join(folder, "no", "run.nabla");
    expect(() => run({ checkpoint: missing, ...never })).toThrow(
      `solve({ checkpoint: ${JSON.stringify(missing)} }): cannot be written (ENOENT); choose a path in a folder that exists and may be written`,
    );
    expect(() => run({ checkpoint: folder, ...never })).toThrow("cannot be written (it is a folder)");
    expect(() => run({ checkpoint: "", ...never })).toThrow("cannot be written");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that is a pipe or a device is not replaced; behind a link the file is", () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(() => run({ checkpoint: pipe })).toThrow("cannot be written (it is no ordinary file)");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    const [file, link] = [join(folder, "file"), join(folder, "link")];
    writeFileSync(file, "older");
    symlinkSync(file, link);
    run({ checkpoint: link });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(decodeCheckpoint(readFileSync(file, "utf8")).state.steps).toBe(4);
  });

  test("that no system takes is refused in our words", () => {
    expect(() => run({ checkpoint: join(folder, "a\0b") })).toThrow(
      "cannot be written (ERR_INVALID_ARG_VALUE)",
    );
  });

  test("that cannot be written any more costs no result", () => {
    const inner = join(folder, "inner");
    mkdirSync(inner);
    const outcome = run({
      checkpoint: join(inner, "run"),
      onStep: () => rmSync(inner, { recursive: true, force: true }),
    });
    expect(outcome).toMatchObject({ reason: "max-steps", steps: 4, error: { code: "file" } });
    expect(outcome.detail).toMatch(/^took 4 steps; the last checkpoint was not written: .*ENOENT/);
  });

  test("to resume from must be that of a checkpoint", () => {
    const missing = join(folder, "none");
    expect(() => run({ resume: missing })).toThrow(
      `solve({ resume: ${JSON.stringify(missing)} }): there is no such file; check the path, or begin without resume`,
    );
    expect(() => run({ resume: folder })).toThrow("cannot be read (EISDIR)");
    const foreign = join(folder, "foreign.json");
    writeFileSync(foreign, "{}");
    expect(() => run({ resume: foreign })).toThrow('foreign.json" }): is no checkpoint of Nabla');
    for (const resume of [missing, folder, foreign])
      expect(() => run({ resume })).toThrow(expect.objectContaining({ code: "file" }));
  });

  test("is an error of the caller where there are no files", () => {
    for (const host of [undefined, { env: {} }]) {
      vi.spyOn(globalThis, "process", "get").mockReturnValue(host as unknown as NodeJS.Process);
      expect(() => run({ checkpoint: "run.nabla" })).toThrow(
        "solve({ checkpoint }): there are no files here; give a function that keeps the text",
      );
      expect(() => run({ resume: "run.nabla" })).toThrow(
        "solve({ resume }): there are no files here; give the checkpoint itself, decodeCheckpoint(text)",
      );
    }
  });
});

describe("a function", () => {
  test("is given the text at the end, and after steps every ten seconds", () => {
    const texts: string[] = [];
    let clock = 0;
    const writer = checkpointWriter(
      (text) => texts.push(text),
      {},
      "solve",
      () => clock,
    );
    const save = run({ maxSteps: 1 }).save;
    for (clock of [1, 9_999, 10_000, 15_000, 19_999, 20_001]) writer.step(save);
    expect(texts).toHaveLength(2);
    writer.end(save);
    expect(texts).toHaveLength(3);
    expect(decodeCheckpoint(texts.at(-1) ?? "").state.steps).toBe(1);
  });

  test("that fails costs no result, and is tried again", () => {
    let calls = 0;
    const keep = (): void => {
      if (++calls === 1) throw new Error("disk full");
    };
    let clock = 0;
    const writer = checkpointWriter(keep, {}, "solve", () => clock);
    const { save } = run({ maxSteps: 1 });
    clock = 10_000;
    writer.step(save);
    expect(writer.end(save)).toBeUndefined();
    const failing = (): never => {
      throw new Error("disk full");
    };
    expect(run({ checkpoint: failing })).toMatchObject({
      reason: "max-steps",
      detail: "took 4 steps; the last checkpoint was not written: disk full",
    });
  });

  test("must be one", () => {
    expect(() => run({ checkpoint: 3 as unknown as string })).toThrow(
      "solve({ checkpoint }): needs a file's path, or a function that keeps the text; got 3",
    );
  });
});

test("settings that cannot be written are refused before the run begins", () => {
  const method = { ...descend(), settings: { schedule: () => 1 } };
  const checkpoint = join(folder, "run.nabla");
  expect(() => solve(bowl, method, Float64Array.of(1), { checkpoint })).toThrow(
    "solve({ checkpoint }): the method's settings.schedule: is a function, which cannot be written as text",
  );
  expect(existsSync(checkpoint)).toBe(false);
});
