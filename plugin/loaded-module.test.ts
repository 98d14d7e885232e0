import * as nodeModule from "node:module";
import { describe, expect, test } from "vitest";
import { rewriteLoaded } from "./loaded-module.ts";

const url = "file:///app/model.js";
const source = `import { differentiable } from "nabla";\nconst k = 2;\nexport const f = differentiable((x) => k * x);\n`;

describe("rewriteLoaded", () => {
  test("rewrites an ES module, whether its source comes as text or as bytes, and adds the map", () => {
    const fromText = rewriteLoaded(url, { format: "module", source });
    const fromBytes = rewriteLoaded(url, { format: "module", source: new TextEncoder().encode(source) });
    expect(fromBytes).toEqual(fromText);
    expect(fromText.source).toContain("scope: () => ({ k })");
    expect(fromText.source).toMatch(
      /\n\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,\S+$/,
    );
  });

  test("keeps the one map of a file that was compiled", () => {
    const compiled = `${source}//# sourceMappingURL=model.js.map\n`;
    const { source: text } = rewriteLoaded(url, { format: "module", source: compiled });
    expect(text).toContain("scope: () => ({ k })");
    expect(String(text).match(/sourceMappingURL/g)).toHaveLength(1);
  });

  test("strips types where this Node can, and leaves TypeScript alone where it cannot", () => {
    const typed = { format: "module-typescript", source: source.replace("(x)", "(x: number)") };
    const result = rewriteLoaded("file:///app/model.ts", typed);
    if ("stripTypeScriptTypes" in nodeModule) {
      expect(result.format).toBe("module");
      expect(result.source).toContain("scope: () => ({ k })");
    } else expect(result).toBe(typed);
  });

  test.each([
    ["CommonJS", url, "commonjs", source],
    ["JSON", url, "json", `"differentiable nabla"`],
    ["a built-in module", "node:fs", "builtin", undefined],
    ["an installed package", "file:///app/node_modules/p/index.js", "module", source],
    ["a module without marks", url, "module", "export const f = (x) => x;"],
    ["a module that does not parse", url, "module", source.replace("k * x", "k *")],
  ])("leaves %s as it was loaded", (_, from, format, text) => {
    const loaded = { format, source: text, shortCircuit: true };
    expect(rewriteLoaded(from, loaded)).toBe(loaded);
  });
});
