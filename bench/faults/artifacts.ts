import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { workflowRunEvent } from "../../__tests__/e2e/kit/events.ts";
import type { ActionResult } from "../../__tests__/e2e/kit/runner.ts";
import { encodeCellNote } from "../../src/codec/cell.ts";
import { JUDGED, REFUSED } from "./artifact-files.ts";
import { type Cell, FILES, type Right, type Stage, type Wanted } from "./stage.ts";

/** What a trusted job may cost, whatever a few MB hold, of which a half is `zipped`. Its seconds are those of a processor, so that a busy machine fails nothing. */
const MOST = { zipped: 2.5 * 2 ** 20, seconds: 10, megabytes: 500 };
/** Runs the bundle, and notes what that took. */
const METER = `
import { readFileSync, writeFileSync } from "node:fs";
const file = process.env.METER_FILE;
process.on("exit", () => {
  // getrusage(2) has the peak of the process that forked it as well.
  const megabytes = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ megabytes, seconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
await import(process.env.METER_BUNDLE);
`;
const FORK = "mallory/octo-repo";
const NOTE = encodeCellNote({ gate: "benchmarks-bench", looks: [6], confirmed: false });
const PART = "hostile artifacts";
const REFUSES: Right = { codes: [3], outcome: "fail" };
const SPARSE = "a recording of 5 GB with nothing in it";

/** One that costs memory and one that is large. */
const SAMPLE = ["histograms that inflate to 60 MiB of nothing, twelve a file", SPARSE];

/** The trusted job that judges what a fork's run has left: nothing that an artifact holds costs it more than seconds, or more than some memory. */
export async function* artifacts(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  const base = await stage.pushed(FILES);
  const { repository, github } = stage;
  await repository.branch("change", "main");
  await repository.commit({ "a.txt": "b" });
  await repository.push("change");
  const { number, baseSha, headSha } = await repository.pullRequest({ head: "change", fork: FORK });
  const head = { ref: "change", sha: headSha, repository: FORK };
  github.state.pulls.set(number, { number, head, base: { ref: "main", sha: baseSha } });
  const shas = { base: baseSha, head: headSha };
  const meter = join(stage.folder, "meter.mjs");
  writeFileSync(meter, METER);
  const run = { id: 1, headBranch: "change", headSha, headRepository: FORK };

  const judge = async (place: string): Promise<ActionResult> => {
    const noted = join(place, "meter.json");
    const result = await stage.act(base, {
      event: { name: "workflow_run", payload: workflowRunEvent("octo-org/octo-repo", run) },
      workflow: "Comment",
      job: "comment",
      bundle: meter,
      extraEnv: { METER_FILE: noted, METER_BUNDLE: fileURLToPath(new URL("../../dist/index.js", import.meta.url)) },
      inputs: { "fan-in": join(place, "cells"), expect: "benchgate", status: "true" },
      timeLimit: 100,
    });
    const { seconds, megabytes } = JSON.parse(readFileSync(noted, "utf8")) as Readonly<Record<string, number>>;
    const cheap = seconds! < MOST.seconds && megabytes! < MOST.megabytes;
    return cheap ? result : { ...result, exitCode: null, stdout: `${result.stdout}\n${seconds} s, ${megabytes} MB` };
  };

  const cellOf = (
    name: string,
    right: Right,
    files: Readonly<Record<string, string | Buffer>>,
    isSound: (result: ActionResult) => boolean,
    prepare: (recordings: string) => void = () => {},
  ): Promise<Cell> =>
    stage.cell(PART, name, right, async () => {
      const place = mkdtempSync(join(stage.folder, "artifact-"));
      const recordings = join(place, "cells/benchgate/recordings");
      mkdirSync(recordings, { recursive: true });
      for (const [file, content] of Object.entries({ "cell.json": NOTE, ...files }))
        writeFileSync(join(recordings, file), content);
      prepare(recordings);
      github.state.comments = [];
      github.state.statuses = [];
      const result = await judge(place);
      rmSync(place, { recursive: true, force: true });
      return isSound(result) ? result : { ...result, exitCode: null };
    });

  const body = () => github.state.comments.find((comment) => comment.pull === number)?.body ?? "";
  const isRefused = () => {
    const status = github.state.statuses.at(-1);
    return /failed/.test(body()) && status?.sha === headSha && status.state === "error";
  };
  for (const [name, make, reason] of REFUSED) {
    if (!wanted(name, SAMPLE.includes(name))) continue;
    const files = make(shas, NOTE);
    // The base's recording is the change's but for its commit.
    const { "baseline.json": _, ...half } = files;
    const zipped = Object.values(half).reduce((sum, text) => sum + deflateSync(text).length, 0);
    const says = (summary: string) =>
      reason.test(summary.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(+code)));
    yield await cellOf(name, REFUSES, files, ({ summary }) => zipped < MOST.zipped && says(summary) && isRefused());
  }
  if (wanted(SPARSE, SAMPLE.includes(SPARSE))) {
    const sparse = (recordings: string) => truncateSync(join(recordings, "candidate.json"), 5e9);
    yield await cellOf(SPARSE, REFUSES, { "candidate.json": "", "baseline.json": "" }, isRefused, sparse);
  }
  for (const [name, make] of JUDGED) {
    if (!wanted(name, SAMPLE.includes(name))) continue;
    yield await cellOf(name, { codes: [0, 1, 3] }, make(shas, NOTE), ({ verdicts }) => {
      const failed = verdicts?.verdicts.some(({ suite, benchmark }) => suite === "benchmarks" && benchmark === "*");
      return failed === false && body() !== "";
    });
  }
}
