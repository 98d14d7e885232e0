/** Reading tables: RFC 4180, what people's files hold besides, and what is refused with which words. Fields in quotes: RFC 4180, section 2. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileError, NablaError } from "../../core/errors.ts";
import type { Table } from "../tables/table.ts";
import { type CsvOptions, readCsv } from "./read-csv.ts";

const SEED = 20261123;

/** Names, kinds and values. */
function shown(table: Table): unknown {
  return table.columns.map(({ name, kind, values }) => [name, kind, [...values]]);
}

describe("readCsv reads", () => {
  const three = [
    ["a", "number", [1, -2.5]],
    ["b", "text", ["x", "y"]],
  ];
  const alike: [string, string | Uint8Array][] = [
    ["LF", "a,b\n1,x\n-2.5,y\n"],
    ["CRLF and no last line end", "a,b\r\n1,x\r\n-2.5,y"],
    ["CR", "a,b\r1,x\r-2.5,y\r"],
    ["mixed line ends", "a,b\r\n1,x\n-2.5,y\r\n"],
    ["blank lines", "\n\na,b\n1,x\n  \n\n-2.5,y\n\n\n"],
    ["a byte order mark", "\uFEFFa,b\n1,x\n-2.5,y\n"],
    ["bytes", new TextEncoder().encode("\uFEFFa,b\n1,x\n-2.5,y\n")],
    ["UTF-16", Uint8Array.from(Buffer.from("\uFEFFa,b\n1,x\n-2.5,y\n", "utf16le"))],
    ["semicolons", "a;b\n1;x\n-2.5;y\n"],
    ["tabs", "a\tb\n1\tx\n-2.5\ty\n"],
    ["quotation marks", '"a","b"\n"1","x"\n"-2.5","y"\n'],
    ["spaces around fields", 'a , b\n 1 , "x" \n -2.5, y\n'],
  ];
  test.each(alike)("%s", (_, data) => {
    expect(shown(readCsv(data))).toEqual(three);
  });

  test("fields in quotation marks, with delimiters, line ends and marks inside", () => {
    const table = readCsv('aaa,n\n"b, bb",1\n"b\r\nbb",2\n"b""bb",3\n');
    expect(table.columns[0]?.values).toEqual(["b, bb", "b\r\nbb", 'b"bb']);
    expect([...(table.lines ?? [])]).toEqual([2, 3, 5]);
  });

  test("numbers as JavaScript writes them, and no others", () => {
    const numbers = readCsv("x\n1\n+2\n.5\n3.\n1e-3\n1E5\n-0\n007\n");
    expect(numbers.columns[0]?.values).toEqual(Float64Array.of(1, 2, 0.5, 3, 0.001, 1e5, -0, 7));
    for (const text of ["0x10", "1_000", "1 000", "12a", "1.2.3", "--1", "1e", "."])
      expect(readCsv(`x\n${text}\n`).columns[0]?.kind).toBe("text");
  });

  test("a text that comes late, and says why the column is text", () => {
    const rows = Array.from({ length: 300 }, (_, i) => (i === 250 ? "abc,0" : `${i}.0,1`));
    const [column] = readCsv(`a,b\n${rows.join("\n")}`).columns;
    expect(column?.values[3]).toBe("3.0");
    expect(column).toMatchObject({
      note: 'it is text because of "abc" in line 252, though 299 of its 300 values are numbers',
    });
  });

  test("decimal commas where they are announced", () => {
    const [a] = readCsv("a;b\n1,5;x\n-2;y\n", { decimal: "," }).columns;
    expect(a?.values).toEqual(Float64Array.of(1.5, -2));
    expect(readCsv("a;b\n1,5;x\n", { decimal: "." }).columns[0]?.values).toEqual(["1,5"]);
  });

  test("columns that are text by request", () => {
    expect(readCsv("zip\n01067\n80331\n", { text: ["zip"] }).columns[0]?.values).toEqual(["01067", "80331"]);
  });
});

describe("readCsv finds out", () => {
  const names = (data: string, options?: CsvOptions): string[] =>
    readCsv(data, options).columns.map(({ name }) => name);

  test("whether there is a header", () => {
    expect(names("5.1,3.5,setosa\n4.9,3.0,setosa\n")).toEqual(["column 1", "column 2", "column 3"]);
    expect(names("id,2019,2020\n1,5,6\n2,7,8\n")).toEqual(["id", "2019", "2020"]);
    expect(names("town,country\nUlm,Germany\n")).toEqual(["town", "country"]);
    expect(names("?,3.5\n4.9,3.0\n", { missing: "keep" })).toEqual(["column 1", "column 2"]);
    expect(names("5.1,3.5\n4.9,3.0\n", { header: true })).toEqual(["5.1", "3.5"]);
    expect(names("x,y\n1,2\n", { header: false })).toEqual(["column 1", "column 2"]);
    expect(names("1,2\n", { header: ["a", "b"] })).toEqual(["a", "b"]);
  });

  test("the delimiter, where others stand among the texts", () => {
    expect(names("a;b;c\n1,5;x, y;2\n2,5;z;3\n", { decimal: "," })).toEqual(["a", "b", "c"]);
    expect(names('a,b\n"x;y",1\n"p;q",2\n')).toEqual(["a", "b"]);
    expect(names("1,5;2,5\n3,5;4,5\n", { decimal: "," })).toEqual(["column 1", "column 2"]);
    expect(names("a b\n1\n2\n")).toEqual(["a b"]);
    expect(names("a|b\n1|2\n", { delimiter: "|" })).toEqual(["a", "b"]);
  });
});

