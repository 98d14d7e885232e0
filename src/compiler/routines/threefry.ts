/**
 * Threefry-2x32 with 20 rounds, four blocks at a time: the same words as `core/random/threefry.ts`. Salmon, Moraes, Dror & Shaw (2011),
 * "Parallel random numbers: as easy as 1, 2, 3", SC'11.
 */
import { at } from "../../core/exactly.ts";
import type { Code } from "../emit/code.ts";

const parity = 0x1bd11bda;
const rotations: readonly (readonly number[])[] = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];

/** A key as three splats, the third made of the other two. */
export type KeyRegisters = readonly [number, number, number];

/** Reads the key at a pointer. */
export function readKey(code: Code, pointer: number): KeyRegisters {
  const [a, b, c] = [code.local("v128"), code.local("v128"), code.local("v128")];
  for (const [i, word] of [a, b].entries()) {
    code.get(pointer);
    code.vectorAccess("v128Load32Splat", 4 * i);
    code.set(word);
  }
  code.get(a);
  code.get(b);
  code.vector("v128Xor");
  splat(code, parity);
  code.vector("v128Xor");
  code.set(c);
  return [a, b, c];
}

function splat(code: Code, value: number): void {
  code.integer(value | 0);
  code.vector("i32x4Splat");
}

/** Four blocks being encrypted: both words of each. */
export interface Blocks {
  readonly x: number;
  readonly y: number;
}

/** Encrypts the counters in `x`, whose second word is `purpose`, into both words. */
export function encrypt(code: Code, key: KeyRegisters, { x, y }: Blocks, purpose: number): void {
  addTo(code, x, () => code.get(at(key, 0)));
  splat(code, purpose);
  code.set(y);
  addTo(code, y, () => code.get(at(key, 1)));
  for (let group = 1; group <= 5; group++) {
    for (const bits of at(rotations, (group - 1) % 2)) mix(code, { x, y }, bits);
    addTo(code, x, () => code.get(at(key, group % 3)));
    addTo(code, y, () => {
      code.get(at(key, (group + 1) % 3));
      splat(code, group);
      code.vector("i32x4Add");
    });
  }
}

function addTo(code: Code, variable: number, push: () => void): void {
  code.get(variable);
  push();
  code.vector("i32x4Add");
  code.set(variable);
}

/** x ← x + y; y ← (y turned left) ⊕ x. */
function mix(code: Code, { x, y }: Blocks, bits: number): void {
  addTo(code, x, () => code.get(y));
  code.get(y);
  code.integer(bits);
  code.vector("i32x4Shl");
  code.get(y);
  code.integer(32 - bits);
  code.vector("i32x4ShrU");
  code.vector("v128Or");
  code.get(x);
  code.vector("v128Xor");
  code.set(y);
}
