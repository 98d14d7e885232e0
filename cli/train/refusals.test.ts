/** What `nabla train` refuses, and with what remedy: nothing is run. Files are made here, the sentences are the promise. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeIdx } from "../../src/data/write-idx.ts";
import { createProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "nabla-refusals-"));
const file = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${i % 2},${100 + i},t${i}`);
  writeFileSync(file("rows.csv"), ["x,kind,price,name", ...rows, ""].join("\n"));
  writeFileSync(file("holes.csv"), "a,b,c\n1,2,x\n3,,y\n5,6,x\n7,8,y\n");
  writeFileSync(file("short.csv"), "a,b,c\n1,2,x\n3,4\n");
  writeFileSync(file("open.csv"), 'a,b,c\n1,2,x\n"3,4,y\n');
  writeFileSync(file("empty.csv"), "");
  writeFileSync(file("decimal.csv"), "a;y\n1,5;3,5\n2,5;4,5\n");
  writeFileSync(file("inf.csv"), "a,y\n1,1\ninf,3\n");
  // A header that promises 65535 images and ends.
  writeFileSync(
    file("lying-idx3-ubyte"),
    Uint8Array.of(0, 0, 8, 3, 0, 0, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28),
  );
  writeFileSync(
    file("wide-idx3-ubyte"),
    writeIdx({ dtype: "uint8", shape: [2, 12, 14], data: new Uint8Array(336) }),
  );
  writeFileSync(
    file("labels-idx1-ubyte"),
    writeIdx({ dtype: "uint8", shape: [2], data: Uint8Array.of(0, 1) }),
  );
});

/** What is said where the command ends without having trained. */
async function refusalOf(...args: readonly string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const program = createProgram();
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: (text) => said.push(text), writeOut: () => {} });
  try {
    await program.parseAsync(["train", ...args], { from: "user" });
  } catch (error) {
    const isUsage = error instanceof Error && "exitCode" in error;
    return { code: isUsage ? 2 : 1, said: isUsage ? said.join("") : String(error) };
  }
  return { code: 0, said: said.join("") };
}

