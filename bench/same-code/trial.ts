import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFiles } from "../../src/io/files.ts";
import { createTrees } from "../../src/io/trees/trees.ts";
import type { MeasuredSide } from "../../src/measure/recorder.ts";
import { SameCodeFinder } from "../../src/measure/same-code/same-code.ts";
import type { Host } from "../../src/ports/index.ts";
import type { Case } from "./case.ts";
import { CASES } from "./cases.ts";
import { type Layout, plant, put } from "./plant.ts";

const REVISION = { sha: "", ref: "", committedAt: "" };

/** Whether the benchmark of a case, planted below a folder, says something else on the other side. */
export function isReal(folder: string, planted: Case, layout: Layout): boolean {
  const [one, other] = plant(folder, planted, layout).folders.map((cwd) => run(cwd, {}).stdout.replaceAll(cwd, ""));
  return one !== other;
}

/**
 * Plants a case below a folder, runs it on both sides, and asks the rule: why it is measured, or null where it is left out as the same code. `recorder` is the
 * file that Node loads first.
 */
export async function whyTried(
  folder: string,
  planted: Case,
  layout: Layout,
  recorder: string,
): Promise<string | null> {
  const { roots, folders } = plant(folder, planted, layout);
  const sides = (["baseline", "candidate"] as const).map(
    (name, index): MeasuredSide => ({ name, cwd: folders[index]!, revision: REVISION }),
  );
  const host = { recorder, preload: { url: "", options: "" } } as Pick<Host, "recorder" | "preload"> as Host;
  const finder = await SameCodeFinder.begin(
    { files: createFiles([folder], folder), host, trees: createTrees() },
    sides as [MeasuredSide, MeasuredSide],
    roots,
    {
      suites: [{ name: "s", workload: { kind: "bench", patterns: ["bench.mjs"] }, timeLimit: 60 }],
      seed: 1,
      needed: () => false,
      onFound: () => {},
    },
  );
  for (const [path, texts] of Object.entries(planted.late ?? {})) {
    for (const [index, cwd] of folders.entries()) writeFileSync(join(cwd, path), texts[index]!);
  }
  const watch = await finder?.watch("s", "bench.mjs");
  if (watch === null || watch === undefined) return "cannot be watched here";
  const codes = sides.map(({ name, cwd }) => run(cwd, watch.env(name, {})).status);
  if (codes.some((code) => code !== 0)) return "failed";
  const why = await watch.end();
  if (why !== null) return why;
  for (const [path, sides] of Object.entries(planted.later ?? {})) {
    for (const [index, cwd] of folders.entries()) put(join(cwd, path), sides[index]!);
  }
  return finder!.writtenSince("s", "bench.mjs");
}

function run(cwd: string, env: Readonly<Record<string, string>>) {
  return spawnSync("node", ["bench.mjs"], {
    cwd,
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
}

/** The cases that this machine's Node, and its compiler, can run. */
export function casesFor(node: number): readonly Case[] {
  const compiles = spawnSync("cc", ["--version"]).status === 0;
  return CASES.filter(
    ({ node: first = 0, base }) =>
      node >= first &&
      (compiles || !Object.values(base).some((what) => typeof what === "object" && what !== null && "addon" in what)),
  );
}
