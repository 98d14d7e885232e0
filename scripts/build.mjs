/** `npm run build`: builds `dist/` anew. */

import { build, ensureInstalled } from "./prepare.mjs";

if (!ensureInstalled() || !build()) process.exitCode = 1;
