/** What loops carry on: results of the iterations before, in variables; one by one, or in pairs where they are made in pairs. */
import { at } from "../../../core/exactly.ts";
import type { Code } from "../../emit/code.ts";
import { keep, loadInto, type Operand } from "../code.ts";
import { toMask } from "./lanes.ts";
import type { BodyStep, Result } from "./loop.ts";

/** Results of one step of the body before the current turn. */
export interface History {
  /** The result `back` iterations before the turn's first; pairs have none. */
  readonly single: (back: number) => Operand;
  /** The variable of the pair that ends `2 m − 1` iterations before the turn's first. */
  readonly pair: (m: number) => number;
  /** Moves on by one turn, whose results are given. */
  readonly advance: (result: Result) => void;
}

/** Results kept one by one, loaded from where they were before the loop. */
export function singles(code: Code, { before, isTruth }: BodyStep): History {
  const kept = before.map((place) => {
    code.integer(0);
    return loadInto(code, 8 * place, isTruth);
  });
  return {
    single: (back) => at(kept, back - 1),
    pair: () => -1,
    advance: (result) => {
      if (result.kind === "pair") return;
      const results = result.lanes;
      const width = results.length;
      for (let d = kept.length; d > 0; d--) {
        const source = d > width ? at(kept, d - width - 1) : at(results, width - d);
        const target = at(kept, d - 1);
        if (source.kind !== "local" || target.kind !== "local") continue;
        code.get(source.index);
        code.set(target.index);
      }
    },
  };
}

/** Results kept in pairs. */
export function pairs(code: Code, { before, isTruth }: BodyStep): History {
  const kept = Array.from({ length: Math.ceil(before.length / 2) }, (_, m) => {
    const index = code.local("v128");
    // Where nobody reads the earlier one, the later one stands in.
    for (const [lane, place] of [before[2 * m + 1] ?? at(before, 2 * m), at(before, 2 * m)].entries()) {
      code.integer(0);
      if (lane === 0) code.vectorAccess("v128Load64Splat", 8 * place);
      else code.access("f64Load", 8 * place);
    }
    code.lane("f64x2ReplaceLane", 1);
    if (isTruth) toMask(code);
    code.set(index);
    return index;
  });
  return {
    single: (back) => {
      code.get(at(kept, Math.ceil(back / 2) - 1));
      return fromLane(code, back % 2, isTruth);
    },
    pair: (m) => at(kept, m - 1),
    advance: (result) => {
      if (result.kind === "singles") return;
      for (let m = kept.length; m > 0; m--) {
        code.get(m > 1 ? at(kept, m - 2) : result.local);
        code.set(at(kept, m - 1));
      }
    },
  };
}

/** Takes a lane of the pair on the stack into a new variable. */
export function fromLane(code: Code, lane: number, isTruth: boolean): Operand {
  if (isTruth) {
    // Masks have all bits set; truth values are 1.
    code.lane("i32x4ExtractLane", 2 * lane);
    code.integer(1);
    code.op("i32And");
  } else code.lane("f64x2ExtractLane", lane);
  return keep(code, isTruth);
}
