import { defineConfig } from "rolldown";
import { licenses } from "./scripts/licenses.ts";

// Unminified on purpose: dist/ is committed, so it is read in reviews. No source maps, no hashes, no time stamps:
// the same sources give the same bytes in any folder.
export default defineConfig({
  input: { index: "src/action.ts", cli: "src/cli.ts", harness: "src/harness/index.ts" },
  platform: "node",
  // jsonc-parser's "main" is UMD, whose require calls no bundler can follow.
  resolve: { mainFields: ["module", "main"] },
  // hdr-histogram-js asks for zlib by eval and takes pako where, as in a module, there is no `require`.
  checks: { eval: false },
  plugins: [licenses("licenses.txt")],
  output: {
    dir: "dist",
    format: "esm",
    cleanDir: true,
    comments: false,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    // What the action and the command line share, under a name that does not depend on which module happens to come first.
    codeSplitting: {
      groups: [
        {
          name: "engine",
          test: /[\\/]src[\\/](?!harness|action|cli|version)|[\\/]node_modules[\\/](?!tinybench|@actions|@octokit|undici)/,
          minShareCount: 2,
        },
      ],
    },
  },
});
