/**
 * Every error Nabla throws. Each is a sentence that names the call, the rule, the value and what to do;
 * `code` is stable and meant for programs. Numerical trouble is not an error: it is a reason in a result.
 */

/** The stable identifiers of Nabla's errors, one per class. */
export type ErrorCode = "argument" | "shape" | "dtype" | "index" | "trace" | "formula" | "file";

/** The base of all errors thrown by Nabla; catch this to catch them all. */
export class NablaError extends Error {
  /** Which kind of mistake this is, for programs. */
  readonly code: ErrorCode;
  // Written out, because a minifier shortens the names of classes.
  override readonly name: string = "NablaError";

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** An argument or option outside its range: "`uniform({ low, high })` needs low < high; got 2 and 1." */
export class ArgumentError extends NablaError {
  override readonly name: string = "ArgumentError";

  constructor(message: string, options?: ErrorOptions) {
    super("argument", message, options);
  }
}

/** Shapes that do not fit the operation; the message names operation, shapes and remedy. */
export class ShapeError extends NablaError {
  override readonly name: string = "ShapeError";

  constructor(message: string, options?: ErrorOptions) {
    super("shape", message, options);
  }
}

/** An unknown dtype, or values that the wanted dtype cannot hold (NaN or 2.5 as int32). */
export class DtypeError extends NablaError {
  override readonly name: string = "DtypeError";

  constructor(message: string, options?: ErrorOptions) {
    super("dtype", message, options);
  }
}

/** An index or axis out of range. */
export class IndexError extends NablaError {
  override readonly name: string = "IndexError";

  constructor(message: string, options?: ErrorOptions) {
    super("index", message, options);
  }
}

/** A function that cannot be traced; the message names the construct, its line and what to do instead. */
export class TraceError extends NablaError {
  override readonly name: string = "TraceError";

  constructor(message: string, options?: ErrorOptions) {
    super("trace", message, options);
  }
}

/** A file that is missing, truncated or not what it says; the message names file, place and remedy. */
export class FileError extends NablaError {
  override readonly name: string = "FileError";

  constructor(message: string, options?: ErrorOptions) {
    super("file", message, options);
  }
}
