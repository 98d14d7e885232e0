/** The loader hook for Node versions that run hooks in a thread of their own. */

import type { LoadHook } from "node:module";
import { rewriteLoaded } from "./loaded-module.ts";

/** Loads a module as Node would, then rewrites the functions marked in it. */
export const load: LoadHook = async (url, context, nextLoad) =>
  rewriteLoaded(url, await nextLoad(url, context));
