import { readAsvRun } from "../adapters/history/asv.ts";
import { isBencher, readBencher } from "../adapters/history/bencher.ts";
import { readGithubActionBenchmark } from "../adapters/history/github-action-benchmark.ts";
import { ASV_FILES, asvFiles, readAsvUnits } from "../adapters/tools/asv/asv.ts";
import { asRecordings } from "../baseline/imported.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { GateError, placed } from "../model/error.ts";
import { inPieces } from "../model/pieces.ts";
import { plural } from "../report/words/format.ts";
import type { World } from "./command.ts";
import { refuseUnstored } from "./store-flags.ts";

/** How many of asv's files are in memory at once. */
const ASV_AT_ONCE = 200;

/** Takes over what another tool has kept in a file or a folder, for the history alone. Resolves to the exit code. */
export async function importHistory(store: BaselineStore, file: string | undefined, world: World): Promise<number> {
  const { ports, terminal } = world;
  if (file === undefined) {
    throw new GateError(
      "import needs a file",
      "Name github-action-benchmark's: `git show origin/gh-pages:dev/bench/data.js > data.js`, then `benchgate baseline import data.js`; or asv's folder: `benchgate baseline import .asv/results`",
    );
  }
  const root = file.replace(/[\\/]+$/, "");
  const folder = await ports.files.listFolder(root, ASV_FILES);
  if (folder !== null) return importAsv(store, { file: root, paths: folder.map(({ path }) => path) }, world);
  const text = await ports.files.readText(file);
  const bencher = isBencher(text);
  const { runs, leftOut } = placed({ file }, () => (bencher ? readBencher(text) : readGithubActionBenchmark(text)));
  if (runs.length === 0 && leftOut > 0) {
    throw new GateError(
      `nothing could be imported: ${plural(leftOut, "run", "runs")} without a whole commit, or with nothing in it`,
      "A run needs the whole hash of its commit, 40 digits",
      { file },
    );
  }
  const all = asRecordings(runs, bencher ? "Bencher" : "github-action-benchmark");
  refuseUnstored(await store.saveAll(all), "Nothing was imported");
  const commits = new Set(runs.map(({ sha }) => sha)).size;
  terminal.err(
    `${store.place}: ${plural(runs.length, "run", "runs")} of ${plural(commits, "commit", "commits")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that name no whole commit or hold nothing`}. \`benchgate trend\` shows them. They hold one number a benchmark, no samples, and no check is ever judged by them.`,
  );
  return 0;
}

/** How many of asv's files that cannot be read are named. */
const MOST_NAMED = 10;

/** Takes over asv's results, some files at a time. One that holds none is named and left out. Resolves to the exit code. */
async function importAsv(
  store: BaselineStore,
  { file, paths }: { readonly file: string; readonly paths: readonly string[] },
  { ports, terminal }: Pick<World, "ports" | "terminal">,
): Promise<number> {
  const { results, definitions } = asvFiles(paths);
  if (results.length === 0) {
    throw new GateError("this folder holds no results of asv", "Name asv's: `.asv/results`", { file });
  }
  const at = (path: string) => `${file}/${path}`;
  const units =
    definitions === null ? new Map() : readAsvUnits(at(definitions), await ports.files.readText(at(definitions)));
  let [taken, leftOut] = [0, 0];
  for (const some of inPieces(results, ASV_AT_ONCE)) {
    const runs = [];
    for (const path of some) {
      try {
        runs.push(readAsvRun(path, await ports.files.readText(at(path)), units));
      } catch (error) {
        if (!(error instanceof GateError)) throw error;
        if (leftOut++ < MOST_NAMED) terminal.err(`left out: ${path}: ${error.problem}`);
      }
    }
    const refused = await store.saveAll(asRecordings(runs, "asv"));
    refuseUnstored(refused, `${plural(taken, "run was", "runs were")} imported; the same command goes on`);
    taken += runs.length;
  }
  if (taken === 0) {
    const problem = `nothing could be imported: ${plural(leftOut, "file", "files")} cannot be read`;
    throw new GateError(problem, "See above what each of them lacks", { file });
  }
  terminal.err(
    `${store.place}: ${plural(taken, "run", "runs")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that cannot be read`}. \`benchgate trend\` shows them, and no check is ever judged by them.`,
  );
  return 0;
}
