/** A real browser, where one is installed. */

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser's path; undefined where there is none, unless `NABLA_REQUIRE_BROWSER=1` makes that an error. */
export function findBrowser(): string | undefined {
  const found = places.find((path) => existsSync(path));
  if (found === undefined && process.env.NABLA_REQUIRE_BROWSER === "1") {
    throw new Error(
      `No Chromium at ${places.join(", ")}; install it, or unset NABLA_REQUIRE_BROWSER to skip.`,
    );
  }
  return found;
}

/** Starts the browser at `path` without a window. */
export function launch(path: string): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  return chromium.launch({ executablePath: path, args });
}
