import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const E2E = "__tests__/e2e/**/*.test.ts";
/** Simulations of thousands of gates: pure, and too long for an edit. */
const SIMULATIONS = "__tests__/calibration/**/*.test.ts";

/** What a test imports that reaches out of its process: it starts others, listens, or works on real files and repositories. */
const WORLD =
  /from "(?:node:(?:child_process|http|net)|(?:\.\.\/)+src\/io\/[^"]+|(?:\.\.\/)+bench\/same-code\/[^"]+|[^"]*\/(?:built|repositories|server|tool)\.ts)"/;

/** Of these, what it imports to start a process, or that listens. */
const STARTS =
  /from "(?:node:(?:child_process|http|net)|(?:\.\.\/)+src\/io\/(?!files\.ts)[^"]+|(?:\.\.\/)+bench\/same-code\/[^"]+|(?!(?:\.\.\/)+scripts\/)[^"]*\/(?:built|repositories|server|tool)\.ts)"/;

const reaching = readdirSync("__tests__", { recursive: true, encoding: "utf8" })
  .map((path) => `__tests__/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".test.ts") && !path.startsWith("__tests__/e2e/"))
  .filter((path) => WORLD.test(readFileSync(path, "utf8")));
/** Reports of thousands of rows stay in memory, and a program that renders them is started now and then. */
const REPORTS = "__tests__/report/";
const SYSTEM = reaching.filter((path) => STARTS.test(readFileSync(path, "utf8")) && !path.startsWith(REPORTS));
/**
 * What needs much memory and starts little, in workers of its own: to start a process costs in proportion to the memory of who starts it (Node forks), 22 ms
 * at 400 MB and 1 ms at 50 MB, and tests of git start thousands.
 */
const LARGE = [SIMULATIONS, ...reaching.filter((path) => !SYSTEM.includes(path))];

/** What removes the folders that a file of tests has made. */
const setupFiles = "__tests__/leave-nothing.ts";

export default defineConfig({
  test: {
    // Real processes, git repositories and load tools: slow on a busy machine, never endless.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // More than the smallest runner has cores: much of the time somebody waits, for a load, a limit or a remote.
    maxWorkers: 4,
    // A test leaves nothing behind for the next file, so that each worker loads vitest and the sources once.
    isolate: false,
    reporters: process.env.VITEST_JSON ? ["default", "json"] : ["default"],
    ...(process.env.VITEST_JSON && { outputFile: { json: process.env.VITEST_JSON } }),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["__tests__/**/*.test.ts"],
          exclude: [E2E, ...LARGE, ...SYSTEM],
        },
      },
      { extends: true, test: { name: "large", include: LARGE, setupFiles } },
      { extends: true, test: { name: "system", include: SYSTEM, setupFiles } },
      {
        extends: true,
        test: { name: "e2e", include: [E2E], setupFiles, globalSetup: "__tests__/e2e/current-bundle.ts" },
      },
    ],
  },
});
