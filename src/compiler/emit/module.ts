/** WebAssembly modules: what a compiler states of one, as bytes. WebAssembly Core 2.0, §5.5. */
import { type Bytes, bytes, name, sized, vector } from "./bytes.ts";

/** The types of values, by their codes. */
export const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** The type of a value. */
export type ValueType = keyof typeof valueTypes;

/** The type of a function. */
export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function that the host gives, under the module name `host`. */
export interface ImportedFunction {
  readonly name: string;
  readonly type: FunctionType;
}

/** A function of the module: its instructions without the final `end`. */
export interface DefinedFunction {
  readonly type: FunctionType;
  /** Types of the variables beside the parameters. */
  readonly locals: readonly { readonly count: number; readonly type: ValueType }[];
  readonly code: Uint8Array;
  /** The name under which it is exported. */
  readonly exportedAs?: string;
}

/** A module: imported functions are numbered first, then its own. The memory is imported from `host.memory`. */
export interface ModuleStatement {
  readonly imports: readonly ImportedFunction[];
  readonly functions: readonly DefinedFunction[];
  /** Whether the memory is shared by threads; it then has a maximum of 65536 pages. Default false. */
  readonly isShared?: boolean;
}

/** The limits of a memory (§5.3.7) of one page at least; a shared one (3) has a maximum, in LEB128. */
const limits = { unshared: [0x00, 0x01], shared: [0x03, 0x01, 0x80, 0x80, 0x04] } as const;

/** The module in the binary format. */
export function encodeModule({
  imports,
  functions,
  isShared = false,
}: ModuleStatement): Uint8Array<ArrayBuffer> {
  const out = bytes();
  for (const byte of [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]) out.byte(byte);
  const types = [...imports, ...functions].map(({ type }) => type);
  section(out, 1, (inner) => vector(inner, types, (type) => functionType(inner, type)));
  section(out, 2, (inner) => {
    inner.unsigned(imports.length + 1);
    name(inner, "host");
    name(inner, "memory");
    for (const byte of [0x02, ...(isShared ? limits.shared : limits.unshared)]) inner.byte(byte);
    for (const [i, { name: called }] of imports.entries()) {
      name(inner, "host");
      name(inner, called);
      inner.byte(0x00);
      inner.unsigned(i);
    }
  });
  section(out, 3, (inner) => vector(inner, functions, (f) => inner.unsigned(types.indexOf(f.type))));
  section(out, 7, (inner) => {
    const exported = functions.flatMap(({ exportedAs }, i) =>
      exportedAs === undefined ? [] : [{ exportedAs, index: imports.length + i }],
    );
    vector(inner, exported, ({ exportedAs, index }) => {
      name(inner, exportedAs);
      inner.byte(0x00);
      inner.unsigned(index);
    });
  });
  section(out, 10, (inner) => vector(inner, functions, (f) => sized(inner, (body) => functionBody(body, f))));
  return out.done();
}

function section(out: Bytes, id: number, write: (inner: Bytes) => void): void {
  out.byte(id);
  sized(out, write);
}

function functionType(out: Bytes, { parameters, results }: FunctionType): void {
  out.byte(0x60);
  vector(out, parameters, (type) => out.byte(valueTypes[type]));
  vector(out, results, (type) => out.byte(valueTypes[type]));
}

function functionBody(out: Bytes, { locals, code }: DefinedFunction): void {
  vector(out, locals, ({ count, type }) => {
    out.unsigned(count);
    out.byte(valueTypes[type]);
  });
  out.all(code);
  out.byte(0x0b);
}
