import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Inside the project the package's own name means its sources, as in tsconfig.json.
    alias: [
      { find: /^nabla$/, replacement: at("src/index.ts") },
      { find: /^nabla\/plugin$/, replacement: at("plugin/index.ts") },
      { find: /^nabla\/register$/, replacement: at("plugin/register.ts") },
      { find: /^nabla\/problems$/, replacement: at("src/data/problems/index.ts") },
      { find: /^nabla\/([\w-]+)$/, replacement: at("src/$1/index.ts") },
    ],
  },
  test: {
    include: ["{src,cli,plugin,test,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**"],
    // A process for each file: a native BLAS has one number of threads for its whole process, and no defence against changing it
    // while somebody else computes.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
