/**
 * Reads a formula: Dijkstra's shunting yard (1961), with two states (a value is due; an operator is due) and a stack of
 * what is still open. One pass, each token pushed and popped at most once: linear time, and no recursion.
 */

import { FormulaError } from "../formula-error.ts";
import * as complaints from "./complaints.ts";
import { formulaConstants, operationsByName } from "./functions.ts";
import { type Open, type OpenStack, openStack } from "./open.ts";
import { conditionalBinds, infixOperators, prefixOperators, superscriptPower } from "./operators.ts";
import type { Program } from "./program.ts";
import { readToken, type Sign, type Token } from "./tokens.ts";
import { type ProgramWriter, programWriter } from "./writer.ts";

/** The most brackets, calls, signs, powers and conditionals that may be open at one place. */
export const deepestNesting = 1000;

/** Everything that reading one text needs. */
interface Reader {
  readonly text: string;
  readonly program: ProgramWriter;
  readonly open: OpenStack;
}

/** What may come next. */
type Due = "value" | "operator" | "nothing";

type NameToken = Extract<Token, { readonly kind: "name" }>;

/** The program of a formula; throws `FormulaError` at the first place where the text is none. */
export function parse(text: string): Program {
  const program = programWriter();
  const reader: Reader = { text, program, open: openStack(program) };
  let previous: Token = { kind: "end", start: 0, end: 0 };
  let due: Due = "value";
  while (due !== "nothing") {
    const token = readToken(text, previous.end);
    due = due === "value" ? readValue(reader, token, previous) : readOperator(reader, token, previous);
    previous = token;
  }
  return program.finish();
}

function readValue(reader: Reader, token: Token, previous: Token): Due {
  const { text, program } = reader;
  if (token.kind === "number") {
    program.number(token.value);
    return "operator";
  }
  if (token.kind === "name") return readName(reader, token);
  if (token.kind !== "sign") return fail(reader, token.start, complaints.missingValue(text, token));
  if (token.sign === "(") {
    // The bracket right behind a name opens the call that the name has begun.
    if (previous.kind !== "name") push(reader, { kind: "group", position: token.start });
    return "value";
  }
  if (prefixOperators.has(token.sign)) {
    push(reader, { kind: "prefix", operation: prefixOperators.get(token.sign), position: token.start });
    return "value";
  }
  return readEmptyCall(reader, token.sign, token, previous);
}

/** `f()`: an argument too few, which says more than a missing value. */
function readEmptyCall(reader: Reader, sign: Sign, token: Token, previous: Token): never {
  const top = reader.open.top();
  const isEmpty = sign === ")" && top?.kind === "call" && top.count === 1 && isSign(previous, "(");
  if (isEmpty) fail(reader, top.position, complaints.wrongCount(top.name, top.operation, 0));
  return fail(reader, token.start, complaints.missingValue(reader.text, token));
}

function readName(reader: Reader, token: NameToken): Due {
  const { text, program } = reader;
  const { name, start } = token;
  const operation = operationsByName.get(name);
  const isCalled = isSign(readToken(text, token.end), "(");
  if (operation !== undefined) {
    if (!isCalled) fail(reader, start, complaints.notCalled(name));
    push(reader, { kind: "call", name, operation, count: 1, position: start });
    return "value";
  }
  if (isCalled) fail(reader, start, complaints.notAFunction(name));
  const constant = formulaConstants.get(name);
  if (constant === undefined) program.variable(name);
  else program.number(constant);
  return "operator";
}

function readOperator(reader: Reader, token: Token, previous: Token): Due {
  const { text, program, open } = reader;
  if (token.kind === "end") return readEnd(reader);
  if (token.kind === "superscript") {
    program.number(token.value);
    program.apply(superscriptPower, 2);
    return "operator";
  }
  if (token.kind !== "sign" || token.sign === "(") {
    return fail(reader, token.start, complaints.missingOperator(text, previous, token));
  }
  const { sign, start } = token;
  if (sign === ")") return readClosing(reader, start);
  if (sign === ",") return readComma(reader, start);
  if (sign === ":") return readColon(reader, start);
  if (sign === "?") {
    open.close(conditionalBinds + 1);
    push(reader, { kind: "then", branch: program.branch(), position: start });
    return "value";
  }
  return readInfix(reader, sign, start);
}

function readInfix(reader: Reader, sign: Sign, position: number): Due {
  const infix = infixOperators.get(sign);
  if (infix === undefined) return fail(reader, position, complaints.factorial);
  reader.open.close(infix.side === "left" ? infix.binds : infix.binds + 1);
  const top = reader.open.top();
  const chains = infix.side === "none" && top?.kind === "infix" && top.infix.binds === infix.binds;
  if (chains) fail(reader, position, complaints.chainedComparison);
  push(reader, { kind: "infix", infix, position });
  return "value";
}

function readClosing(reader: Reader, position: number): Due {
  reader.open.close(conditionalBinds);
  const top = reader.open.pop();
  if (top?.kind === "then") fail(reader, top.position, complaints.halfConditional);
  if (top?.kind !== "call" && top?.kind !== "group") fail(reader, position, complaints.unopened);
  if (top?.kind !== "call") return "operator";
  const { name, operation, count } = top;
  const fits = operation.arity === "many" ? count >= 2 : count === operation.arity;
  if (!fits) fail(reader, top.position, complaints.wrongCount(name, operation, count));
  reader.program.apply(operation, count);
  return "operator";
}

function readComma(reader: Reader, position: number): Due {
  reader.open.close(conditionalBinds);
  const top = reader.open.pop();
  if (top?.kind === "then") fail(reader, top.position, complaints.halfConditional);
  if (top?.kind !== "call") return fail(reader, position, complaints.lonelyComma);
  reader.open.push({ ...top, count: top.count + 1 });
  return "value";
}

function readColon(reader: Reader, position: number): Due {
  reader.open.close(conditionalBinds);
  const top = reader.open.pop();
  if (top?.kind !== "then") return fail(reader, position, complaints.lonelyColon);
  reader.open.push({ kind: "else", branch: reader.program.otherwise(top.branch), position: top.position });
  return "value";
}

function readEnd(reader: Reader): Due {
  reader.open.close(conditionalBinds);
  const top = reader.open.pop();
  if (top === undefined) return "nothing";
  return fail(reader, top.position, top.kind === "then" ? complaints.halfConditional : complaints.unclosed);
}

function push(reader: Reader, item: Open): void {
  if (reader.open.depth() >= deepestNesting) {
    fail(reader, item.position, `this is nested more than ${deepestNesting} levels deep; split the formula`);
  }
  reader.open.push(item);
}

function isSign(token: Token, sign: Sign): boolean {
  return token.kind === "sign" && token.sign === sign;
}

function fail(reader: Reader, position: number, reason: string): never {
  throw new FormulaError(reader.text, position, reason);
}
