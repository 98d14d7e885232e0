/** Compiled graphs in a browser: the same bits as in Node where WebAssembly is allowed, the interpreter's values where it is not. */
import { createServer, type Server } from "node:http";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { useKernels } from "../../src/index.ts";
import { findBrowser, launch } from "../tools/browser.ts";
import { root } from "../tools/tsc.ts";
import { bitsOfGraphs } from "./bits.ts";

const count = 150;

const comparison = `
  import { bitsOfGraphs } from "./test/compiler/bits.ts";
  document.title = JSON.stringify(bitsOfGraphs(0, ${count}));
`;

const fallback = `
  import { compile, compileStep, grad, tensor, minimize } from "./src/index.ts";
  const f = compile(grad((x) => x.mul(x).exp().sum()));
  const step = compileStep((w, rate) => [w.sub(w.mul(rate)), w.sum()], tensor([1, 2]));
  const told = [step.step(0.5).item(), step.step(0.5).item()];
  const number = compile(([x, y]) => x * y);
  document.title = JSON.stringify({
    gradient: f(tensor([0, 1])).toArray(),
    told,
    state: step.state().toArray(),
    number: number([3, 4]),
    minimum: minimize(compile(([x]) => (x - 2) ** 2), [0]).x.map((x) => Math.round(x * 1e6) / 1e6),
    isInterpreted: f.explain().includes("interpreted"),
  });
`;

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  useKernels();
});

/** Serves a page with one script under a policy, on this machine only; returns its address. */
async function serve(script: string, policy: string): Promise<string> {
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("Content-Security-Policy", `default-src 'none'; ${policy}`);
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

/** What a page's script makes of its title. */
async function titleOf(contents: string, policy: string): Promise<unknown> {
  const bundled = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "error",
  });
  const address = await serve(bundled.outputFiles[0]?.text ?? "", policy);
  const browser = await launch(browserPath ?? "");
  try {
    const tab = await browser.newPage();
    const problems: string[] = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    await tab.goto(address);
    await expect
      .poll(async () => problems.join("\n") || (await tab.title()), { timeout: 25_000 })
      .not.toBe("");
    expect(problems).toEqual([]);
    return JSON.parse(await tab.title());
  } finally {
    await browser.close();
  }
}

test.skipIf(browserPath === undefined)(
  "the same bits as in Node, under `script-src 'self' 'wasm-unsafe-eval'`",
  async () => {
    const found = await titleOf(comparison, "script-src 'self' 'wasm-unsafe-eval'");
    expect(found).toEqual(bitsOfGraphs(0, count));
  },
);

test.skipIf(browserPath === undefined)("interpreted under `script-src 'self'`", async () => {
  expect(await titleOf(fallback, "script-src 'self'")).toEqual({
    gradient: [0, 2 * Math.E],
    told: [3, 1.5],
    state: [0.25, 0.5],
    number: 12,
    minimum: [2],
    isInterpreted: true,
  });
});
