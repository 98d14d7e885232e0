/** IDX files on disk: pairs, compression, and files that lie. Sizes of compressed zeros: deflate makes at most 1,032 bytes of one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { FileError } from "../core/errors.ts";
import { readCsvFile } from "./csv/csv-file.ts";
import { loadIdxPair, readIdxFile } from "./idx-file.ts";
import { writeIdx } from "./write-idx.ts";

const directory = mkdtempSync(join(tmpdir(), "nabla-idx-"));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const images = writeIdx({
  dtype: "uint8",
  shape: [3, 2, 2],
  data: Uint8Array.from({ length: 12 }, (_, i) => i),
});
const labels = writeIdx({ dtype: "uint8", shape: [3], data: Uint8Array.of(2, 0, 2) });
const lying = (size: number): Uint8Array => {
  const bytes = writeIdx({ dtype: "uint8", shape: [2], data: new Uint8Array(2) });
  new DataView(bytes.buffer).setUint32(4, size);
  return bytes;
};

describe("readIdxFile", () => {
  test("reads files as they are, compressed, and compressed under a longer name", () => {
    write("packed.gz", gzipSync(images));
    for (const path of [write("plain", images), write("zipped", gzipSync(images)), join(directory, "packed")])
      expect(readIdxFile(path)).toEqual({ dtype: "uint8", shape: [3, 2, 2], data: images.slice(16) });
  });

  const damaged: [string, Uint8Array, RegExp][] = [
    ["truncated", images.subarray(0, 20), /is truncated: .* from offset 16, .* ends at offset 20/],
    ["truncated, packed", gzipSync(images.subarray(0, 20)), /is truncated: .* ends at offset 20/],
    ["packed and truncated", gzipSync(images).subarray(0, 25), /cannot be decompressed/],
    ["packed and empty", gzipSync(new Uint8Array()), /ends at offset 0 within/],
    ["a header cut short", gzipSync(images.subarray(0, 3)), /ends at offset 3 within/],
    ["a size of gigabytes", lying(0xffffffff), /is truncated: its header promises \[4294967295\] of uint8/],
    [
      "a size of gigabytes, packed",
      gzipSync(lying(0xffffffff)),
      /\(offset 4\) promises 4294967303 bytes, more than/,
    ],
    // A mebibyte of zeros behind a header that promises two bytes.
    [
      "more than promised",
      gzipSync(new Uint8Array([...lying(2), ...new Uint8Array(2 ** 20)])),
      /unpacks to more than 11 bytes/,
    ],
    ["text", new TextEncoder().encode("a,b\n1,2\n"), /is not IDX: .* 0x61/],
  ];
  test.each(damaged)("refuses a file that is %s", (name, bytes, message) => {
    const path = write(`damaged ${name}`, bytes);
    const read = (): unknown => readIdxFile(path);
    expect(read).toThrow(FileError);
    expect(read).toThrow(message);
    expect(read).toThrow(directory);
  });

  test("unpacks a bomb no further than its header promises", () => {
    const bomb = new Uint8Array(2 ** 27);
    bomb.set(lying(100));
    const path = write("bomb", gzipSync(bomb));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => readIdxFile(path)).toThrow(/unpacks to more than 109 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  test("refuses what is no file", () => {
    expect(() => readIdxFile(join(directory, "nothing"))).toThrow(
      /nothing does not exist, nor does .*nothing\.gz; check/,
    );
    mkdirSync(join(directory, "folder"), { recursive: true });
    expect(() => readIdxFile(join(directory, "folder"))).toThrow(/is a directory/);
    // @ts-expect-error no path
    expect(() => readIdxFile(images)).toThrow(/needs the path of a file/);
  });

  test.skipIf(process.platform === "win32")("refuses devices, which may never end", () => {
    expect(() => readIdxFile("/dev/zero")).toThrow(/is a device/);
  });

  test("answers any bytes, packed or not, with an array or a FileError", () => {
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }).map((rest) => Uint8Array.from([0x1f, 0x8b, 8, 0, ...rest])),
      fc.uint8Array({ maxLength: 60 }).map((rest) => gzipSync(Uint8Array.from([0, 0, 8, 2, ...rest]))),
    );
    fc.assert(
      fc.property(junk, (bytes) => {
        const path = write("junk", bytes);
        try {
          const { data, shape } = readIdxFile(path);
          expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
          expect(String(error)).toContain(path);
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe("loadIdxPair", () => {
  test("gives inputs as they are and the classes of labels", () => {
    const pair = loadIdxPair(write("images", images), write("labels.gz", gzipSync(labels)));
    expect(pair).toEqual({
      inputs: { data: images.slice(16), shape: [3, 2, 2] },
      targets: Int32Array.of(2, 0, 2),
      classes: 3,
    });
    expect(loadIdxPair(join(directory, "images"), join(directory, "labels.gz"), 10).classes).toBe(10);
  });

  const floats = writeIdx({ dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, Number.NaN, 4) });
  const of = (...values: number[]): Uint8Array =>
    writeIdx({ dtype: "int32", shape: [values.length], data: Int32Array.from(values) });
  const refused: [string, Uint8Array, Uint8Array, number | undefined, RegExp][] = [
    [
      "labels out of range",
      images,
      labels,
      2,
      /has label 2 at offset 8; labels are 0 to 1\. .*number of classes/,
    ],
    [
      "negative labels",
      images,
      of(0, -1, 1),
      undefined,
      /has label -1 at offset 12; labels are whole numbers/,
    ],
    ["labels beyond all classes", images, of(0, 1, 2 ** 30), undefined, /has label 1073741824 at offset 16/],
    ["labels of another number", images, of(0, 1), undefined, /holds 3 examples and .* 2 labels/],
    ["files that were swapped", labels, images, undefined, /labels are \[n\]\. Are the two files swapped\?/],
    ["NaN", floats, of(0, 1), undefined, /has NaN at offset 20, in example 1; inputs are finite/],
    [
      "no examples",
      writeIdx({ dtype: "uint8", shape: [0, 4], data: new Uint8Array() }),
      of(),
      undefined,
      /holds no examples/,
    ],
  ];
  test.each(refused)("refuses %s", (_, first, second, classes, message) => {
    const load = (): unknown => loadIdxPair(write("first", first), write("second", second), classes);
    expect(load).toThrow(FileError);
    expect(load).toThrow(message);
  });

  test("refuses a number of classes that is none", () => {
    expect(() => loadIdxPair("images", "labels", 0)).toThrow(/whole number from 1; got 0/);
  });
});

describe("readCsvFile", () => {
  test("reads a file, compressed or not, and names it in errors", () => {
    const text = new TextEncoder().encode("a,b\n1,x\n");
    write("packed.csv.gz", gzipSync(text));
    expect(readCsvFile(write("t.csv", text)).name).toBe(join(directory, "t.csv"));
    expect(readCsvFile(join(directory, "packed.csv")).rows).toBe(1);
    expect(() => readCsvFile(write("bad.csv", new TextEncoder().encode("a,b\n1\n")))).toThrow(
      /bad\.csv, line 2/,
    );
  });
});