describe("missing values", () => {
  const holed = "age,town\n31,Ulm\n?,NA\n45,\n";

  test("are refused with the first place and their number", () => {
    const complaint =
      /ages\.csv, line 3, column "age": the value is missing \("\?"\); 3 values are missing, in "age", "town"\. .*drop-rows/;
    expect(() => readCsv(holed, { name: "ages.csv" })).toThrow(FileError);
    expect(() => readCsv(holed, { name: "ages.csv" })).toThrow(complaint);
    expect(() => readCsv("a\n1\nnan\n")).toThrow(/line 3, column "a": .* it is the only one\./);
  });

  test("can be left out with their rows, or kept", () => {
    const { rows, dropped, lines } = readCsv(holed, { missing: "drop-rows" });
    expect([rows, dropped, [...(lines ?? [])]]).toEqual([1, 2, [2]]);
    const kept = readCsv(holed, { missing: "keep" });
    expect(shown(kept)).toEqual([
      ["age", "number", [31, Number.NaN, 45]],
      ["town", "text", ["Ulm", "", ""]],
    ]);
    expect(kept.columns.map(({ missing }) => missing)).toEqual([1, 2]);
  });

  test("are what the caller says", () => {
    const table = readCsv("a,b\n1,NA\n-999,x\n", { missing: "keep", missingMarks: ["-999"] });
    expect(shown(table)).toEqual([
      ["a", "number", [1, Number.NaN]],
      ["b", "text", ["NA", "x"]],
    ]);
  });
});

describe("readCsv refuses", () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const cases: [string, string | Uint8Array, RegExp][] = [
    ["rows of another length", "a,b\n\n1,2\n1,2,3\n", /t\.csv, line 4: has 3 fields where the header has 2/],
    ["short rows", "1,2\n3\n", /line 2: has 1 field where the first row has 2/],
    ["a mark that is not closed", 'a,b\n1,"x\ny\n2,3\n', /line 2, column 2: .* never closed; close it/],
    ["such a mark in the first line", '"a,b\n1,2\n', /line 1, column 1: .* never closed/],
    ["a mark inside of a field", 'a,b\n\n1,5" pipe\n', /line 3, column 2: .* in the middle of a field/],
    ["text behind a mark", 'a,b\n"x"y,5\n', /line 2, column 1: .* in the middle of a field/],
    ["two columns of one name", "\na,b,a\n1,2,3\n", /line 2: columns 1 and 3 are both called "a"; rename/],
    ["a column without a name", ",a\n0,1\n1,2\n", /line 1: column 1 has no name; .*to_csv\(index=False\)/],
    ["a header alone", "a,b\n", /has a first row of names and no other/],
    ["nothing", "", /has no rows/],
    ["blank lines alone", "\n  \n\r\n", /has no rows/],
    [
      "decimal commas",
      "a;b\n1;x\n2,5;y\n",
      /line 3, column "a": "2,5" is written with a decimal comma; give/,
    ],
    ["infinity", "a\n1\n-inf\n", /line 3, column "a": "-inf" is no finite number/],
    ["numbers beyond all", "a\n1e999\n", /line 2, column "a": "1e999" is no finite number/],
    ["NUL bytes", bytes(65, 10, 66, 0), /line 2: holds a NUL byte \(offset 3\)/],
    ["what is no UTF-8", bytes(65, 10, 66, 10, 0xe4, 10), /line 3: is not UTF-8; .*windows-1252/],
    ["broken UTF-16", bytes(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00), /begins as UTF-16LE text/],
    ["gzip", bytes(0x1f, 0x8b, 8, 0), /gzip-compressed/],
    ["workbooks", bytes(0x50, 0x4b, 3, 4), /\.xlsx workbook/],
    ["gigantic fields", `a,b\n1,"${"x".repeat(2 ** 23 + 1)}"\n`, /line 2: the row has more than 8 MiB/],
    [
      "rows of empty fields without end",
      `a\n${",".repeat(2 ** 24)}\n`,
      /line 2: the row has more than 8 MiB/,
    ],
    ["what is no UTF-8 behind line ends of old", bytes(65, 13, 66, 13, 10, 0xe4, 13), /line 3: is not UTF-8/],
    ["tables on their side", ",".repeat(200_000), /200001 columns .* change places/],
  ];
  test.each(cases)("%s", (_, data, message) => {
    const read = (): unknown => readCsv(data, { name: "t.csv" });
    expect(read).toThrow(expect.objectContaining({ code: "file", message: expect.stringMatching(message) }));
  });

  test("a file all of whose rows have holes", () => {
    expect(() => readCsv("a,b\n1,\n,2\n", { missing: "drop-rows" })).toThrow(/all of the 2 rows/);
  });

  const calls: [string, CsvOptions, RegExp][] = [
    ["a delimiter that is none", { delimiter: '"' }, /one character, no quotation mark/],
    ["names of another number", { header: ["a"] }, /has 2 columns; got 1 names/],
    ["one name twice", { header: ["a", "a"] }, /a name of its own/],
    ["a column that is not there", { text: ["c"] }, /no column "c"; it has x, y/],
  ];
  test.each(calls)("%s", (_, options, message) => {
    expect(() => readCsv("x,y\n1,2\n", options)).toThrow(message);
  });
});