describe("wrong usage", () => {
  test.each([
    ["", "say what to train on: mnist, iris, a CSV file"],
    ["mnits", "Did you mean mnist?"],
    ["iris --model cnn", "The models are mlp, lenet, linear, logistic, perceptron."],
    ["iris --model mlp:8,b", 'as whole numbers with commas, mlp:256,128; got "8,b"'],
    ["iris --model lenet:3", "lenet has no sizes to choose"],
    ["iris --model lenet", "lenet looks at images, and an example of iris is 4 numbers"],
    ["iris --model linear", "the targets of iris are classes; take logistic"],
    ["iris --model perceptron", "tells two classes apart, and the targets of iris are 3 classes"],
    ["rows.csv --target kind --model perceptron --ema 0.9", "--ema is about networks"],
    ["wide-idx3-ubyte,labels-idx1-ubyte --model lenet", "those of $/wide-idx3-ubyte are 12×14"],
    ["iris --loss hing", "Did you mean hinge?"],
    ["iris --loss hinge", "hinge tells yes from no, and iris has 3 classes"],
    ["iris --loss squared-error", "squared-error is for values, and the targets of iris are classes"],
    ["iris --loss kl-divergence", "which only a program can give; take cross-entropy"],
    [
      "iris --loss cross-entropy(labelSmoothing=x)",
      "give labelSmoothing of cross-entropy a number in [0, 1)",
    ],
    ["iris --loss cross-entropy(labelSmoothing=2)", "must be a number in [0, 1); got 2"],
    ["iris --metrics f1", "The metrics are accuracy, binary-accuracy"],
    ["iris --metrics r-squared", "r-squared judges values, and cross-entropy is trained on classes"],
    ["iris --optimizer adm", "Did you mean adam?"],
    ["iris --optimizer adam(rte=1)", 'adam has no setting "rte"; its numbers are rate in (0, ∞)'],
    ["iris --optimizer adam(rate=0.1) --lr 1", "--optimizer says rate=0.1 already"],
    ["iris --optimizer newton", "newton asks for value, gradient, hessian"],
    ["iris --optimizer metropolis-hastings", "a network offers values and gradients"],
    ["iris --optimizer lbfgs --lr 1", "lbfgs chooses the lengths of its steps itself"],
    ["iris --optimizer lbfgs --batch-size 16", "both are differences of noise"],
    ["iris --optimizer lbfgs --clip-norm 1", "lbfgs chooses its own steps"],
    ["iris --schedule cosin", "Did you mean cosine?"],
    ["iris --schedule step(every=0)", "must be a whole number in [1, ∞); got 0"],
    ["iris --schedule one-cycle-momentum", 'there is no schedule of rates "one-cycle-momentum"'],
    ["iris --schedule plateau(patience=x)", "give patience of plateau a number"],
    ["iris --lr 0", "Give a number above 0"],
    ["iris --epochs 1.5", "Give a whole number ≥ 1"],
    ["iris --batch-size some", "Give a whole number ≥ 1"],
    ["iris --ema 1", "Give a share between 0 and 1"],
    ["iris --class-weights 1", "Say balanced, or give each class a weight"],
    ["iris --class-weights 1,2", "a weight ≥ 0 for each of 3 classes"],
    ["iris --test 1.5", "give the share of examples to test on, such as 0.2"],
    ["iris --test rows.csv", "of iris a share can be set apart"],
    ["mnist --test 0.1", "mnist has test digits of its own"],
    ["iris --target species", "--target is about the columns of CSV files"],
    ["rows.csv", "--target name\nThe columns are x, kind, price, name."],
    ["rows.csv --target pric", "Did you mean price?"],
    ["rows.csv --target price --features x,kin", "Did you mean kind?"],
    ["rows.csv --target price --model logistic", "has 60 different values in 60 rows, which are no classes"],
    ["rows.csv --target name", "has 60 different values in 60 rows"],
    [
      "holes.csv --target c --model linear",
      'column "c": numbers are to be predicted, and this is the text "x"',
    ],
    [
      "lying-idx3-ubyte",
      'IDX files come as a pair, images-idx3-ubyte,labels-idx1-ubyte; got "$/lying-idx3-ubyte"',
    ],
    ["iris --report page.pdf", "a file whose name ends in .html"],
    ["iris --save none/model.safetensors", "is not a directory that can be written to"],
    ["iris --every 5", "--every is about checkpoints; say where they go with --checkpoint"],
    ["iris --checkpoint run --every 5x", "Say 500steps, 2epochs, 30s or 5min."],
    ["iris --checkpoint rows.csv", "--checkpoint needs a folder"],
    ["--resume none", "none does not say what it was trained on"],
    ["iris --kernels cuda", "Allowed choices are native, wasm-threads, wasm, deterministic."],
    ["iris --find-rate --lr 1", "--find-rate looks for the rate; leave --lr out"],
    ["iris --find-rate --early-stopping 3", "leave --early-stopping out"],
    ["iris --find-rate --optimizer lbfgs", "lbfgs has no rate to look for"],
    ["iris --rates 0.1,x", "Give rates above 0 with commas"],
  ])("%s: %s", async (line, sentence) => {
    const args = line.split(" ").filter((word) => word !== "");
    const { code, said } = await refusalOf(...args.map(inFolder));
    expect(said).toContain(sentence.replaceAll("$", folder));
    expect(code).toBe(2);
  });
});

test.each([
  ["short.csv --target c", "line 3: has 2 fields where the header has 3"],
  ["open.csv --target c", "line 3, column 1: a quotation mark opens and is never closed"],
  ["empty.csv --target c", "has no rows"],
  ["decimal.csv --target y", "give --decimal , to read it as a number"],
  ["inf.csv --target y", '"inf" is no finite number'],
  ["absent.csv --target y", "does not exist"],
  ["holes.csv --target c", 'line 3, column "b": the value is missing, one of 1'],
  ["holes.csv --target b --missing mean", "the target is missing; choose --missing drop-rows"],
  ["lying-idx3-ubyte,labels-idx1-ubyte", "is truncated: its header promises [65535, 28, 28] of uint8"],
])("a file that cannot be read, %s: %s", async (line, sentence) => {
  const { code, said } = await refusalOf(...line.split(" ").map(inFolder));
  expect(said).toContain(sentence);
  expect(code).toBe(1);
});

/** Names of files stand in the folder. */
function inFolder(word: string): string {
  const isFile = /\.(csv|safetensors)$|ubyte$|^(none|run)$/.test(word);
  return isFile ? word.split(",").map(file).join(",") : word;
}
