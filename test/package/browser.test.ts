/** The bundled package computes in a browser that forbids running text as code. */

import { createServer, type Server } from "node:http";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { findBrowser, launch } from "../tools/browser.ts";
import { root } from "../tools/tsc.ts";

const page = `
  import { grad } from "nabla";
  const byTensors = Number(grad((x) => x.mul(x))(3));
  const byArithmetic = Number(grad((x) => x * x)(4));
  document.title = JSON.stringify({ byTensors, byArithmetic });
`;

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** Serves a page with one script under a strict policy, on this machine only; returns its address. */
async function serve(script: string): Promise<string> {
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'");
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? script : '<!doctype html><title></title><script type="module" src="/page.js"></script>',
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}/`;
}

const browserPath = findBrowser();

test.skipIf(browserPath === undefined)("gradients under `script-src 'self'`", async () => {
  const bundled = await build({
    stdin: { contents: page, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  const address = await serve(bundled.outputFiles[0]?.text ?? "");
  const browser = await launch(browserPath ?? "");
  try {
    const tab = await browser.newPage();
    const problems: string[] = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await tab.goto(address);
    await expect
      .poll(async () => problems.join("\n") || (await tab.title()), { timeout: 20_000 })
      .not.toBe("");
    // A browser asks for an icon by itself; that the policy refuses it is no error of ours.
    expect(problems.filter((problem) => !problem.includes("favicon"))).toEqual([]);
    expect(JSON.parse(await tab.title())).toEqual({ byTensors: 6, byArithmetic: 8 });
  } finally {
    await browser.close();
  }
});
