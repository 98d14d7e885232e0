/**
 * Loops and branches whose graphs lie in the same memory: a turn copies rows in, runs the body's units, copies rows out. Carries stay
 * where they are, in the blocks of the results that they become.
 */
import { at } from "../../core/exactly.ts";
import { sizeOf, unknownLength } from "../../tensor/shape.ts";
import type { Control } from "../fuse/nest.ts";
import { bytesOf, isUnsized } from "../plan/blocks.ts";
import { byteOf, type Making, valueAt, view } from "./making.ts";
import { type Action, blockMove, copyElements, type RowAction, rowMove, settling } from "./moves.ts";
import { carriedFrom } from "./part.ts";
import { newTape, type Tape } from "./tape.ts";

/** The actions of a graph inside. */
export type ActionsOf = (making: Making) => readonly Action[];

/** A step of one kind, and its unit. */
type Of<K extends Control["step"]["primitive"]> = Extract<Control["step"], { readonly primitive: K }>;

/** Runs a loop or a branch. */
export function controlAction(making: Making, unit: Control, actionsOf: ActionsOf): Action {
  const inner = making.inner.get(unit) ?? [];
  const { step } = unit;
  switch (step.primitive) {
    case "scan":
      return scanAction(making, unit, step, at(inner, 0), actionsOf);
    case "while":
      return whileAction(making, unit, step, inner, actionsOf);
    case "cond":
      return condAction(making, unit, step, inner, actionsOf);
    default:
      return step satisfies never;
  }
}

/** Copies the first carries to where the loop keeps them. */
function starting(making: Making, { step, operands }: Control, carries: number): Action[] {
  const { units, address, store } = making;
  return operands.slice(0, carries).map((place, i) => {
    const slot = step.first + i;
    const from = byteOf(place, units.types, address);
    return blockMove(store.memory.buffer, from, address(slot), bytesOf(at(units.types, slot)));
  });
}

function scanAction(
  making: Making,
  unit: Control,
  { first, params, types }: Of<"scan">,
  body: Making,
  actionsOf: ActionsOf,
): Action {
  const { carries, scanned, length, reverse } = params;
  const start = starting(making, unit, carries);
  const actions = actionsOf(body);
  const settle = settling(body, carriedFrom(carries));
  const tapes = new Map(
    types.flatMap((type, k): [number, Tape][] => (isUnsized(type) ? [[k, newTape(making, first + k)]] : [])),
  );
  const tables = unit.operands.slice(carries, carries + scanned);
  const rowsIn = tables.flatMap((_, i) =>
    body.reads.has(carries + i) ? [rowIn(making, unit, body, carries + i)] : [],
  );
  const outputs = types.flatMap((_, k) => (k < carries ? [] : [k]));
  const showsCarry = (k: number): boolean => at(body.units.outputs, k).root < carries;
  const rowsBefore = outputs.filter(showsCarry).map((k) => rowOut(making, first, body, k, tapes.get(k)));
  const rowsAfter = outputs
    .filter((k) => !showsCarry(k))
    .map((k) => rowOut(making, first, body, k, tapes.get(k)));
  const unsized = tables.find(({ root }) => isUnsized(at(making.units.types, root)));
  return () => {
    const turns =
      length === unknownLength && unsized !== undefined ? at(valueAt(making, unsized).shape, 0) : length;
    for (const tape of tapes.values()) tape.begin(turns);
    for (const action of start) action();
    for (let turn = 0; turn < turns; turn++) {
      const row = reverse ? turns - 1 - turn : turn;
      for (const move of rowsIn) move(row);
      for (const move of rowsBefore) move(row);
      for (const action of actions) action();
      for (const move of rowsAfter) move(row);
      for (const move of settle) move();
    }
    for (const tape of tapes.values()) tape.finish(turns);
  };
}

/** Copies a row of a table to where the body reads it. */
function rowIn(making: Making, { operands }: Control, body: Making, input: number): RowAction {
  const { units, address, store, unsized } = making;
  const place = at(operands, input);
  const type = at(body.units.types, input);
  if (isUnsized(at(units.types, place.root))) {
    const { data } = view(body, input);
    const size = sizeOf(type.shape);
    return (row) => {
      const table = unsized.get(place.root);
      if (table !== undefined) copyElements(table.data, row * size, data, 0, size);
    };
  }
  const bytes = bytesOf(type);
  const from = { address: byteOf(place, units.types, address), step: bytes };
  return rowMove(store.memory.buffer, from, { address: body.address(input), step: 0 }, bytes);
}

/** Copies a result of the body to its row. */
function rowOut(
  making: Making,
  first: number,
  body: Making,
  output: number,
  tape: Tape | undefined,
): RowAction {
  const place = at(body.units.outputs, output);
  const slot = first + output;
  if (tape !== undefined) {
    const { data } = valueAt(body, place);
    return (row) => tape.write(row, data);
  }
  const bytes = bytesOf(at(body.graph.results, output));
  const from = { address: byteOf(place, body.units.types, body.address), step: 0 };
  return rowMove(making.store.memory.buffer, from, { address: making.address(slot), step: bytes }, bytes);
}

function whileAction(
  making: Making,
  unit: Control,
  { first, params }: Of<"while">,
  inner: readonly Making[],
  actionsOf: ActionsOf,
): Action {
  const { carries, taped } = params;
  const [condition, body] = [at(inner, 0), at(inner, 1)];
  const start = starting(making, unit, carries);
  const asking = actionsOf(condition);
  const actions = actionsOf(body);
  const settle = settling(body, carriedFrom(carries));
  const answer = valueAt(condition, at(condition.units.outputs, 0)).data;
  const recorded = Array.from({ length: taped ? carries : 0 }, (_, i) => ({
    tape: newTape(making, first + carries + i),
    data: view(making, first + i).data,
  }));
  const active = taped ? newTape(making, first + 2 * carries) : undefined;
  const goesOn = (): boolean => {
    for (const action of asking) action();
    return answer[0] !== 0;
  };
  return () => {
    for (const action of start) action();
    let turns = 0;
    while (goesOn()) {
      for (const { tape, data } of recorded) tape.write(turns, data);
      for (const action of actions) action();
      for (const move of settle) move();
      turns++;
    }
    for (const { tape } of recorded) tape.finish(turns);
    active?.begin(turns);
    active?.finish(turns).fill(1);
  };
}

function condAction(
  making: Making,
  { operands }: Control,
  { first }: Of<"cond">,
  inner: readonly Making[],
  actionsOf: ActionsOf,
): Action {
  const choice = valueAt(making, at(operands, 0)).data;
  const [whenTrue, whenFalse] = [0, 1].map((i): readonly Action[] => {
    const branch = at(inner, i);
    return [...actionsOf(branch), ...resultMoves(making, first, branch)];
  });
  return () => {
    const taken = choice[0] === 0 ? whenFalse : whenTrue;
    for (const action of taken ?? []) action();
  };
}

/** Copies results of a branch that it could not write where they are wanted. */
function resultMoves(making: Making, first: number, { units, address }: Making): Action[] {
  return units.outputs.flatMap((place, k) => {
    const from = byteOf(place, units.types, address);
    const to = making.address(first + k);
    const bytes = bytesOf(at(making.units.types, first + k));
    return from === to ? [] : [blockMove(making.store.memory.buffer, from, to, bytes)];
  });
}
