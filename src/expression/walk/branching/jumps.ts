/** Lanes that leave a statement early, and where they are collected again. */

import type { Frame, Jump, Scope, Walker } from "../types.ts";
import { type Mask, NOBODY } from "./mask.ts";

/** All lanes being followed leave for the target. */
export function leave(
  walker: Walker,
  scope: Scope,
  kind: Jump["kind"],
  label?: string,
  value?: unknown,
): void {
  scope.frame.jumps.push({ kind, label, mask: walker.mask, value });
  walker.mask = NOBODY;
}

/** Takes the jumps since `start` that `wanted` accepts out of the frame, and gives their masks. */
export function collect(frame: Frame, start: number, wanted: (jump: Jump) => boolean): Mask[] {
  if (frame.jumps.length === start) return [];
  const masks: Mask[] = [];
  const kept: Jump[] = [];
  for (const [i, jump] of frame.jumps.entries()) {
    if (i >= start && wanted(jump)) masks.push(jump.mask);
    else kept.push(jump);
  }
  frame.jumps = kept;
  return masks;
}
