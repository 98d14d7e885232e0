/** The module takes a memory and nothing else, shared or not, and touches none of it by being there. */
import { expect, test } from "vitest";
import { plain, relaxed } from "./bytes.ts";
import { instantiate, roundingFor } from "./module.ts";
import { wasmProvider } from "./provider.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "base64"));
const relaxedRuns = WebAssembly.validate(bytesOf(relaxed));

test("the memory is all it imports", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytesOf(plain)));
  expect(imports).toMatchObject([{ module: "env", name: "memory", kind: "memory" }]);
});

test("deterministic providers round after each operation, others once where they can", () => {
  expect(roundingFor(true)).toBe("plain");
  expect(roundingFor(false)).toBe(relaxedRuns ? "relaxed" : "plain");
  expect(wasmProvider({ deterministic: true }).description).toContain("no fused multiply-add");
});

test.each([
  ["unshared", new WebAssembly.Memory({ initial: 1 })],
  ["shared", new WebAssembly.Memory({ initial: 1, maximum: 3, shared: true })],
])("opens %s memory and leaves it as it is", (_, memory) => {
  const view = new Uint8Array(memory.buffer).fill(7);
  for (const deterministic of [true, false]) instantiate(roundingFor(deterministic), memory);
  expect(view.every((byte) => byte === 7)).toBe(true);
});
