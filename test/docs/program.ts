/**
 * Makes a module of a documented block, in which each promise of output is tested.
 *
 * A promise is a comment behind a top-level statement: `// → text` (goes on in lines of their own that begin with
 * `// →`), any comment behind a `console.log(...)`, or `// throws text`. What is compared is what the statement
 * prints; when it prints nothing, the value of the expression or of the constant it declares, as `console.log`
 * would print it.
 */

import { format } from "node:util";
import {
  type BindingPattern,
  type BindingRestElement,
  type Comment,
  type Directive,
  parseSync,
  type Statement,
} from "oxc-parser";
import { isPrinted } from "../tools/printed.ts";

/** What a running block tells about its promises. */
export class Watch {
  /** A sentence for each promise that was not kept. */
  readonly broken: string[] = [];
  #printed: string[] = [];

  readonly print = (text: string): void => {
    this.#printed.push(text);
  };

  /** Called before a statement with a promise: what was printed so far is no part of it. */
  readonly begin = (): void => {
    this.#printed = [];
  };

  /** Called behind a statement with a promise; `value` is its value, if it has one. */
  readonly end = (line: number, expected: string, ...value: readonly unknown[]): void => {
    const actual = this.#printed.length > 0 ? this.#printed.join("\n") : format(...value);
    if (isPrinted(expected, actual)) return;
    this.broken.push(`line ${line} prints\n${actual}\nwhere the document says\n${expected}`);
  };

  /** Called around a statement that promises to throw. */
  readonly throws = async (line: number, expected: string, task: () => Promise<unknown>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (isPrinted(`…${expected}…`, String(error))) return;
      this.broken.push(`line ${line} throws\n${error}\nwhere the document says\n${expected}`);
      return;
    }
    this.broken.push(`line ${line} throws nothing; the document says\n${expected}`);
  };
}

/** The module's text; `firstLine` is the line its code has in the document, so that errors name that line. */
export function programOf(code: string, firstLine: number): string {
  const { program, comments } = parseSync("block.ts", code);
  const edits: { at: number; text: string }[] = [];
  program.body.forEach((statement, i) => {
    const until = program.body[i + 1]?.start ?? code.length;
    const behind = comments.filter((comment) => comment.start >= statement.end && comment.end <= until);
    const promise = promiseOf(code, statement, behind);
    if (promise === undefined) return;
    const line = firstLine + code.slice(0, statement.end).split("\n").length - 1;
    const place = `${line}, ${JSON.stringify(promise.text)}`;
    if (promise.throws) {
      edits.push({ at: statement.start, text: `await watch.throws(${place}, async () => { ` });
      edits.push({ at: statement.end, text: " });" });
    } else if (statement.type === "ExpressionStatement" && !isLog(statement)) {
      edits.push({ at: statement.start, text: `watch.begin(); watch.end(${place}, (` });
      edits.push({ at: statement.expression.end, text: "))" });
    } else {
      const name = declaredName(statement);
      edits.push({ at: statement.start, text: "watch.begin(); " });
      edits.push({ at: statement.end, text: `; watch.end(${place}${name ? `, ${name}` : ""});` });
    }
  });
  const edited = edits.reduceRight(
    (text, edit) => text.slice(0, edit.at) + edit.text + text.slice(edit.at),
    code,
  );
  return `${"\n".repeat(Math.max(0, firstLine - 2))}const watch = globalThis.nablaDocsWatch;\n${edited}\nexport {};\n`;
}

/** The names that a block itself declares or imports at its top level. */
export function declaredNames(code: string): string[] {
  const { program, module } = parseSync("block.ts", code);
  const imported = module.staticImports.flatMap((statement) =>
    statement.entries.map((entry) => entry.localName.value),
  );
  const declared = program.body.flatMap((statement) => {
    if (statement.type === "VariableDeclaration")
      return statement.declarations.flatMap(({ id }) => namesIn(id));
    const isNamed = statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration";
    return isNamed && statement.id ? [statement.id.name] : [];
  });
  return [...imported, ...declared];
}

/** The names that a pattern binds. */
function namesIn(pattern: BindingPattern | BindingRestElement | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "ObjectPattern":
      return pattern.properties.flatMap((part) => namesIn(part.type === "Property" ? part.value : part));
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** The promise in the comments behind a statement, if there is one. */
function promiseOf(
  code: string,
  statement: Statement | Directive,
  behind: readonly Comment[],
): { readonly text: string; readonly throws: boolean } | undefined {
  const [first, ...rest] = behind.filter((comment) => comment.type === "Line");
  if (!first) return undefined;
  const text = first.value.trim();
  const sameLine = !code.slice(statement.end, first.start).includes("\n");
  if (sameLine && text.startsWith("throws ")) return { text: text.slice("throws ".length), throws: true };
  const counts = text.startsWith("→") || (sameLine && isLog(statement));
  if (!counts) return undefined;
  const lines = [text.replace(/^→ ?/, "")];
  for (const comment of rest) {
    if (!comment.value.trim().startsWith("→")) break;
    lines.push(comment.value.trim().replace(/^→ ?/, ""));
  }
  return { text: lines.join("\n"), throws: false };
}

function isLog(statement: Statement | Directive): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression")
    return false;
  const { callee } = statement.expression;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  return (
    callee.object.type === "Identifier" && callee.object.name === "console" && callee.property.name === "log"
  );
}

/** The name of the one constant that a statement declares. */
function declaredName(statement: Statement | Directive): string | undefined {
  if (statement.type !== "VariableDeclaration") return undefined;
  const id = statement.declarations.length === 1 ? statement.declarations[0]?.id : undefined;
  return id?.type === "Identifier" ? id.name : undefined;
}
