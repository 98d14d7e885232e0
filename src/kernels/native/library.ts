/**
 * Finding a BLAS on this machine: what `NABLA_BLAS` names, or the first library of the platform's list that loads,
 * says who made it and multiplies rightly. Nothing here throws: what is not there has a reason.
 */

import { type BlasProducts, bindProducts } from "./blas.ts";
import {
  firstLine,
  installedKoffi,
  isAbsent,
  type Koffi,
  type LibraryHandle,
  type NativeAbsence,
} from "./koffi.ts";
import { libraryNames } from "./library-names.ts";
import { type Make, makeOf } from "./make.ts";
import { areVectorsRight, wrongProduct } from "./verify.ts";

/** A BLAS that was found and answered rightly. */
export interface NativeLibrary extends BlasProducts {
  readonly koffi: Koffi;
  readonly handle: LibraryHandle;
  /** The path or name it was loaded by. */
  readonly path: string;
  readonly make: Make;
  /** Whether matrix times vector is to be trusted; where not, the matrix product does it. */
  readonly hasVectors: boolean;
}

/** Where to look; a test gives its own. */
export interface Surroundings {
  readonly koffi: Koffi | NativeAbsence;
  readonly platform: string;
  /** What `NABLA_BLAS` says. */
  readonly named: string | undefined;
}

let found: NativeLibrary | NativeAbsence | undefined;

/** The BLAS of this machine; looked for once in a process. */
export function nativeLibrary(): NativeLibrary | NativeAbsence {
  found ??= findLibrary(surroundings());
  return found;
}

/** This process: its koffi, platform and environment. */
function surroundings(): Surroundings {
  const koffi = installedKoffi();
  if (isAbsent(koffi)) return { koffi, platform: "", named: undefined };
  return { koffi, platform: process.platform, named: process.env.NABLA_BLAS || undefined };
}

/** Looks for a BLAS. A library that the user names is the only one tried, so that a mistake in it is not hidden. */
export function findLibrary({ koffi, platform, named }: Surroundings): NativeLibrary | NativeAbsence {
  if (isAbsent(koffi)) return koffi;
  if (named !== undefined) {
    const library = openLibrary(koffi, named, true);
    if (!isAbsent(library)) return library;
    return { reason: `NABLA_BLAS names ${named}, but ${library.reason}; name another library or unset it` };
  }
  const names = libraryNames(platform);
  const refused: string[] = [];
  for (const name of names) {
    const library = openLibrary(koffi, name, false);
    if (!isAbsent(library)) return library;
    if (!library.isMissing) refused.push(`${name}: ${library.reason}`);
  }
  const remedy = "install OpenBLAS, or name a library in NABLA_BLAS";
  return refused.length > 0
    ? { reason: `no BLAS here can be used; ${remedy} (${refused.join("; ")})` }
    : { reason: `no BLAS was found; ${remedy} (tried ${names.join(", ")})` };
}

interface Refusal extends NativeAbsence {
  /** Whether there is no such file, in difference to one that cannot be used. */
  readonly isMissing: boolean;
}

function openLibrary(koffi: Koffi, path: string, isNamed: boolean): NativeLibrary | Refusal {
  const refuse = (reason: string, isMissing = false): Refusal => ({ reason, isMissing });
  let handle: LibraryHandle;
  let products: BlasProducts;
  try {
    handle = koffi.load(path);
  } catch (error) {
    const message = firstLine(error);
    return refuse(
      `it could not be loaded (${message})`,
      /no such|not found|cannot find|could not be found/i.test(message),
    );
  }
  try {
    products = bindProducts(handle);
  } catch (error) {
    return refuse(`it has no CBLAS (${firstLine(error)})`);
  }
  const make = makeOf(handle, path) ?? unknownMake;
  // The reference BLAS says nothing of itself, and WebAssembly is several times faster than it.
  if (make === unknownMake && !isNamed) return refuse("it does not say who made it, so it may be slow");
  if (make.hasLongIntegers)
    return refuse("its integers have 64 bits; one with 32-bit integers (LP64) is needed");
  const wrong = wrongProduct(products);
  if (wrong !== undefined) return refuse(`it answers wrongly: ${wrong}`);
  return { ...products, koffi, handle, path, make, hasVectors: areVectorsRight(products) };
}

const unknownMake: Make = {
  name: "BLAS of unknown make",
  threads: () => undefined,
  setThreads: undefined,
  hasLongIntegers: false,
};
