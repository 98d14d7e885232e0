/** The nests of a program as one WebAssembly module. */

import { type Code, newFunction } from "../emit/code.ts";
import { type DefinedFunction, encodeModule, type FunctionType } from "../emit/module.ts";
import { type Constants, newConstants } from "../lanes/constants.ts";
import { nestParameters, writeNest } from "../loops/nest-function.ts";
import type { NestPlaces } from "../loops/places.ts";
import type { Schedule } from "../loops/schedule.ts";
import { type HostFunction, hostFunctions, polygammaOf } from "../scalar/rules.ts";

/** A nest, ready to be written. */
export interface PlacedNest {
  readonly plan: Schedule;
  readonly places: NestPlaces;
}

/** How code is written. */
export interface CodeOptions {
  /** Whether a·b + c may be rounded once. */
  readonly isFused: boolean;
}

/** A module's bytes, what it imports, and what its memory must begin with. */
export interface WrittenModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hosts: Readonly<Record<string, HostFunction>>;
  readonly constants: Constants;
  /** Bytes of code of each nest. */
  readonly sizes: readonly number[];
}

const hostType: FunctionType = { parameters: ["f64", "f64"], results: ["f64"] };
const nestType: FunctionType = { parameters: nestParameters, results: [] };

/**
 * Where more registers make a function longer than this, fewer are used: values no longer fit into the processor's registers, and V8
 * compiles functions beyond some 20 kB badly.
 */
const longFunction = 6000;
/** Registers of float32 elements handled in one turn of a walk. */
const registersInTurn = 2;

/** Writes the module; nest i is exported as `n` and its number. */
export function writeModule(nests: readonly PlacedNest[], { isFused }: CodeOptions): WrittenModule {
  const constants = newConstants();
  const hosts = new Map<string, number>();
  const host = (name: string): number => {
    const known = hosts.get(name) ?? hosts.size;
    hosts.set(name, known);
    return known;
  };
  const write = ({ plan, places }: PlacedNest, registers: number): Code => {
    const code = newFunction(nestType);
    writeNest({ code, constants, isFused, host }, plan, places, registers);
    return code;
  };
  const functions = nests.map((nest, i): DefinedFunction => {
    const code = write(nest, registersInTurn);
    return (code.length() <= longFunction ? code : write(nest, 1)).done(`n${i}`);
  });
  const names = [...hosts.keys()];
  return {
    bytes: encodeModule({ imports: names.map((name) => ({ name, type: hostType })), functions }),
    hosts: Object.fromEntries(names.map((name) => [name, hostOf(name)])),
    constants,
    sizes: functions.map(({ code }) => code.length),
  };
}

const polygammaName = /^polygamma(\d+)$/;

function hostOf(name: string): HostFunction {
  const order = polygammaName.exec(name)?.[1];
  if (order !== undefined) return polygammaOf(Number(order));
  const known: Readonly<Record<string, HostFunction | undefined>> = hostFunctions;
  const f = known[name];
  if (f === undefined) throw new RangeError(`there is no host function ${name}`);
  return f;
}
