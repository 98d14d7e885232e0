/** Bytes of the WebAssembly binary format: growing buffers, variable-length integers, vectors. WebAssembly Core 2.0, §5. */

/** A buffer that grows as it is written. */
export interface Bytes {
  readonly byte: (value: number) => void;
  readonly all: (values: Uint8Array) => void;
  /** An unsigned integer in LEB128. */
  readonly unsigned: (value: number) => void;
  /** A signed integer of 32 bits in LEB128. */
  readonly signed: (value: number) => void;
  /** A double, little-endian. */
  readonly double: (value: number) => void;
  readonly length: () => number;
  readonly done: () => Uint8Array<ArrayBuffer>;
}

/** An empty buffer. */
export function bytes(): Bytes {
  let data = new Uint8Array(256);
  let end = 0;
  const reserve = (count: number): void => {
    if (end + count <= data.length) return;
    const larger = new Uint8Array(Math.max(2 * data.length, end + count));
    larger.set(data);
    data = larger;
  };
  const byte = (value: number): void => {
    reserve(1);
    data[end++] = value;
  };
  return {
    byte,
    all: (values) => {
      reserve(values.length);
      data.set(values, end);
      end += values.length;
    },
    unsigned: (value) => {
      let rest = value;
      while (rest >= 0x80) {
        byte((rest & 0x7f) | 0x80);
        rest = Math.floor(rest / 0x80);
      }
      byte(rest);
    },
    signed: (value) => {
      let rest = value;
      while (rest < -0x40 || rest >= 0x40) {
        byte((rest & 0x7f) | 0x80);
        rest >>= 7;
      }
      byte(rest & 0x7f);
    },
    double: (value) => {
      reserve(8);
      new DataView(data.buffer).setFloat64(end, value, true);
      end += 8;
    },
    length: () => end,
    done: () => data.slice(0, end),
  };
}

/** What `write` writes, behind its length. */
export function sized(out: Bytes, write: (inner: Bytes) => void): void {
  const inner = bytes();
  write(inner);
  out.unsigned(inner.length());
  out.all(inner.done());
}

/** A vector: its length, then its items. */
export function vector<T>(out: Bytes, items: readonly T[], write: (item: T) => void): void {
  out.unsigned(items.length);
  for (const item of items) write(item);
}

/** A name in UTF-8. */
export function name(out: Bytes, text: string): void {
  const encoded = new TextEncoder().encode(text);
  out.unsigned(encoded.length);
  out.all(encoded);
}
