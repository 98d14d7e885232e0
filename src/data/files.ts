/** Reading whole files, gzip-compressed or not; Node only. Whatever can be wrong with one is a sentence with its name. */
import { readFileSync, statSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { FileError } from "../core/errors.ts";

/** What unpacks to more is unpacked by hand, knowingly. */
export const mostUnpacked: number = 2 ** 30;

/** Deflate makes at most 1,032 bytes of one. */
const bestRatio = 1032;

/** The bytes of a file as they are, or of the file with `.gz` behind its name where that is the one that exists. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws FileError where there is no such file, or it cannot be read; `hint` says what would help. */
export function findFile(file: string, hint: string): FoundFile {
  const plain = readIfPresent(file);
  if (plain !== undefined) return { name: file, bytes: plain };
  const packed = readIfPresent(`${file}.gz`);
  if (packed === undefined) throw new FileError(`${file} does not exist, nor does ${file}.gz; ${hint}.`);
  return { name: `${file}.gz`, bytes: packed };
}

function readIfPresent(file: string): Uint8Array | undefined {
  try {
    const facts = statSync(file);
    // A device may never end.
    if (!facts.isFile() && !facts.isFIFO())
      throw new FileError(`${file} is a ${facts.isDirectory() ? "directory" : "device"}; name a file in it.`);
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new FileError(
      `${file} cannot be read (${messageOf(cause)}); check that it is a file you may read.`,
      { cause },
    );
  }
}

/** True for bytes that say they are gzip-compressed. */
export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The bytes of a file, decompressed if need be.
 *
 * @param most how many bytes there may be.
 * @throws FileError where they are damaged, or more.
 */
export function unpack({ name, bytes }: FoundFile, most: number = mostUnpacked): Uint8Array {
  if (!isPacked(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new FileError(
        `${name} unpacks to more than ${most} bytes; check that this is the right file, or unpack it first.`,
        { cause },
      );
    throw new FileError(`${name} cannot be decompressed (${messageOf(cause)}); fetch the file again.`, {
      cause,
    });
  }
}

/** How many bytes a file can hold once unpacked. */
export function mostBytesOf({ bytes }: FoundFile): number {
  return isPacked(bytes) ? Math.min(mostUnpacked, bytes.length * bestRatio) : bytes.length;
}

/** Some bytes of the beginning, fewer where the file is damaged there; never many, whatever the file unpacks to. */
export function beginning({ bytes }: FoundFile): Uint8Array {
  if (!isPacked(bytes)) return bytes.subarray(0, 2048);
  try {
    return gunzipSync(bytes.subarray(0, 2048), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 2048 * bestRatio,
    });
  } catch {
    return new Uint8Array();
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
