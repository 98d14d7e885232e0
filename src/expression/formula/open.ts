/** What the parser has read and not yet closed: brackets, calls, conditionals, operators waiting for their right side. */

import type { Operation } from "./operation.ts";
import { conditionalBinds, type Infix, prefixBinds } from "./operators.ts";
import type { OpenBranch, ProgramWriter } from "./writer.ts";

/** Something open, and where in the text it began. */
export type Open = { readonly position: number } & (
  | { readonly kind: "infix"; readonly infix: Infix }
  | { readonly kind: "prefix"; readonly operation: Operation | undefined }
  | { readonly kind: "group" }
  | { readonly kind: "call"; readonly name: string; readonly operation: Operation; readonly count: number }
  | { readonly kind: "then"; readonly branch: OpenBranch }
  | { readonly kind: "else"; readonly branch: OpenBranch }
);

/** The stack of what is open; `depth` counts levels of nesting, `close` writes what needs no more operands. */
export interface OpenStack {
  readonly depth: () => number;
  readonly top: () => Open | undefined;
  readonly push: (item: Open) => void;
  readonly pop: () => Open | undefined;
  /** Writes and removes everything on top that binds at least as tightly as `binds`. */
  readonly close: (binds: number) => void;
}

/** An empty stack whose closed operators are written to `program`. */
export function openStack(program: ProgramWriter): OpenStack {
  const items: Open[] = [];
  let depth = 0;

  function pop(): Open | undefined {
    const item = items.pop();
    if (item !== undefined && nests(item)) depth--;
    return item;
  }

  return {
    depth: () => depth,
    top: () => items.at(-1),
    push: (item) => {
      items.push(item);
      if (nests(item)) depth++;
    },
    pop,
    close: (binds) => {
      for (let item = items.at(-1); item !== undefined && bindsOf(item) >= binds; item = items.at(-1)) {
        write(item, program);
        pop();
      }
    },
  };
}

/** Operators that group from the left close each other; everything else can pile up. */
function nests(item: Open): boolean {
  return item.kind !== "infix" || item.infix.side === "right";
}

/** Brackets, calls and the first side of a conditional bind nothing: they end at their own sign. */
function bindsOf(item: Open): number {
  if (item.kind === "infix") return item.infix.binds;
  if (item.kind === "prefix") return prefixBinds;
  return item.kind === "else" ? conditionalBinds : 0;
}

function write(item: Open, program: ProgramWriter): void {
  if (item.kind === "infix") program.apply(item.infix.operation, 2);
  if (item.kind === "prefix" && item.operation !== undefined) program.apply(item.operation, 1);
  if (item.kind === "else") program.join(item.branch);
}
