/** How a table is written: what stands between fields, and whether the first row names the columns. Found out from the first rows. */
import { at } from "../../core/exactly.ts";
import { hasDecimalComma, numberIn } from "./numbers.ts";
import { type FirstRows, firstRows, type RowSource } from "./rows.ts";

/** From rarest in ordinary text to commonest: where several would do, the first one is meant. */
const delimiters = ["\t", ";", ","] as const;

/** So many rows are judged, where as many begin in so many bytes. */
const lookedAt = 100;
const lookedInto = 2 ** 18;

/** The rows that are judged, for a known delimiter or the likeliest one. */
export interface Sample extends FirstRows {
  readonly delimiter: string;
}

/** The first rows under the delimiter given, or under the one that cuts most of them into as many fields as the first. */
export function sample(bytes: Uint8Array, name: string, delimiter: string | undefined): Sample {
  const under = (candidate: string): Sample => {
    return { delimiter: candidate, ...beginning({ bytes, name, delimiter: candidate }) };
  };
  if (delimiter !== undefined) return under(delimiter);
  const samples = delimiters.map(under);
  const best = Math.max(...samples.map(agreement));
  const commas = at(samples, samples.length - 1);
  return best === 0 ? commas : (samples.find((candidate) => agreement(candidate) === best) ?? commas);
}

/** The first rows of a piece of the file, without the one that it may have cut; of the whole file where that leaves none. */
function beginning(source: RowSource): FirstRows {
  const { bytes } = source;
  if (bytes.length > lookedInto) {
    const piece = firstRows({ ...source, bytes: bytes.subarray(0, lookedInto) }, lookedAt);
    if (piece.rows.length === lookedAt) return piece;
    if (piece.rows.length > 1) return { ...piece, rows: piece.rows.slice(0, -1) };
  }
  return firstRows(source, lookedAt);
}

/** The share of rows with as many fields as the first; 0 where that has but one. */
function agreement({ rows }: Sample): number {
  const width = rows[0]?.length ?? 0;
  return width < 2 ? 0 : rows.filter((row) => row.length === width).length / rows.length;
}

/**
 * Whether the first row names the columns. It does where it has a word over numbers, and does not where it has a number over numbers
 * and no such word. Where every column is text it does.
 */
export function looksLikeHeader(rows: Sample["rows"], missing: ReadonlySet<string>): boolean {
  const [first = [], ...rest] = rows;
  const isNumber = (text: string): boolean => !Number.isNaN(numberIn(text, ".")) || hasDecimalComma(text);
  const overNumbers = first.filter((_, column) => {
    const below = rest.map((row) => row[column] ?? "").filter((text) => !missing.has(text));
    return below.length > 0 && below.every(isNumber);
  });
  if (overNumbers.some((text) => !missing.has(text) && !isNumber(text))) return true;
  return !first.some((text) => !missing.has(text) && isNumber(text));
}
