import type { KnipConfig } from "knip";
import manifest from "./package.json" with { type: "json" };

/** What the bundle holds is also a devDependency, so that `npm pack` leaves it out: only the run with `--production` can say whether it is used. */
const bundled = process.argv.includes("--production") ? [] : Object.keys(manifest.dependencies);

export default {
  entry: [
    "scripts/*.ts!",
    "scripts/fixtures/main.ts!",
    "bench/**/*.bench.ts",
    "bench/*.ts",
    "bench/bisect/main.ts",
    "bench/looks/*.ts",
    "bench/lockstep/*.{ts,mjs}",
  ],
  project: ["src/**/*.ts!", "scripts/**/*.ts!", "!scripts/fixtures/projects/**", "__tests__/**/*.ts", "bench/**/*.ts"],
  ignoreBinaries: ["cc", "cmark-gfm", "gcc", "go", "hey", "mkfifo", "setarch", "unshare"],
  ignoreDependencies: ["mitata", ...bundled],
} satisfies KnipConfig;
