/** What a folder of checkpoints promises; the moment of a kill is in `kill.test.ts`. */
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { checkpointFolder, readCheckpointFolder } from "./index.ts";

let parent = "";
let path = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "nabla-checkpoints-"));
  path = join(parent, "run");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(parent, { recursive: true });
});

const files = (step: number) => ({
  "model.safetensors": Uint8Array.of(step, 1, 2),
  "state.json": `{"step":${step}}`,
});
const visible = (): string[] => readdirSync(path).filter((name) => !name.startsWith("."));
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe("a folder", () => {
  test("gives back what was written: the newest, the best, and each", () => {
    const folder = checkpointFolder(join(path, "deep"), { keep: 5 });
    expect(folder.latest()).toBeUndefined();
    expect(folder.best()).toBeUndefined();
    folder.write(100, files(100), { isBest: true });
    folder.write(200, files(200));
    expect(folder.list()).toEqual([100, 200]);
    expect(folder.latest()).toMatchObject({ step: 200, isBest: false, passedOver: [] });
    expect(folder.best()?.step).toBe(100);
    const read = readCheckpointFolder(join(path, "deep")).read(100);
    expect(read.path).toBe(join(path, "deep", "step-000000100"));
    expect(Uint8Array.from(read.files["model.safetensors"] ?? [])).toEqual(Uint8Array.of(100, 1, 2));
    expect(textOf(read.files["state.json"])).toBe('{"step":100}');
    expect(() => folder.read(300)).toThrow("holds no checkpoint of step 300; there are 100, 200");
  });

  test("says sizes and SHA-256 of its files as sha256sum does", () => {
    checkpointFolder(path).write(1, { "state.json": "abc" });
    const manifest = JSON.parse(readFileSync(join(path, "step-000000001", "manifest.json"), "utf8"));
    // SHA-256 of "abc", FIPS 180-2, appendix B.1.
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(manifest.files).toEqual({ "state.json": { bytes: 3, sha256 } });
  });

  test("keeps the last ones and the best", () => {
    const folder = checkpointFolder(path, { keep: 2 });
    for (const step of [1, 2, 3, 4, 5]) folder.write(step, files(step), { isBest: step === 2 });
    expect(visible()).toEqual(["step-000000002", "step-000000004", "step-000000005"]);
    folder.write(6, files(6), { isBest: true });
    expect(visible()).toEqual(["step-000000005", "step-000000006"]);
    folder.close();
    expect(readdirSync(path)).toEqual(["step-000000005", "step-000000006"]);
  });

  test("keeps what its rule says, for any run", () => {
    const runs = fc.record({
      keep: fc.integer({ min: 1, max: 4 }),
      steps: fc.array(fc.record({ by: fc.nat(2), isBest: fc.boolean() }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(runs, ({ keep, steps }) => {
        const folder = checkpointFolder(path, { keep });
        const best = new Map<number, boolean>();
        let step = 0;
        for (const { by, isBest } of steps) {
          step += by;
          folder.write(step, files(step), { isBest });
          best.set(step, isBest || best.get(step) === true);
        }
        const known = [...best.keys()];
        const theBest = known.findLast((key) => best.get(key));
        const kept = known.filter((key, i) => i >= known.length - keep || key === theBest);
        expect(folder.list()).toEqual(kept);
        expect(folder.latest()?.step).toBe(step);
        expect(folder.best()?.step).toBe(theBest);
        expect(visible()).toHaveLength(kept.length);
        folder.close();
        rmSync(path, { recursive: true });
      }),
      { seed: 20261123, numRuns: 25 },
    );
  });

  test("a step that is written again replaces the former, and stays the best", () => {
    const folder = checkpointFolder(path);
    folder.write(7, files(7), { isBest: true });
    folder.write(7, { "state.json": "again" });
    expect(visible()).toEqual(["step-000000007.1"]);
    expect(textOf(folder.latest()?.files["state.json"])).toBe("again");
    expect(folder.best()?.step).toBe(7);
    expect(() => folder.write(6, files(6))).toThrow("write(step) must be a whole number ≥ 7; got 6");
  });

  test("takes steps of more than nine digits in their order", () => {
    const folder = checkpointFolder(path);
    folder.write(999_999_999, files(1));
    folder.write(1_000_000_000, files(2));
    expect(folder.latest()?.step).toBe(1_000_000_000);
  });
});

describe("a run that is continued", () => {
  beforeEach(() => {
    const folder = checkpointFolder(path, { keep: 5 });
    for (const step of [10, 20, 30]) folder.write(step, files(step), { isBest: step === 30 });
    folder.close();
  });

  test("gives up what came later, when it writes", () => {
    const folder = checkpointFolder(path, { from: 10, keep: 5 });
    expect(folder.list()).toEqual([10, 20, 30]);
    folder.write(15, files(15));
    expect(folder.list()).toEqual([10, 15]);
    expect(folder.best()).toBeUndefined();
  });

  test("may write the step it came from again", () => {
    const folder = checkpointFolder(path, { from: 30 });
    folder.write(30, { "state.json": "end" });
    expect(textOf(folder.latest()?.files["state.json"])).toBe("end");
    expect(folder.best()?.step).toBe(30);
  });

  test("must be the one whose checkpoints are there", () => {
    expect(() => checkpointFolder(path)).toThrow(
      `checkpointFolder(${JSON.stringify(path)}): holds checkpoints of a run, up to step 30; continue that run (resume), or choose another folder`,
    );
    expect(() => checkpointFolder(path, { from: 25 })).toThrow(
      "up to step 30, but none of step 25; choose another",
    );
    expect(checkpointFolder(join(parent, "other"), { from: 25 }).list()).toEqual([]);
  });
});

describe("damage", () => {
  const damages: [string, (checkpoint: string) => void, RegExp][] = [
    [
      "a cut file",
      (at) => writeFileSync(join(at, "state.json"), "{"),
      /state\.json is damaged: it has 1 bytes, and was written with 10$/,
    ],
    [
      "a changed file",
      (at) => writeFileSync(join(at, "model.safetensors"), Uint8Array.of(9, 9, 9)),
      /model\.safetensors is damaged: its SHA-256/,
    ],
    [
      "a missing file",
      (at) => rmSync(join(at, "model.safetensors")),
      /model\.safetensors cannot be read \(ENOENT\)$/,
    ],
    [
      "a cut manifest",
      (at) => writeFileSync(join(at, "manifest.json"), '{"format":'),
      /manifest\.json is damaged or no manifest/,
    ],
    [
      "a missing manifest",
      (at) => rmSync(join(at, "manifest.json")),
      /manifest\.json cannot be read \(ENOENT\)/,
    ],
    [
      "the manifest of another",
      (at) => renameSync(join(at, "../step-000000001/manifest.json"), join(at, "manifest.json")),
      /damaged: it is not that of step-000000002/,
    ],
  ];
  test.each(damages)("%s is noticed, and the one before is taken", (_, damage, sentence) => {
    const folder = checkpointFolder(path);
    folder.write(0, files(0));
    folder.write(1, files(1));
    folder.write(2, files(2));
    damage(join(path, "step-000000002"));
    const latest = folder.latest();
    expect(latest?.step).toBeLessThan(2);
    expect(latest?.passedOver[0]).toMatch(sentence);
    expect(() => folder.read(2)).toThrow(FileError);
  });

  test("of all of them is said in a sentence", () => {
    const folder = checkpointFolder(path);
    folder.write(1, files(1), { isBest: true });
    rmSync(join(path, "step-000000001", "state.json"));
    for (const read of [folder.latest, folder.best])
      expect(read).toThrow(/: no checkpoint is whole: .*state\.json cannot be read \(ENOENT\)\. Take a copy/);
  });

  test("a manifest that is not ours reads no file elsewhere", () => {
    const folder = checkpointFolder(path);
    folder.write(1, files(1));
    const manifest = join(path, "step-000000001", "manifest.json");
    writeFileSync(join(parent, "secret"), "secret");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace('"state.json"', '"../../secret"'));
    expect(folder.latest).toThrow("manifest.json is damaged");
    writeFileSync(manifest, text.replace('"version": 1', '"version": 2'));
    expect(folder.latest).toThrow("is of version 2, and this is 1; continue with the Nabla that wrote it");
  });

  test("a step whose damaged checkpoint was passed over is written anew", () => {
    const first = checkpointFolder(path);
    for (const step of [1, 2]) first.write(step, files(step));
    first.close();
    rmSync(join(path, "step-000000002", "manifest.json"));
    const from = readCheckpointFolder(path).latest()?.step;
    expect(from).toBe(1);
    const folder = checkpointFolder(path, from === undefined ? {} : { from });
    folder.write(2, files(2));
    expect(folder.latest()).toMatchObject({ step: 2, passedOver: [] });
    expect(visible()).toEqual(["step-000000001", "step-000000002"]);
  });
});

describe("what belongs to somebody else", () => {
  test("a folder with other things in it is refused and left as it was", () => {
    mkdirSync(path);
    for (const name of ["a.txt", "b.txt", "c.txt", "step-1"]) writeFileSync(join(path, name), name);
    expect(() => checkpointFolder(path)).toThrow(
      /holds what are no checkpoints \(a\.txt, b\.txt, c\.txt, …\); choose an empty/,
    );
    expect(readdirSync(path)).toEqual(["a.txt", "b.txt", "c.txt", "step-1"]);
    expect(() => checkpointFolder(join(path, "a.txt"))).toThrow(
      "no folder for checkpoints can be made there (EEXIST)",
    );
    expect(() => readCheckpointFolder(join(path, "a.txt")).latest()).toThrow(
      "cannot be read (ENOTDIR); give a folder",
    );
    expect(readCheckpointFolder(path).latest()).toBeUndefined();
  });

  test("beside checkpoints it is let alone; leftovers of the killed are not", () => {
    checkpointFolder(path).close();
    const folder = checkpointFolder(path);
    folder.write(1, files(1));
    folder.close();
    const theirs = [
      ".writing-mine",
      "notes.md",
      "step-000000001-copy",
      "step-0000000001",
      ".removing-0123456",
    ];
    for (const name of theirs) mkdirSync(join(path, name));
    symlinkSync(path, join(path, ".removing-01234567"));
    mkdirSync(join(path, ".writing-89abcdef"));
    writeFileSync(join(path, ".writing-89abcdef", "model.safetensors"), "half");
    writeFileSync(join(path, ".nabla-lock.tmp-01234567"), "");
    const again = checkpointFolder(path, { from: 1, keep: 1 });
    again.write(2, files(2));
    again.close();
    expect(readdirSync(path).sort()).toEqual([...theirs, "step-000000002"].sort());
  });
});

describe("two writers", () => {
  const lock = (more: object): void => {
    mkdirSync(path, { recursive: true });
    writeFileSync(
      join(path, ".nabla-lock"),
      JSON.stringify({ token: "t", host: hostname(), born: null, ...more }),
    );
  };

  test("the second is refused while the first runs", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    lock({ pid: child.pid });
    try {
      expect(() => checkpointFolder(path)).toThrow(
        `process ${child.pid} writes checkpoints there; end it first, or choose another folder`,
      );
    } finally {
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
    checkpointFolder(path).write(1, files(1));
  });

  test("a number of a process that means another one by now holds nothing", () => {
    if (!existsSync(`/proc/${process.ppid}/stat`)) return;
    lock({ pid: process.ppid, born: "another start" });
    checkpointFolder(path).write(1, files(1));
  });

  test("a process that has ended, one elsewhere, and what is no lock hold nothing", () => {
    const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
    for (const more of [{ pid }, { pid: process.ppid, host: "elsewhere.invalid" }, { pid: "x" }]) {
      lock(more);
      checkpointFolder(path).close();
      expect(readdirSync(path)).toEqual([]);
    }
  });

  test("who lost the folder is told before the next write", () => {
    const first = checkpointFolder(path);
    first.write(1, files(1));
    const second = checkpointFolder(path, { from: 1 });
    expect(() => first.write(2, files(2))).toThrow(
      /process \d+ on .* has taken the folder over; choose another one/,
    );
    first.close();
    second.write(3, files(3));
    expect(second.list()).toEqual([1, 3]);
    second.close();
    expect(() => second.write(4, files(4))).toThrow("was closed; open it again to write");
  });
});

describe("what is refused", () => {
  test("options and files", () => {
    expect(() => checkpointFolder("")).toThrow(ArgumentError);
    expect(() => checkpointFolder(path, { keep: 0 })).toThrow(
      "checkpointFolder({ keep }) must be a whole number ≥ 1; got 0",
    );
    expect(() => checkpointFolder(path, { from: -1 }, "train({ checkpoint })")).toThrow(
      "train({ checkpoint })({ from })",
    );
    const folder = checkpointFolder(path);
    const cases: [unknown, string][] = [
      [{ "../x": "" }, '"../x" cannot be the name of a file'],
      [{ "manifest.json": "" }, '"manifest.json" cannot be the name of a file'],
      [{ x: 1 }, "x must be bytes or text; got 1"],
      [null, "needs files by name; got null"],
    ];
    for (const [given, message] of cases) expect(() => folder.write(1, given as never)).toThrow(message);
    for (const step of [-1, 0.5, 1e15, Number.NaN])
      expect(() => folder.write(step, {})).toThrow("write(step) must be a whole number ≥ 0");
    expect(folder.list()).toEqual([]);
  });

  test("a disk that refuses is said, and a later write is another chance", () => {
    const folder = checkpointFolder(path);
    folder.write(1, files(1));
    rmSync(path, { recursive: true });
    writeFileSync(path, "in the way");
    expect(() => folder.write(2, files(2))).toThrow(FileError);
    rmSync(path);
    mkdirSync(path);
    folder.write(3, files(3));
    expect(folder.list()).toEqual([3]);
  });

  test("a place without files", () => {
    vi.spyOn(globalThis, "process", "get").mockReturnValue(undefined as never);
    expect(() => checkpointFolder(path)).toThrow(
      "there are no files here; checkpoints of a training need Node",
    );
  });
});

test.skipIf(!existsSync("/proc/self"))(
  "a folder that takes no folders is refused, and not tried for ever",
  () => {
    expect(() => checkpointFolder("/proc/checkpoints/of-a-run")).toThrow(
      /no folder for checkpoints can be made there/,
    );
  },
);
