/** Where blocks lie in a program's memory: blocks that are never needed at the same time share bytes. */

/** A block, by the units between which it is needed: from the one that first writes it to the last that reads it. */
export interface Lifetime {
  readonly key: string | number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

/** Addresses by key, and the first byte behind all blocks. */
export interface Layout {
  readonly addresses: ReadonlyMap<string | number, number>;
  readonly end: number;
}

/** Blocks begin at multiples of this, the size of a cache line. */
const alignment = 64;

/** Finds every block a place from `start` on: the lowest gap that is wide enough among those in use at the same time. */
export function layOut(lifetimes: readonly Lifetime[], start: number): Layout {
  const addresses = new Map<string | number, number>();
  const align = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;
  let inUse: { readonly address: number; readonly end: number; readonly to: number }[] = [];
  let end = align(start);
  // Of blocks that begin together the largest is placed first, which leaves fewer gaps.
  for (const block of lifetimes.toSorted((a, b) => a.from - b.from || b.bytes - a.bytes)) {
    inUse = inUse.filter(({ to }) => to >= block.from);
    let address = align(start);
    let place = 0;
    for (const used of inUse) {
      if (used.address - address >= block.bytes) break;
      address = Math.max(address, align(used.end));
      place++;
    }
    inUse.splice(place, 0, { address, end: address + block.bytes, to: block.to });
    addresses.set(block.key, address);
    end = Math.max(end, address + block.bytes);
  }
  return { addresses, end };
}
