/** What a checkpoint's file holds: a line of JSON with a checksum, so that damage is noticed before it is computed with. */
import { showValue } from "../core/checks.ts";
import { ArgumentError, FileError } from "../core/errors.ts";
import { isPlainObject } from "../core/tree.ts";
import { type Checkpoint, checkpointVersion } from "./checkpoint.ts";
import { checkpointFault, isCheckpoint } from "./checkpoint-shape.ts";
import { fromJson, toJson } from "./plain-text.ts";

/**
 * A checkpoint as text that {@link decodeCheckpoint} reads back bit for bit.
 *
 * @throws ArgumentError when it is none, or the method's settings or state hold what is no plain data, such as a function.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  if (!isCheckpoint(checkpoint))
    throw new ArgumentError(
      `encodeCheckpoint: needs a checkpoint, as save() returns it; ${checkpointFault(checkpoint)}`,
    );
  const data = JSON.stringify(toJson(checkpoint, "checkpoint"));
  const head = `"format":"nabla-checkpoint","version":${checkpoint.version},"checksum":"${checksum(data)}"`;
  return `{${head},"data":${data}}\n`;
}

/**
 * The checkpoint that a text holds. `name` names the text in messages.
 *
 * @throws FileError when the text is truncated, changed, from another version or no checkpoint at all.
 */
export function decodeCheckpoint(text: string, name = "decodeCheckpoint(text)"): Checkpoint {
  if (typeof text !== "string")
    throw new ArgumentError(
      `${name}: needs the text that encodeCheckpoint wrote or a sink was given; got ${showValue(text)}`,
    );
  const written = parse(text, name);
  if (written.format !== "nabla-checkpoint") throw foreign(name);
  if (written.version !== checkpointVersion)
    throw new FileError(
      `${name}: written in version ${showValue(written.version)} of the format, and this is ${checkpointVersion}; continue it with the Nabla that wrote it, or begin anew`,
    );
  if (written.checksum !== checksum(JSON.stringify(written.data)))
    throw new FileError(
      `${name}: its checksum does not fit, so the text was changed or damaged; take another copy or an earlier one`,
    );
  const data = fromJson(written.data, name);
  if (!isCheckpoint(data))
    throw new FileError(`${name}: ${checkpointFault(data)}; take another copy or an earlier one`);
  return data;
}

function parse(text: string, name: string): Record<string, unknown> {
  try {
    const written: unknown = JSON.parse(text);
    if (isPlainObject(written)) return written;
  } catch {
    if (text.startsWith('{"format":"nabla-checkpoint"'))
      throw new FileError(
        `${name}: breaks off or is damaged after ${text.length} characters; take another copy or an earlier one`,
      );
  }
  throw foreign(name);
}

const foreign = (name: string): FileError =>
  new FileError(`${name}: is no checkpoint of Nabla; give one that a run wrote by its option \`checkpoint\``);

/** FNV-1a over UTF-16 units, 32 bits, as eight hexadecimal digits: against damage, not against malice. */
function checksum(text: string | undefined = ""): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
