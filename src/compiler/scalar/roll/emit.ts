/**
 * The code of a loop. Two iterations are done side by side in lanes, but for steps that need their own results of earlier
 * iterations (sums in their order), and calls of the host: these are done one iteration after the other, between the others.
 */
import { at } from "../../../core/exactly.ts";
import type { Code } from "../../emit/code.ts";
import { type Callee, emitStep, keep, type Operand } from "../code.ts";
import { newAddresses } from "./addresses.ts";
import { type Component, componentsOf } from "./components.ts";
import { type History, pairs, singles } from "./history.ts";
import { emitLanes, isForLanes } from "./lanes.ts";
import type { BodyStep, Loop, Result } from "./loop.ts";
import { type Given, nameOf, newFixed, newOperands, newSplat, type Operands } from "./operands.ts";
import { emitLastStore, emitStore } from "./stores.ts";

/** One turn of a loop while it is written: as many iterations as there are lanes. */
interface Turn {
  readonly code: Code;
  readonly body: readonly BodyStep[];
  readonly lanes: readonly number[];
  readonly operands: Operands;
  readonly results: Map<number, Result>;
  readonly callee: Callee;
}

/** Writes a loop. */
export function emitLoop(code: Code, { body, count }: Loop, callee: Callee): void {
  const components = componentsOf(body);
  const inLanes = lanesOf(body, components);
  const lanes = inLanes.size === 0 ? [0] : [0, 1];
  const addresses = newAddresses(code, count, lanes.length, stridesOf(body));
  const histories = historiesOf(code, body, inLanes);
  const invariants = invariantsOf(code, body, inLanes);
  const results = new Map<number, Result>();
  const operands = newOperands(code, { body, addresses, results, histories, ...invariants });
  const turn: Turn = { code, body, lanes, operands, results, callee };
  const resultOf = (index: number): Result => at([results.get(index)], 0);
  code.loop(() => {
    for (const { steps } of components) {
      if (inLanes.has(at(steps, 0))) emitPair(turn, at(steps, 0));
      else emitSingles(turn, steps);
      for (const index of steps) emitStore(code, at(body, index), resultOf(index), addresses);
    }
    for (const [index, history] of histories) history.advance(resultOf(index));
    addresses.advance();
  });
  for (const [index, step] of body.entries())
    if (step.kept === "last") emitLastStore(code, step, resultOf(index), count);
}

/** Writes a step in lanes. */
function emitPair({ code, body, operands, results }: Turn, index: number): void {
  const { step, sources } = at(body, index);
  const given = sources.map((source) => ({
    isTruth: source.isTruth,
    push: () => operands.pushPair(source),
  }));
  emitLanes(code, step, given);
  const local = code.local("v128");
  code.set(local);
  results.set(index, { kind: "pair", local });
}

/** Writes steps for one iteration after the other. */
function emitSingles({ code, body, lanes, operands, results, callee }: Turn, steps: readonly number[]): void {
  const made = steps.map((): Operand[] => []);
  for (const [i, index] of steps.entries()) results.set(index, { kind: "singles", lanes: at(made, i) });
  for (const lane of lanes)
    for (const [i, index] of steps.entries()) {
      const { step, sources, isTruth } = at(body, index);
      const given = sources.map((source) => operands.single(source, lane));
      emitStep(code, step, given, callee);
      at(made, i).push(keep(code, isTruth));
    }
}

/** The steps that are done in lanes: none where there is nothing but single steps. */
function lanesOf(body: readonly BodyStep[], components: readonly Component[]): Set<number> {
  const inLanes = new Set<number>();
  for (const { steps, isCycle } of components) {
    const index = at(steps, 0);
    const { step, sources } = at(body, index);
    if (!isCycle && isForLanes(step, sources)) inLanes.add(index);
  }
  return inLanes;
}

function* stridesOf(body: readonly BodyStep[]): Generator<number> {
  for (const { sources, kept, stride } of body) {
    if (kept === "all") yield stride;
    for (const source of sources) if (source.kind === "moving") yield source.stride;
  }
}

function historiesOf(
  code: Code,
  body: readonly BodyStep[],
  inLanes: ReadonlySet<number>,
): Map<number, History> {
  const histories = new Map<number, History>();
  for (const [index, step] of body.entries())
    if (step.before.length > 0)
      histories.set(index, inLanes.has(index) ? pairs(code, step) : singles(code, step));
  return histories;
}

/** Variables of what is the same in all iterations, in the form in which steps want it. */
function invariantsOf(
  code: Code,
  body: readonly BodyStep[],
  inLanes: ReadonlySet<number>,
): Pick<Given, "splats" | "fixed"> {
  const splats = new Map<string, number>();
  const fixed = new Map<number, Operand>();
  for (const [index, { sources }] of body.entries())
    for (const source of sources) {
      const name = nameOf(source);
      if (name === undefined) continue;
      if (inLanes.has(index)) splats.set(name, splats.get(name) ?? newSplat(code, source));
      else if (source.kind === "fixed")
        fixed.set(source.place, fixed.get(source.place) ?? newFixed(code, source));
    }
  return { splats, fixed };
}
