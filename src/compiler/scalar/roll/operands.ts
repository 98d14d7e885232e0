/**
 * The operands of the steps of a loop while its code is written: each as a number of one iteration or as a pair of two, loaded,
 * taken apart or put together when it is first wanted, and then kept in a variable.
 */
import { at } from "../../../core/exactly.ts";
import type { Code } from "../../emit/code.ts";
import { loadInto, type Operand, pushNumber } from "../code.ts";
import type { Addresses } from "./addresses.ts";
import { fromLane, type History } from "./history.ts";
import { splat, toMask } from "./lanes.ts";
import type { BodyStep, Result, Source } from "./loop.ts";

/** Operands by their sources. */
export interface Operands {
  /** In one iteration of the turn. */
  readonly single: (source: Source, lane: number) => Operand;
  /** Leaves both iterations' on the stack; truth values as masks. */
  readonly pushPair: (source: Source) => void;
}

/** What operands are made from. */
export interface Given {
  readonly body: readonly BodyStep[];
  readonly addresses: Addresses;
  /** Results of this turn, as far as they are made. */
  readonly results: ReadonlyMap<number, Result>;
  readonly histories: ReadonlyMap<number, History>;
  /** Variables of what never changes, as pairs and one by one. */
  readonly splats: ReadonlyMap<string, number>;
  readonly fixed: ReadonlyMap<number, Operand>;
}

/** The name of what is the same in all iterations. */
export function nameOf(source: Source): string | undefined {
  if (source.kind === "fixed") return `at ${source.place}`;
  if (source.kind !== "constant") return undefined;
  return `${source.isTruth} ${Object.is(source.value, -0) ? "-0" : source.value}`;
}

/** The operands of a turn. */
export function newOperands(
  code: Code,
  { body, addresses, results, histories, splats, fixed }: Given,
): Operands {
  const singlesKept = new Map<string, Operand>();
  const pairsKept = new Map<string, number>();
  const single = (key: string, make: () => Operand): Operand => {
    const known = singlesKept.get(key) ?? make();
    singlesKept.set(key, known);
    return known;
  };
  const pushKept = (key: string, make: () => void): void => {
    const known = pairsKept.get(key);
    if (known === undefined) {
      make();
      const local = code.local("v128");
      code.tee(local);
      pairsKept.set(key, local);
    } else code.get(known);
  };
  const result = (index: number, iteration: number): Operand => {
    const { isTruth } = at(body, index);
    const made = results.get(index);
    if (iteration >= 0 && made?.kind === "singles") return at(made.lanes, iteration);
    return single(`${index} in ${iteration}`, () => {
      if (iteration < 0) return at([histories.get(index)], 0).single(-iteration);
      if (made?.kind !== "pair") throw new RangeError(`step ${index} of the body is not made yet`);
      code.get(made.local);
      return fromLane(code, iteration, isTruth);
    });
  };
  const pushOwn = (index: number, back: number): void => {
    const { isTruth } = at(body, index);
    const made = results.get(index);
    if (made?.kind === "pair" && back % 2 === 0) {
      code.get(back === 0 ? made.local : at([histories.get(index)], 0).pair(back / 2));
      return;
    }
    pushKept(`${index} back ${back}`, () => {
      if (made?.kind !== "pair")
        return pushPacked(code, result(index, -back), result(index, 1 - back), isTruth);
      const history = at([histories.get(index)], 0);
      code.get(history.pair((back + 1) / 2));
      code.get(back === 1 ? made.local : history.pair((back - 1) / 2));
      code.shuffle(upperAndLower);
    });
  };
  const pushMoving = (source: Source & { readonly kind: "moving" }): void => {
    const { place, stride, isTruth } = source;
    pushKept(`${place} by ${stride}`, () => {
      const lower = stride === -1 ? 1 : 0;
      const offset = addresses.push(source, lower);
      if (Math.abs(stride) === 1) {
        code.vectorAccess("v128Load", offset);
        if (stride === -1) swap(code);
      } else {
        code.vectorAccess("v128Load64Splat", offset);
        code.access("f64Load", addresses.push(source, 1));
        code.lane("f64x2ReplaceLane", 1);
      }
      if (isTruth) toMask(code);
    });
  };
  return {
    single: (source, lane) => {
      if (source.kind === "constant") return source;
      if (source.kind === "fixed") return at([fixed.get(source.place)], 0);
      if (source.kind === "own") return result(source.index, lane - source.back);
      return single(`${source.place} by ${source.stride} in ${lane}`, () =>
        loadInto(code, addresses.push(source, lane), source.isTruth),
      );
    },
    pushPair: (source) => {
      const name = nameOf(source);
      if (name !== undefined) code.get(at([splats.get(name)], 0));
      else if (source.kind === "own") pushOwn(source.index, source.back);
      else if (source.kind === "moving") pushMoving(source);
    },
  };
}

/** The upper lane of the first pair, then the lower one of the second. */
const upperAndLower = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23];

const swapped = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];

/** Exchanges the lanes of the pair on the stack. */
export function swap(code: Code): void {
  const pair = code.local("v128");
  code.tee(pair);
  code.get(pair);
  code.shuffle(swapped);
}

/** Leaves two values as a pair on the stack. */
function pushPacked(code: Code, lower: Operand, upper: Operand, isTruth: boolean): void {
  pushNumber(code, lower);
  code.vector("f64x2Splat");
  pushNumber(code, upper);
  code.lane("f64x2ReplaceLane", 1);
  if (isTruth) toMask(code);
}

/** Leaves what is the same in all iterations in both lanes of a new variable. */
export function newSplat(code: Code, source: Source): number {
  if (source.kind === "fixed") {
    code.integer(0);
    code.vectorAccess("v128Load64Splat", 8 * source.place);
  } else splat(code, source.kind === "constant" ? source.value : 0);
  if (source.isTruth) toMask(code);
  const local = code.local("v128");
  code.set(local);
  return local;
}

/** Loads what is the same in all iterations into a new variable. */
export function newFixed(code: Code, { place, isTruth }: Source & { readonly kind: "fixed" }): Operand {
  code.integer(0);
  return loadInto(code, 8 * place, isTruth);
}