test("readCsv refuses options and data of other types", () => {
  // @ts-expect-error a misspelt option
  expect(() => readCsv("x\n1\n", { delimeter: ";" })).toThrow(/unknown option "delimeter"/);
  // @ts-expect-error a policy that is none
  expect(() => readCsv("x\n1\n", { missing: "mean" })).toThrow(/"refuse", "drop-rows", "keep"; got "mean"/);
  // @ts-expect-error no text
  expect(() => readCsv(42)).toThrow(/needs the table's text, or its bytes/);
});

describe("whatever table there is", () => {
  const printable = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll("\0", ""));
  const breaking = fc.constantFrom('"', ",", ";", "\t", "\n", "\r\n", "\r", " ", '""', "ü", "€", "𝛁");
  const text = fc
    .array(fc.oneof(printable, breaking), { maxLength: 4 })
    .map((parts) => parts.join("").replace(/^\uFEFF+/, ""));
  const names = fc.uniqueArray(
    text.map((name) => name.trim()).filter((name) => name !== ""),
    { minLength: 1, maxLength: 4 },
  );
  const tables = fc.tuple(names, fc.nat({ max: 6 })).chain(([columns, more]) => {
    const rows = more + 1;
    const ofNumbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: rows,
      maxLength: rows,
    });
    const ofTexts = fc.array(text, { minLength: rows, maxLength: rows });
    return fc.record({
      names: fc.constant(columns),
      columns: fc.tuple(...columns.map(() => fc.oneof(ofNumbers, ofTexts))),
    });
  });
  const quoted = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`;

  test("comes back as it was written", () => {
    const styles = fc.record({
      delimiter: fc.constantFrom(",", ";", "\t", "|"),
      end: fc.constantFrom("\n", "\r\n", "\r"),
    });
    fc.assert(
      fc.property(tables, styles, ({ names, columns }, { delimiter, end }) => {
        const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
          columns.map((column) => quoted(Object.is(column[row], -0) ? "-0" : (column[row] ?? ""))),
        );
        const data = [names.map(quoted), ...rows].map((row) => row.join(delimiter)).join(end);
        const isText = (column: number): boolean => typeof columns[column]?.[0] === "string";
        const table = readCsv(data, {
          delimiter,
          header: true,
          missingMarks: [],
          text: names.filter((_, column) => isText(column)),
        });
        expect(table.columns.map(({ name }) => name)).toEqual(names);
        expect(table.columns.map(({ values }) => [...values])).toEqual(columns);
        const lines = [...(table.lines ?? [])];
        // By counting line ends in everything before the row.
        const before = (row: number): string =>
          [names.map(quoted), ...rows.slice(0, row)].map((fields) => fields.join(delimiter) + end).join("");
        expect(lines).toEqual(rows.map((_, row) => before(row).split(/\r\n|\n|\r/).length));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test("junk is read, or refused with a FileError that names the file", () => {
    const pieces = fc.constantFrom(
      '"',
      ",",
      ";",
      "\n",
      "\r",
      "\t",
      "1",
      "x",
      "é",
      " ",
      "NA",
      "1,5",
      "inf",
      "\0",
    );
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    const policies = fc.constantFrom("refuse", "drop-rows", "keep");
    fc.assert(
      fc.property(junk, policies, fc.option(fc.boolean()), (data, missing, header) => {
        try {
          const options: CsvOptions = { name: "j.csv", missing, ...(header === null ? {} : { header }) };
          const table = readCsv(data, options);
          for (const column of table.columns) expect(column.values).toHaveLength(table.rows);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
          expect(String(error)).toContain("j.csv");
        }
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  test("is not too large: a file of many rows is read in time that grows with it", () => {
    const data = `x,y\n${"1,a\n".repeat(50_000)}`;
    expect(readCsv(data).rows).toBe(50_000);
    expect(() => readCsv(`${data}1\n`)).toThrow(NablaError);
  });
});
