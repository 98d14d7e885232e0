/** The command as a whole, and `nabla doctor`, as built. */
import { readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { isAtLeast } from "../../cli/machine-facts.ts";
import { nabla, shell } from "./command.ts";

const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

describe("nabla", () => {
  test("without arguments and with --help says what there is", () => {
    const help = nabla(["--help"]);
    expect(help.code).toBe(0);
    expect(help.stderr).toBe("");
    for (const word of ["Usage: nabla", "diff", "doctor", "--version", "Exit codes"])
      expect(help.stdout).toContain(word);
    expect(nabla([])).toEqual(help);
    expect(nabla(["help"]).stdout).toBe(help.stdout);
  });

  test("every command has help with what it needs", () => {
    const diff = nabla(["diff", "--help"]);
    expect(diff.code).toBe(0);
    for (const word of ["--at", "--order", "--json", "erfc", "Infinity", "Exit codes"])
      expect(diff.stdout).toContain(word);
    expect(Math.max(...diff.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(nabla(["help", "diff"]).stdout).toBe(diff.stdout);
    expect(nabla(["doctor", "-h"]).code).toBe(0);
  });

  test("--version prints the package's version, wherever it is called", () => {
    for (const flag of ["--version", "-V"]) {
      expect(nabla([flag])).toEqual({ code: 0, stdout: `${Object(manifest).version}\n`, stderr: "" });
    }
    expect(shell(`cd ${JSON.stringify(tmpdir())} && $NABLA --version`).stdout).toBe(
      `${Object(manifest).version}\n`,
    );
  });

  test("an unknown command or option ends with 2 and a suggestion", () => {
    const command = nabla(["dif", "x"]);
    expect(command.stderr).toContain("Did you mean diff?");
    expect(command.stdout).toBe("");
    expect(command.code).toBe(2);
    const option = nabla(["--versio"]);
    expect(option.stderr).toContain("Did you mean --version?");
    expect(option.code).toBe(2);
  });
});

describe("nabla doctor", () => {
  test("says what it found", () => {
    const { code, stdout, stderr } = nabla(["doctor", "--no-measure"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Nabla +\d+\.\d+\.\d+$/m);
    expect(stdout).toContain(`${process.versions.node}, supported (>=20.19)`);
    expect(stdout).toMatch(/^Evaluation +compiled programs with \w+/m);
    expect(stdout).toMatch(/^ {2}native +\w+/m);
    expect(stdout).toMatch(/^ {2}wasm +WebAssembly SIMD/m);
    expect(stdout).not.toContain("GFLOP/s");
    expect(stdout).not.toContain("\u001b");
  });

  test("prints JSON for programs", () => {
    const { code, stdout } = nabla(["doctor", "--json", "--no-measure"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      nabla: Object(manifest).version,
      node: { version: process.versions.node, isSupported: true },
      platform: process.platform,
      arch: process.arch,
      cpu: { cores: availableParallelism() },
      // Every Node that Nabla supports has plain SIMD and shared memory.
      webAssembly: { isAvailable: true, simd: true, threads: true },
      evaluation: "compiled programs",
      kernels: { candidates: [{ name: "native" }, { name: "wasm-threads" }, { name: "wasm" }] },
    });
  });

  test("says why a wish in the environment cannot be met", () => {
    const native = shell("NABLA_BLAS=/nowhere.so NABLA_KERNELS=native $NABLA doctor --no-measure");
    expect(native.code).toBe(0);
    expect(native.stdout).toContain(
      '`NABLA_KERNELS` asks for "native", which is not available: NABLA_BLAS names',
    );
    const unknown = shell("NABLA_KERNELS=cuda $NABLA doctor --no-measure");
    expect(unknown.stdout).toContain(
      '`NABLA_KERNELS` must be one of "native", "wasm-threads", "wasm"; got "cuda"',
    );
    const fallback = shell("NABLA_BLAS=/nowhere.so $NABLA doctor --no-measure");
    expect(fallback.stdout).toMatch(/^Evaluation +compiled programs with WebAssembly SIMD/m);
    expect(fallback.stdout).toMatch(/^ {2}native +no, NABLA_BLAS names \/nowhere.so, but/m);
  });

  test("reads version ranges", () => {
    expect(isAtLeast("20.19.0", ">=20.19")).toBe(true);
    expect(isAtLeast("20.18.9", ">=20.19")).toBe(false);
    expect(isAtLeast("22.1.0", ">=20.19")).toBe(true);
    expect(isAtLeast("18.20.0", ">=20.19")).toBe(false);
  });
});
