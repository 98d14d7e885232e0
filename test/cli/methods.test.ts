/** `nabla methods`, as built: the cards of all methods, and of one. */
import { describe, expect, test } from "vitest";
import { allMethods } from "../../src/minimize/index.ts";
import { nabla } from "./command.ts";

const cards = allMethods().map(({ card }) => card);

describe("nabla methods", () => {
  test("lists every method below its family", () => {
    const { code, stdout, stderr } = nabla(["methods"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, title, family, asks, cost } of cards) {
      const line = stdout.split("\n").find((each) => each.startsWith(`  ${name} `)) ?? "";
      for (const word of [title, asks.join(", "), cost.time]) expect(line).toContain(word);
      expect(stdout.indexOf(`${family}\n`)).toBeLessThan(stdout.indexOf(line));
    }
  });

  test.each(cards.map((card) => [card.name, card] as const))("%s: everything on its card", (name, card) => {
    const { code, stdout } = nabla(["methods", name]);
    expect(code).toBe(0);
    const words = stdout.replaceAll(/\s+/g, " ");
    for (const text of [card.title, card.summary, card.paper, card.asks.join(", ")])
      expect(words).toContain(text.replaceAll(/\s+/g, " "));
    for (const setting of card.settings) {
      expect(words).toContain(`default ${setting.default}`);
      expect(words).toContain(setting.meaning);
      if (setting.kind === "number") expect(stdout).toContain(` in ${setting.range}`);
    }
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test.each(cards.map(({ name }) => name))("the example of %s runs", (name) => {
    const { stdout } = nabla(["methods", name]);
    const [, line = ""] = /example\n {2}nabla (.*)/.exec(stdout) ?? [];
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    const { code, stdout: printed } = nabla(words);
    expect(code).toBe(0);
    expect(printed).toContain(` of ${name}`);
  });

  test("--json prints cards", () => {
    expect(JSON.parse(nabla(["methods", "--json"]).stdout)).toEqual(JSON.parse(JSON.stringify(cards)));
    expect(JSON.parse(nabla(["methods", "bfgs", "--json"]).stdout)).toMatchObject({
      name: "bfgs",
      family: "smooth",
    });
  });

  test("an unknown name ends with 2 and a suggestion", () => {
    const { code, stdout, stderr } = nabla(["methods", "nelder-maed"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('there is no method "nelder-maed". Did you mean nelder-mead?');
  });
});
