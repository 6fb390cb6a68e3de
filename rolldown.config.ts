import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";
import { licenses } from "./scripts/licenses.ts";
import { styleSheet } from "./scripts/style-sheet.ts";

// Unminified on purpose: dist/ is committed, so it is read in reviews. No source maps, no hashes, no time stamps:
// the same sources give the same bytes in any folder.
/** The pages' styles, in the order of the cascade. */
const style = (name: string) => `src/browser/style/${name}.css`;
const PAGE_STYLES = ["ground", "base", "head", "table", "forest", "detail", "flame", "media"].map(style);
const TREND_STYLES = ["ground", "trend-chart", "trend"].map(style);

export default defineConfig([
  {
    input: {
      index: "src/action.ts",
      cli: "src/cli.ts",
      harness: "src/harness/index.ts",
      preload: "src/harness/preload.ts",
    },
    platform: "node",
    // jsonc-parser's "main" is UMD, whose require calls no bundler can follow.
    resolve: { mainFields: ["module", "main"] },
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
            test: /[\\/]src[\\/](?!harness|action\.ts|cli\.ts|version)|[\\/]node_modules[\\/](?!tinybench|@actions|@octokit|undici)/,
            minShareCount: 2,
          },
        ],
      },
    },
  },
  // What Node loads with --require, before anything else: only CommonJS works in every version of it.
  {
    input: { recorder: "src/harness/recorder/index.ts" },
    platform: "node",
    output: { dir: "dist", format: "cjs", comments: false, entryFileNames: "[name].cjs" },
  },
  // The browser program of the HTML report, which stands inside every page: one script and one style sheet, no modules.
  {
    input: { page: "src/browser/main.ts" },
    platform: "browser",
    plugins: [styleSheet("page.css", ["node_modules/uplot/dist/uPlot.min.css", ...PAGE_STYLES])],
    output: {
      dir: "dist",
      format: "iife",
      comments: false,
      entryFileNames: "[name].js",
      // Pages are passed on by themselves, so the licence of what is in them is too.
      banner: `/* uPlot\n${readFileSync("node_modules/uplot/LICENSE", "utf8").replaceAll("\r\n", "\n").trim()}\n*/`,
    },
  },
  // The same of the trend page: a page is one file, so nothing is shared between the two.
  {
    input: { trend: "src/browser/trend.ts" },
    platform: "browser",
    plugins: [styleSheet("trend.css", TREND_STYLES)],
    output: { dir: "dist", format: "iife", comments: false, entryFileNames: "[name].js" },
  },
]);
