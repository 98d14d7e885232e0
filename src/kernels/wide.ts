/**
 * V8's experimental revectorizer, which joins pairs of 128-bit WebAssembly instructions into 256-bit ones where the
 * processor has AVX2. Node 20 does not have it. The flag works on what is compiled after it: modules compiled before keep
 * their code.
 */

const flag = "--experimental-wasm-revectorize";

/** Whether 256-bit code is switched on, or why it is not. */
export type WideState = "off" | "on" | { readonly reason: string };

let isOn = false;

/** Whether modules compiled now get 256-bit code. */
export function isWide(): boolean {
  return isOn;
}

/** Switches the revectorizer on or off for modules compiled from now on. */
export function switchWide(wanted: boolean): WideState {
  if (!wanted) {
    if (isOn) setFlag(flag.replace("--", "--no-"));
    isOn = false;
    return "off";
  }
  if (typeof process !== "object" || typeof process.getBuiltinModule !== "function")
    return { reason: "wide code needs Node; a browser decides for itself" };
  if (process.arch !== "x64") return { reason: `wide code is made for x64 only; this is ${process.arch}` };
  if (!engineHasFlag())
    return { reason: `this Node (${process.versions.node}) has no ${flag}; use a newer one` };
  setFlag(flag);
  isOn = true;
  return "on";
}

let isKnown: boolean | undefined;

/** Asked once, of another process: the engine writes to standard error when it is given a flag that it does not know. */
function engineHasFlag(): boolean {
  isKnown ??= isFlagListed();
  return isKnown;
}

function isFlagListed(): boolean {
  try {
    const { execFileSync } = process.getBuiltinModule("node:child_process");
    const options = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8", timeout: 10_000 });
    return options.includes(flag);
  } catch {
    return false;
  }
}

function setFlag(text: string): void {
  process.getBuiltinModule("node:v8").setFlagsFromString(text);
}
