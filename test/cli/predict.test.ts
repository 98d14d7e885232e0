/** `nabla predict`, as built: on models that `nabla train` saved. What they should say is known: a price by a formula, two halves, flowers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadIris } from "../../src/data/index.ts";
import { writeIdx } from "../../src/data/write-idx.ts";
import { commandLine, nabla, shell } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "nabla-predict-"));
const file = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const price = (area: number, town: string): number => 50_000 + 3000 * area + (town === "Ulm" ? 20_000 : 0);

beforeAll(() => {
  const { measurements, species, names } = loadIris();
  const rows = Array.from(species, (one, i) => [
    ...measurements.data.slice(4 * i, 4 * i + 4),
    names.species[one],
  ]);
  writeFileSync(
    file("iris.csv"),
    [[...names.features, "species"], ...rows].map((row) => `${row.join(",")}\n`).join(""),
  );
  const houses = Array.from({ length: 60 }, (_, i) => {
    const [area, town] = [40 + ((i * 37) % 101), i % 2 ? "Ulm" : "Jena"];
    return `${area},${town},${price(area, town)}\n`;
  });
  writeFileSync(file("houses.csv"), `area,town,price\n${houses.join("")}`);
  // Columns in another order, one that nobody knows, and no price.
  writeFileSync(file("new.csv"), "colour,town,area\nred,Ulm,100\nblue,Jena,50\n");
  const train = (...args: readonly string[]) => expect(nabla(["train", ...args]).code).toBe(0);
  train("iris", "--save", file("iris.safetensors"));
  train(
    file("houses.csv"),
    "--target",
    "price",
    "--optimizer",
    "lbfgs",
    "--save",
    file("houses.safetensors"),
  );
  train(file("houses.csv"), "--target", "price", "--checkpoint", file("run"), "--every", "50epochs");
});

describe("rows become predictions", () => {
  test("labels by the columns' names, standardized as in training, the accuracy beside them", () => {
    const { code, stdout, stderr } = nabla(["predict", file("iris.safetensors"), file("iris.csv")]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("prediction");
    expect(lines).toHaveLength(151);
    const truth = readFileSync(file("iris.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",").at(-1));
    const right = truth.filter((label, i) => lines[i + 1] === label).length;
    expect(stderr).toBe(`accuracy ${((100 * right) / 150).toFixed(2)} %: ${right} of 150 are right\n`);
    expect(right).toBeGreaterThan(140);
  });

  test("numbers in the target's own unit, whatever the order of the columns", () => {
    const { code, stdout, stderr } = nabla(["predict", file("houses.safetensors"), file("new.csv")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [head, ...values] = stdout.trimEnd().split("\n");
    expect(head).toBe("prediction");
    // Float32 knows 370,000 to a thirtieth.
    expect(Math.abs(Number(values[0]) - price(100, "Ulm"))).toBeLessThan(5);
    expect(Math.abs(Number(values[1]) - price(50, "Jena"))).toBeLessThan(5);
  });

  test("from a folder of checkpoints, in the target's own unit too", () => {
    const { code, stderr } = nabla(["predict", file("run"), file("houses.csv")]);
    expect(code).toBe(0);
    expect(Number(/R² ([\d.]+)/.exec(stderr)?.[1])).toBeGreaterThan(0.99);
  });

  test("probabilities sum to one", () => {
    const { stdout } = nabla(["predict", file("iris.safetensors"), "iris", "--probabilities"]);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toBe("prediction,p_setosa,p_versicolor,p_virginica");
    for (const row of rows) {
      const sum = row
        .split(",")
        .slice(1)
        .reduce((total, p) => total + Number(p), 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  test("JSON is one object", () => {
    const { stdout } = nabla([
      "predict",
      file("iris.safetensors"),
      file("iris.csv"),
      "--json",
      "--probabilities",
    ]);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ rows: 150, classes: ["setosa", "versicolor", "virginica"] });
    expect(found.predictions).toHaveLength(150);
    expect(found.probabilities[0]).toHaveLength(3);
    expect(found.accuracy).toBeGreaterThan(0.9);
  });

  test("from a pipe, into a file", () => {
    const [node = "", main = ""] = commandLine;
    const line = `cat ${file("new.csv")} | ${node} ${main} predict ${file("houses.safetensors")} - --output ${file("out.csv")}`;
    expect(shell(line)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(file("out.csv"), "utf8").split("\n")).toHaveLength(4);
  });

  test("images of IDX files, with their labels or without", () => {
    const pixels = Uint8Array.from({ length: 30 * 16 }, (_, i) =>
      i % 4 < 2 === (Math.floor(i / 16) % 2 === 0) ? 255 : 0,
    );
    writeFileSync(file("x-idx3-ubyte"), writeIdx({ dtype: "uint8", shape: [30, 4, 4], data: pixels }));
    const labels = Uint8Array.from({ length: 30 }, (_, i) => i % 2);
    writeFileSync(file("y-idx1-ubyte"), writeIdx({ dtype: "uint8", shape: [30], data: labels }));
    const pair = `${file("x-idx3-ubyte")},${file("y-idx1-ubyte")}`;
    nabla(["train", pair, "--model", "mlp:8", "--epochs", "30", "--save", file("halves.safetensors")]);
    const { stdout, stderr } = nabla(["predict", file("halves.safetensors"), pair]);
    expect(stderr).toBe("accuracy 100.00 %: 30 of 30 are right\n");
    expect(nabla(["predict", file("halves.safetensors"), file("x-idx3-ubyte")])).toEqual({
      code: 0,
      stdout,
      stderr: "",
    });
  });
});

describe("what does not fit is a sentence", () => {
  test.each([
    [["houses.safetensors", "iris.csv"], 1, 'has no column "area"'],
    [["houses.safetensors", "strange.csv"], 1, '"Bonn" is no category that the model was trained on'],
    [["iris.safetensors", "absent.csv"], 1, "does not exist"],
    [["absent.safetensors", "iris.csv"], 1, "there is no such file"],
    [["iris.csv", "iris.csv"], 1, "iris.csv"],
    [["iris.safetensors", "x-idx3-ubyte"], 1, "has examples of 4×4 numbers, and the model takes 4"],
    [["houses.safetensors", "new.csv", "--probabilities"], 2, "a model trained by squared-error has none"],
    [
      ["iris.safetensors", "iris.csv", "--output", "none/out.csv"],
      2,
      "is not a directory that can be written to",
    ],
  ])("%j", (args, exit, sentence) => {
    writeFileSync(file("strange.csv"), "area,town\n1,Bonn\n");
    const placed = args.map((word) => (/^--/.test(word) ? word : file(word)));
    const { code, stdout, stderr } = nabla(["predict", ...placed]);
    expect(stderr).toContain(sentence);
    expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
  });

  test("a target with labels that the model does not know is said, and the predictions are there", () => {
    writeFileSync(file("other.csv"), readFileSync(file("iris.csv"), "utf8").replaceAll("setosa", "rosa"));
    const { code, stdout, stderr } = nabla(["predict", file("iris.safetensors"), file("other.csv")]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(151);
    expect(stderr).toContain("not judged:");
  });
});
