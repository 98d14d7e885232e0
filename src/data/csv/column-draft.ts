/** A column while rows come in. It is begun as what its first rows say; what contradicts them is noted, not stored. */
import type { TableColumn } from "../tables/table.ts";
import { type Decimal, hasDecimalComma, numberIn } from "./numbers.ts";

/** A value and the line of its row. */
export interface Found {
  readonly text: string;
  readonly line: number;
}

/** A column that grows. */
export interface ColumnDraft {
  readonly name: string;
  readonly kind: TableColumn["kind"];
  readonly add: (text: string, line: number) => void;
  /** What was seen so far. */
  readonly seen: Seen;
  readonly finish: () => TableColumn;
}

/** What a column was found to hold. */
export interface Seen {
  values: number;
  /** Values that are no numbers, the first of them, and how many would be numbers with a decimal comma. */
  texts: number;
  firstText: Found | undefined;
  decimalCommas: number;
  firstInfinite: Found | undefined;
  missing: number;
  firstMissing: Found | undefined;
}

/** What decides over a value. */
export interface ValueRules {
  readonly decimal: Decimal;
  /** Whether the caller said which one. */
  readonly decimalIsGiven: boolean;
  readonly missing: ReadonlySet<string>;
}

/** A column without values yet. */
export function columnDraft(name: string, kind: TableColumn["kind"], rules: ValueRules): ColumnDraft {
  const seen: Seen = {
    values: 0,
    texts: 0,
    firstText: undefined,
    decimalCommas: 0,
    firstInfinite: undefined,
    missing: 0,
    firstMissing: undefined,
  };
  const texts: string[] = [];
  const known = new Map<string, string>();
  let numbers = new Float64Array(kind === "number" ? 16 : 0);

  const store = (text: string, number: number): void => {
    if (kind === "text") {
      // One copy of each text: categories come again and again.
      const same = known.get(text);
      if (same === undefined) known.set(text, text);
      texts.push(same ?? text);
    } else {
      if (seen.values === numbers.length) numbers = grown(numbers);
      numbers[seen.values] = number;
    }
    seen.values++;
  };

  return {
    name,
    kind,
    seen,
    add: (text, line) => {
      if (rules.missing.has(text.trim())) {
        seen.missing++;
        seen.firstMissing ??= { text, line };
        store("", Number.NaN);
        return;
      }
      const number = numberIn(text, rules.decimal);
      if (Number.isNaN(number)) {
        seen.texts++;
        seen.firstText ??= { text, line };
        if (hasDecimalComma(text)) seen.decimalCommas++;
      } else if (!Number.isFinite(number)) seen.firstInfinite ??= { text, line };
      store(text, number);
    },
    finish: () => {
      const { missing } = seen;
      if (kind === "number") return { kind, name, values: numbers.slice(0, seen.values), missing };
      const note = noteOn(seen);
      return { kind, name, values: texts, missing, ...(note === undefined ? {} : { note }) };
    },
  };
}

function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * numbers.length);
  longer.set(numbers);
  return longer;
}

/** Why a column is text although most of its values are numbers. */
function noteOn({ values, texts, missing, firstText }: Seen): string | undefined {
  const numbers = values - missing - texts;
  if (firstText === undefined || numbers <= texts) return undefined;
  return `it is text because of ${JSON.stringify(firstText.text)} in line ${firstText.line}, though ${numbers} of its ${values - missing} values are numbers`;
}
