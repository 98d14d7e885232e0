import { afterEach, expect, test, vi } from "vitest";
import { parseOptions } from "./options.ts";

afterEach(() => vi.restoreAllMocks());

/** The exit code and what was written to stderr when these arguments are refused. */
function refusal(args: readonly string[]): { code: number | undefined; message: string } {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const parsed = parseOptions(args);
  const message = written.mock.calls.map(([text]) => String(text)).join("");
  return { code: parsed.kind === "exit" ? parsed.code : undefined, message };
}

const all = ["sgd", "momentum", "adagrad", "rmsprop", "adam", "adamw"];

test("without arguments the defaults, with arguments what they say", () => {
  expect(parseOptions([])).toEqual({
    kind: "run",
    options: {
      methods: all,
      epochs: 5,
      batchSize: 100,
      rate: undefined,
      momentum: 0.9,
      seed: 1,
      report: "report.html",
      limit: undefined,
      json: false,
    },
  });
  const args =
    "--epochs 2 --batch-size 32 --method momentum --rate 1e-2 --momentum .5 --seed 0 --report a.html --limit 9 --json";
  expect(parseOptions(args.split(" "))).toEqual({
    kind: "run",
    options: {
      methods: ["momentum"],
      epochs: 2,
      batchSize: 32,
      rate: 0.01,
      momentum: 0.5,
      seed: 0,
      report: "a.html",
      limit: 9,
      json: true,
    },
  });
});

test("one method alone, or some, each once and in the order in which they run", () => {
  expect(parseOptions(["--method", "adam", "--rate", "0.01"])).toMatchObject({
    options: { methods: ["adam"], rate: 0.01 },
  });
  expect(parseOptions(["--method", "adamw, sgd,adamw"])).toMatchObject({
    options: { methods: ["sgd", "adamw"], rate: undefined },
  });
  expect(parseOptions(["--method", "sgd,momentum", "--momentum", "0"])).toMatchObject({
    options: { momentum: 0 },
  });
});

const refused: [string[], RegExp][] = [
  [["--epochs", "0"], /'--epochs <count>' argument '0' is invalid\. Give a whole number from 1 to 1000\./],
  [["--epochs", "2.5"], /'2\.5' is invalid/],
  [["--batch-size", "1e3"], /whole number from 1 to 60000/],
  [["--rate", "-0.1"], /Give a number above 0\./],
  [["--rate", "Infinity"], /Give a number above 0\./],
  [["--rate", "0x10"], /Give a number above 0\./],
  [["--rate", "0", "--method", "adam"], /Give a number above 0\./],
  [
    ["--rate", "0.1"],
    /--rate is that of one method, and 6 run; name it with --method, such as --method adamw/,
  ],
  [["--method", "sgd,adam", "--rate", "1"], /--rate is that of one method, and 2 run/],
  [["--method", "bfgs"], /Allowed choices are sgd, momentum, adagrad, rmsprop, adam, adamw\./],
  [["--method", "adam,"], /Allowed choices are/],
  [["--method", ""], /Allowed choices are/],
  [["--method", "adam", "--momentum", "0"], /--momentum belongs to --method momentum, which does not run/],
  [["--momentum", "1"], /Give a number from 0 to below 1\./],
  [["--adam-rate", "1"], /unknown option '--adam-rate'/],
  [["--seed", "abc"], /'abc' is invalid/],
  [["--limit", ""], /whole number from 1/],
  [["--report", ""], /Give the path of a file\./],
  [["--report"], /argument missing/],
  [["--epoch", "3"], /unknown option '--epoch'/],
  [["3"], /too many arguments/],
];

test.each(refused)("%j is refused with a sentence and code 2", (args, message) => {
  const refusedWith = refusal(args);
  expect(refusedWith.code).toBe(2);
  expect(refusedWith.message).toMatch(message);
});
