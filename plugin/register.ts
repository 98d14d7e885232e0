/** `node --import nabla/register app.js` rewrites marked functions as modules are loaded, with no build step. */

import * as nodeModule from "node:module";
import { type LoadedModule, rewriteLoaded } from "./loaded-module.ts";

/** Node 22.15 and later run hooks in the same thread, and deprecate the other way. */
interface SynchronousHooks {
  readonly registerHooks: (hooks: { readonly load: SynchronousLoad }) => void;
}

type SynchronousLoad = (
  url: string,
  context: object,
  nextLoad: (url: string, context: object) => LoadedModule,
) => LoadedModule;

if (hasSynchronousHooks(nodeModule)) {
  nodeModule.registerHooks({ load: (url, context, nextLoad) => rewriteLoaded(url, nextLoad(url, context)) });
} else {
  nodeModule.register("./hooks.js", import.meta.url);
}

function hasSynchronousHooks(module: object): module is SynchronousHooks {
  return "registerHooks" in module;
}
