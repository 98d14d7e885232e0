/** Errors of layers inside a network, which tell where in it they were thrown. */
import { ArgumentError, DtypeError, IndexError, ShapeError, TraceError } from "../../core/errors.ts";

/** Those that tell their place already. */
const placed = new WeakSet<Error>();

const kinds = [ShapeError, ArgumentError, DtypeError, IndexError, TraceError] as const;

/**
 * The same error with its place in front: `[2] dense 784 → 256: needs …`. Of the layers around it only the network itself, which passes its name, adds to
 * that: `sequential, [2] dense …`. That of a plain operator becomes a plain TraceError, since a network's source cannot be walked; errors of other kinds stay
 * as they are.
 */
export function placedError(error: unknown, path: string, title: string, network?: string): unknown {
  const Kind = kinds.find((kind) => error instanceof kind);
  if (Kind === undefined || !(error instanceof Kind)) return error;
  if (placed.has(error) && network === undefined) return error;
  const text = placed.has(error) ? error.message : `${path} ${withTitle(title, error.message)}`;
  const made = new Kind(network === undefined ? text : `${network}, ${text}`, { cause: error });
  placed.add(made);
  return made;
}

/** Layers begin their sentences with their title; operations inside of functions do not. */
const withTitle = (title: string, text: string): string =>
  text.startsWith(title) ? text : `${title}: ${text}`;
