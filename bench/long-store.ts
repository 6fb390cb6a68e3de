/**
 * What a long history costs: `node bench/long-store.ts [--runs 100,10000] [--benchmarks 200] [--rounds 6] [--old]`. For each length it makes a bare repository with so many stored runs, and
 * asks it over git's own protocol, from a fresh checkout, for the window of twenty that a pull request is judged by, and stores one run more; then another one from a checkout
 * that knows nothing yet. Prints the time, and what the checkout got of all bytes that are stored. With `--old` the runs are where earlier versions stored them. The stored texts repeat every 25 runs but for their commit, and git is kept from packing them as differences. What the repository grows by is before it is packed: the new run, and the lists of the folders that it is in.
 */

import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { aRecording } from "../__tests__/synthetic.ts";
import { entryPath, shelfPath } from "../src/baseline/entry.ts";
import { history } from "../src/baseline/history.ts";
import { BASELINE_REF } from "../src/baseline/places.ts";
import { createRefStore } from "../src/baseline/ref-store.ts";
import { sketched } from "../src/baseline/sketched.ts";
import type { BaselineStore } from "../src/baseline/store.ts";
import { encodeRecording } from "../src/codec/recording.ts";
import { createGit } from "../src/io/git/git.ts";
import { fingerprint } from "../src/model/environment.ts";
import type { Recording } from "../src/model/recording.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100,10000" },
    benchmarks: { type: "string", default: "200" },
    rounds: { type: "string", default: "6" },
    old: { type: "boolean", default: false },
  },
});

const RUN = { run: "1", attempt: "1", gate: "ci" };
const DISTINCT = 25;
const shaOf = (run: number) => createHash("sha1").update(`commit ${run}`).digest("hex");
const pathOf = values.old ? entryPath : shelfPath;
const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" } as Record<string, string>;
const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, env, encoding: "utf8" });
const folder = mkdtempSync(join(tmpdir(), "benchgate-long-"));

function recordingAt(run: number): Recording {
  const benchmarks = Object.fromEntries(
    Array.from({ length: Number(values.benchmarks) }, (_, index) => [`benchmark ${index}`, 1e-3 * (1 + index)]),
  );
  const rounds = Number(values.rounds);
  return aRecording({ seed: run + 1, rounds, benchmarks, between: 0.01, within: 0.05, samples: 300, sha: shaOf(run) });
}

function bytesIn(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
}

/** A bare repository whose ref holds so many runs, one file each. */
async function remoteOf(runs: number, texts: readonly string[], machine: string): Promise<string> {
  const path = join(folder, `${runs}.git`);
  git(folder, "init", "-q", "--bare", "-b", "main", path);
  git(path, "config", "uploadpack.allowFilter", "true");
  const importer = spawn("git", ["fast-import", "--quiet", "--depth=0"], {
    cwd: path,
    env,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const say = async (text: string) => {
    if (!importer.stdin.write(text)) await once(importer.stdin, "drain");
  };
  await say(`commit ${BASELINE_REF}\ncommitter a <a@example.org> 1767225600 +0000\ndata 1\n-\n`);
  for (let run = 0; run < runs; run++) {
    const text = texts[run % DISTINCT]!.replaceAll(shaOf(run % DISTINCT), shaOf(run));
    const file = pathOf({ ...RUN, sha: shaOf(run), fingerprint: machine });
    await say(`M 100644 inline ${file}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  importer.stdin.end("done\n");
  await once(importer, "close");
  return path;
}

async function timeOfSaving(store: BaselineStore, recording: Recording): Promise<number> {
  const began = performance.now();
  const warning = await store.save(recording, RUN);
  if (warning !== null) throw new Error(JSON.stringify(warning));
  return performance.now() - began;
}

try {
  const first = recordingAt(0);
  const texts = Array.from({ length: DISTINCT }, (_, run) => encodeRecording(sketched(recordingAt(run))));
  console.log(
    "|runs|stored|window of 20|got for it|of all|one run more|the repository grows by|one more from a fresh checkout|\n|-|-|-|-|-|-|-|-|",
  );
  for (const runs of values.runs.split(",").map(Number)) {
    const remote = await remoteOf(runs, texts, fingerprint(first.environment));
    const stored = bytesIn(join(remote, "objects"));
    const checkout = join(folder, `${runs}`);
    git(folder, "init", "-q", "-b", "main", checkout);
    git(checkout, "remote", "add", "origin", `file://${remote}`);
    const own = mkdtempSync(join(folder, "mirror-"));
    const storeIn = (mirror: string) =>
      createRefStore({
        git: createGit({ cwd: checkout, env, temporaryFolder: async () => mirror }),
        clock: { sleep: async () => {} },
        host: { random: () => 0 },
      });
    const ancestors = async () => Array.from({ length: Math.min(runs, 1000) }, (_, back) => shaOf(runs - 1 - back));
    const store = storeIn(own);
    const began = performance.now();
    const window = await history({ git: { ancestors } }, store, {
      sha: shaOf(runs),
      gate: RUN.gate,
      environment: first.environment,
    });
    const read = performance.now() - began;
    if (window.recordings.length !== 20) throw new Error(`${window.recordings.length} runs were read`);
    const got = bytesIn(own) + bytesIn(join(checkout, ".git/objects"));
    const before = bytesIn(join(remote, "objects"));
    const saved = await timeOfSaving(store, recordingAt(runs));
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
    const grown = kilobytes(bytesIn(join(remote, "objects")) - before);
    const share = `${((100 * got) / stored).toFixed(2)} %`;
    const fresh = await timeOfSaving(storeIn(mkdtempSync(join(folder, "mirror-"))), recordingAt(runs + 1));
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
    console.log(
      `|${runs}|${kilobytes(stored)}|${seconds(read)}|${kilobytes(got)}|${share}|${seconds(saved)}|${grown}|${seconds(fresh)}|`,
    );
    rmSync(remote, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
