/** Runs a function of lanes over arrays, as a compiled program would: for tests and measurements of single functions. */

import { newFunction } from "../../../src/compiler/emit/code.ts";
import { encodeModule } from "../../../src/compiler/emit/module.ts";
import { constantRoom, newConstants } from "../../../src/compiler/lanes/constants.ts";
import type { LaneFunction } from "../../../src/compiler/lanes/functions.ts";
import { lanes, type Vector } from "../../../src/compiler/lanes/lanes.ts";
import { type HostFunction, hostFunctions } from "../../../src/compiler/scalar/rules.ts";

/** How it is run. */
export interface ApplyOptions {
  readonly dtype: "float32" | "float64";
  readonly isFused?: boolean;
  /** Registers in a vector. */
  readonly count?: number;
  /** Host functions beside those of the primitives. */
  readonly hosts?: Readonly<Record<string, HostFunction>>;
}

/** The function as a loop over arrays: y = f(x, second). Lengths are padded to whole vectors. */
export function laneLoop(f: LaneFunction, { dtype, isFused = false, count = 2, hosts = {} }: ApplyOptions) {
  const bytesPerElement = dtype === "float32" ? 4 : 8;
  const constants = newConstants();
  const names: string[] = [];
  const host = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const code = newFunction({ parameters: ["i32", "i32", "i32", "i32"], results: [] });
  const [x, y, out, end] = [0, 1, 2, 3];
  const load = (address: number): Vector => {
    const locals = Array.from({ length: count }, (_, register) => {
      code.get(address);
      code.vectorAccess("v128Load", 16 * register);
      const local = code.local("v128");
      code.set(local);
      return local;
    });
    return { kind: "registers", locals };
  };
  code.loop(() => {
    const l = lanes(dtype, count, { code, constants, isFused, host });
    const result = f(l, load(x), load(y));
    if (result.kind !== "registers") throw new RangeError("the function gave a constant");
    for (const [register, local] of result.locals.entries()) {
      code.get(out);
      code.get(local);
      code.vectorAccess("v128Store", 16 * register);
    }
    for (const pointer of [x, y, out]) {
      code.get(pointer);
      code.integer(16 * count);
      code.op("i32Add");
      code.set(pointer);
    }
    code.get(out);
    code.get(end);
    code.op("i32LtU");
  });
  const definition = code.done("run");
  const type = { parameters: ["f64", "f64"], results: ["f64"] } as const;
  const bytes = encodeModule({ imports: names.map((name) => ({ name, type })), functions: [definition] });
  const memory = new WebAssembly.Memory({ initial: 2 });
  const given: Record<string, HostFunction | undefined> = { ...hostFunctions, ...hosts };
  const imported = Object.fromEntries(names.map((name) => [name, given[name] ?? missing(name)]));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    host: { ...imported, memory },
  });
  const run = exports.run as (x: number, y: number, out: number, end: number) => void;
  return {
    /** Bytes of machine-independent code. */
    size: definition.code.length,
    apply: (first: ArrayLike<number>, second: ArrayLike<number> = first): Float64Array => {
      const lanesAtOnce = (16 * count) / bytesPerElement;
      const length = Math.ceil(Math.max(1, first.length) / lanesAtOnce) * lanesAtOnce;
      const size = length * bytesPerElement;
      const needed = constantRoom + 3 * size;
      if (needed > memory.buffer.byteLength)
        memory.grow(Math.ceil((needed - memory.buffer.byteLength) / 65_536));
      new Uint8Array(memory.buffer).set(constants.bytes());
      const view = (address: number): Float32Array | Float64Array =>
        dtype === "float32"
          ? new Float32Array(memory.buffer, address, length)
          : new Float64Array(memory.buffer, address, length);
      view(constantRoom).set(first);
      view(constantRoom + size).set(second);
      run(constantRoom, constantRoom + size, constantRoom + 2 * size, constantRoom + 3 * size);
      return Float64Array.from(view(constantRoom + 2 * size).subarray(0, first.length));
    },
  };
}

function missing(name: string): HostFunction {
  throw new RangeError(`there is no host function ${name}`);
}
