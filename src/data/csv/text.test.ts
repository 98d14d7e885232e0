/** Lines as editors count them, by the definition: a line ends in LF, CRLF or CR. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { lineAt, lineCounter, longLineIn } from "./text.ts";

const texts = fc.array(fc.constantFrom("\n", "\r", "\r\n", " ", "a", "é"), { maxLength: 40 });

test("the line of every place is one more than the line ends before it", () => {
  fc.assert(
    fc.property(texts, (parts) => {
      const counter = lineCounter(new TextEncoder().encode(parts.join("")));
      let before = "";
      for (const part of parts) {
        // Between CR and LF there is no place where a character could stand.
        const isInside = before.endsWith("\r") && part.startsWith("\n");
        const offset = new TextEncoder().encode(before).length;
        if (!isInside) expect(counter.lineOf(offset)).toBe(before.split(/\r\n|\n|\r/).length);
        before += part;
      }
    }),
    { seed: 20261123 },
  );
});

test("the line of the next text is found behind white space", () => {
  const counter = lineCounter(new TextEncoder().encode("a\n \r\n\t\nb\nc"));
  expect([counter.lineOfText(0), counter.lineOfText(1), counter.lineOfText(8)]).toEqual([1, 4, 5]);
  expect(lineAt(new TextEncoder().encode("a\nb"), 2)).toBe(2);
});

test("the first line that is too long is found by its beginning", () => {
  const bytes = new TextEncoder().encode("abc\r\nabcd\rabcde\nabcdef");
  expect([4, 5, 6, 7].map((most) => longLineIn(bytes, most))).toEqual([0, 10, -1, -1]);
  expect(longLineIn(bytes.subarray(0, 10), 5)).toBe(-1);
});
