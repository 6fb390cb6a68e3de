import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCellNote } from "../../src/codec/cell.ts";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { workflowRunEvent } from "./kit/events.ts";
import { type Checkout, createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, runAction } from "./kit/runner.ts";

const FORK = "mallory/octo-repo";
/** What a trusted job may cost, whatever an artifact of 1 MB holds. Its seconds are those of a processor, so that a busy machine fails nothing. */
const MOST = { zipped: 2 ** 20, seconds: 10, megabytes: 500 };
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

let repository: Repository;
let github: FakeGitHub;
let folder: string;
let base: Checkout;
let shas: { readonly base: string; readonly head: string };
let number: number;

beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub();
  folder = mkdtempSync(join(tmpdir(), "benchgate-hostile-"));
  writeFileSync(join(folder, "meter.mjs"), METER);
  await repository.commit({ "a.txt": "a" }, "first");
  base = await (await repository.push("main")).checkout();
  await repository.branch("change", "main");
  await repository.commit({ "a.txt": "b" });
  await repository.push("change");
  const opened = await repository.pullRequest({ head: "change", fork: FORK });
  number = opened.number;
  shas = { base: opened.baseSha, head: opened.headSha };
  const head = { ref: "change", sha: shas.head, repository: FORK };
  github.state.pulls.set(number, { number, head, base: { ref: "main", sha: shas.base } });
});
afterAll(async () => {
  const { violations } = github.state;
  await github.close();
  repository.close();
  rmSync(folder, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

type Files = Readonly<Record<string, string | Buffer>>;

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The trusted job on an artifact of these files. */
async function judge(files: Files, prepare: (recordings: string) => void = () => {}): Promise<ActionResult & Cost> {
  const place = mkdtempSync(join(folder, "run-"));
  const recordings = join(place, "cells/benchgate/recordings");
  for (const [name, content] of Object.entries({ "cell.json": NOTE, ...files })) {
    mkdirSync(dirname(join(recordings, name)), { recursive: true });
    writeFileSync(join(recordings, name), content);
  }
  prepare(recordings);
  const run = { id: 1, headBranch: "change", headSha: shas.head, headRepository: FORK };
  const meter = join(place, "meter.json");
  const result = await runAction({
    ...base,
    event: { name: "workflow_run", payload: workflowRunEvent("octo-org/octo-repo", run) },
    github,
    workflow: "Comment",
    job: "comment",
    bundle: join(folder, "meter.mjs"),
    extraEnv: {
      METER_FILE: meter,
      METER_BUNDLE: fileURLToPath(new URL("../../dist/index.js", import.meta.url)),
    },
    inputs: { "fan-in": join(place, "cells"), expect: "benchgate", status: "true" },
    timeLimit: 100,
  });
  const cost = JSON.parse(readFileSync(meter, "utf8")) as Cost;
  rmSync(place, { recursive: true, force: true });
  if (process.env.BENCHGATE_SHOW)
    console.log(
      "COST",
      cost.seconds.toFixed(1),
      cost.megabytes.toFixed(0),
      result.exitCode,
      result.summary.split("\n")[0],
      result.stdout.slice(-300),
    );
  return { ...result, ...cost };
}

const NOTE = encodeCellNote({ gate: "benchmarks-bench", looks: [6], confirmed: false });
const sides = (make: (sha: string) => string): Files => ({
  "candidate.json": make(shas.head),
  "baseline.json": make(shas.base),
});

/** A recording as text: what its rounds hold, as JSON. */
const recording = (sha: string, measurements: string, more = ""): string =>
  `{"schema":"benchgate.recording/1","revision":{"sha":"${sha}","ref":"main"}${more},"rounds":[{"session":"s","pair":0,"measurements":[${measurements}]}]}`;
const plain = (index: number, name = `b${index}`): string =>
  `{"benchmark":"${name}","metric":"latency","unit":"s","value":1}`;
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join(",");
const histogram = (encoded: string, index: number): string =>
  `{"benchmark":"b${index}","metric":"latency","unit":"s","histogram":"${encoded}","scale":1e-9}`;

/** An HdrHistogram that inflates to so many MiB of one byte. */
function bomb(mebibytes: number, byte: number): string {
  const bytes = Buffer.alloc(Math.round(mebibytes * 2 ** 20), byte);
  bytes.fill(0, 0, 40);
  bytes.writeUInt32BE(0x1c849313, 0);
  bytes.writeUInt32BE(bytes.length - 40, 4);
  bytes.writeUInt32BE(byte === 0 ? 3 : 5, 12);
  bytes.writeBigInt64BE(1n, 16);
  const body = deflateSync(bytes, { level: 9 });
  const outer = Buffer.alloc(8);
  outer.writeUInt32BE(0x1c849314, 0);
  outer.writeUInt32BE(body.length, 4);
  return Buffer.concat([outer, body]).toString("base64");
}

/** What is refused, with a word of the reason. */
const REFUSED: readonly (readonly [what: string, files: () => Files, reason: RegExp])[] = [
  [
    "histograms that inflate to 60 MiB of nothing, twelve a file",
    () =>
      sides((sha) =>
        recording(
          sha,
          many(12, (i) => histogram(bomb(60, 0), i)),
        ),
      ),
    /MiB of inflated histograms/,
  ],
  [
    "histograms of millions of values",
    () =>
      sides((sha) =>
        recording(
          sha,
          many(4, (i) => histogram(bomb(30, 2), i)),
        ),
      ),
    /distinct values/,
  ],
  [
    "300,000 benchmarks",
    () =>
      sides((sha) =>
        recording(
          sha,
          many(300_000, (i) => plain(i)),
        ),
      ),
    /60,000 measurements|parts|texts/,
  ],
  [
    "a million benchmarks",
    () =>
      sides((sha) =>
        recording(
          sha,
          many(1_000_000, (i) => plain(i)),
        ),
      ),
    /larger than the 32 MiB/,
  ],
  ["lists ten million deep", () => sides(() => "[".repeat(10_000_000)), /nested more than 32 deep/],
  [
    "objects three million deep",
    () => sides((sha) => recording(sha, "", `,"later":${'{"a":'.repeat(3_000_000)}1${"}".repeat(3_000_000)}`)),
    /nested more than 32 deep/,
  ],
  [
    "a name of 30 MB",
    () => sides((sha) => recording(sha, plain(0, "x".repeat(30_000_000)))),
    /a text of more than 512 Ki characters/,
  ],
  [
    "a name of 100,000 characters",
    () => sides((sha) => recording(sha, plain(0, "x".repeat(100_000)))),
    /a name of more than 1,000 characters/,
  ],
  [
    "15 million numbers",
    () =>
      sides((sha) =>
        recording(sha, `{"benchmark":"b","metric":"latency","unit":"s","samples":[${"0,".repeat(15_000_000)}0]}`),
      ),
    /3,000,000 values/,
  ],
  [
    "ten million empty objects in a key of a later version",
    () => sides((sha) => recording(sha, plain(0), `,"later":[${"{},".repeat(10_000_000)}0]`)),
    /values|objects/,
  ],
  [
    "a million facts of its machine",
    () => sides((sha) => recording(sha, plain(0), `,"environment":{${many(400_000, (i) => `"f${i}":${i}`)}}`)),
    /200 facts of the machine/,
  ],
  [
    "a million unknown keys",
    () =>
      sides((sha) =>
        recording(sha, `{"benchmark":"b","metric":"latency","unit":"s",${many(900_000, (i) => `"zzzzqq${i}":1`)}}`),
      ),
    /has no values/,
  ],
  [
    "gzip of half a gibibyte",
    () => sides((sha) => gzipSync(`${recording(sha, plain(0))}${" ".repeat(400 * 2 ** 20)}`) as unknown as string),
    /larger than 32 MiB/,
  ],
  [
    "a mistake at the end of 30 MB",
    () =>
      sides((sha) =>
        recording(
          sha,
          many(18_000, (i) => plain(i)),
          `,"later":"${"x".repeat(500_000)}"`,
        ).replace(/"value":1}\]}\]}$/, '"value":-1}]}]}'),
      ),
    /below zero/,
  ],
  [
    "a note of 30 MB",
    () => ({ ...sides((sha) => recording(sha, plain(0))), "cell.json": `${NOTE.trimEnd()}${" ".repeat(30_000_000)}` }),
    /larger than/,
  ],
  [
    "a thousand percentiles in each of 900 rounds",
    () => {
      const levels = many(1000, (i) => `"${i / 1000}":${i + 1}`);
      return sides((sha) =>
        recording(sha, "").replace(
          /"rounds":.*$/,
          `"rounds":[${many(900, (i) => `{"session":"s","pair":${i},"measurements":[{"benchmark":"b","metric":"latency","unit":"s","quantiles":{${levels}},"count":9}]}`)}]}`,
        ),
      );
    },
    /300,000 percentiles/,
  ],
  [
    "100,000 rounds",
    () =>
      sides((sha) =>
        recording(sha, plain(0)).replace(
          /\]}$/,
          `,${many(100_000, (i) => `{"session":"s","pair":${i + 1},"measurements":[]}`)}]}`,
        ),
      ),
    /2000 rounds/,
  ],
];

describe("an artifact of at most 1 MB that is hostile", { timeout: 120_000 }, () => {
  it.each(REFUSED)("costs seconds and is failed with its reason: %s", async (_, files, reason) => {
    const held = files();
    const zipped = Object.values(held).reduce((sum, text) => sum + deflateSync(text, { level: 9 }).length, 0);
    expect(zipped).toBeLessThan(5 * MOST.zipped);
    const result = await judge(held);
    expect(result.timedOut).toBe(false);
    expect(result.exitCode, result.stdout).toBe(3);
    const said = result.summary.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(said).toMatch(reason);
    expect(github.state.comments.find((comment) => comment.pull === number)?.body).toMatch(/failed/);
    expect(github.state.statuses.at(-1)).toMatchObject({ sha: shas.head, state: "error" });
    expect(result.megabytes).toBeLessThan(MOST.megabytes);
    expect(result.seconds).toBeLessThan(MOST.seconds);
  });

  it.each<[string, (recordings: string) => void]>([
    ["a recording of 5 GB with nothing in it", (at) => truncateSync(join(at, "candidate.json"), 5e9)],
  ])("costs seconds and is failed with its reason: %s", async (_, prepare) => {
    const result = await judge(
      sides((sha) => recording(sha, plain(0))),
      prepare,
    );
    expect(result.exitCode, result.stdout).toBe(3);
    expect(github.state.statuses.at(-1)).toMatchObject({ sha: shas.head, state: "error" });
    expect(result.megabytes).toBeLessThan(MOST.megabytes);
    expect(result.seconds).toBeLessThan(MOST.seconds);
  });

  const samples = (count: number, each: (index: number) => string): string =>
    `{"benchmark":"b","metric":"latency","unit":"s","samples":[${many(count, each)}]}`;
  const rounds = (sha: string, count: number, held: (round: number) => string): string =>
    `{"schema":"benchgate.recording/1","revision":{"sha":"${sha}","ref":"main"},"rounds":[${many(count, (i) => `{"session":"s","pair":${i},"measurements":[${held(i)}]}`)}]}`;
  it.each<[string, () => Files]>([
    [
      "2,500 benchmarks",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(2_500, (i) => plain(i)),
          ),
        ),
    ],
    [
      "2,500 benchmarks in suites of their own",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(2_500, (i) => `{"suite":"s${i}",${plain(i).slice(1)}`),
          ),
        ),
    ],
    [
      "2,500 benchmarks with nothing in common",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(2_500, (i) => plain(i, `${sha.slice(0, 6)}${i}`)),
          ),
        ),
    ],
    [
      "2,500 metrics",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(2_500, (i) => `{"benchmark":"b","metric":"m${i}","unit":"u${i}","better":"lower","value":1}`),
          ),
        ),
    ],
    [
      "2,500 names of 1,000 characters",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(2_500, (i) => plain(i, `${i}${"x".repeat(990)}`)),
          ),
        ),
    ],
    [
      "2,000 rounds of ten",
      () =>
        sides((sha) =>
          rounds(sha, 2000, (r) =>
            many(
              10,
              (i) => `{"benchmark":"b${i}","metric":"latency","unit":"s","value":${1 + ((r * 7919 + i) % 101) / 1000}}`,
            ),
          ),
        ),
    ],
    [
      "all of it at once",
      () => {
        const rounds = (sha: string, own: string) =>
          recording(
            sha,
            `${many(2_400, (i) => plain(i, `${own}${i}${"x".repeat(500)}`))},${samples(1_600_000, (i) => `${1 + (i % 97)}`)}`,
          );
        return sides((sha) => rounds(sha, sha.slice(0, 6)));
      },
    ],
    [
      "1.9 million samples",
      () =>
        sides((sha) =>
          recording(
            sha,
            samples(1_900_000, (i) => `${1 + (i % 997)}`),
          ),
        ),
    ],
    [
      "the medians of a hundred slices of 2,400 benchmarks in six rounds, all slower",
      () =>
        sides((sha) => {
          const slow = sha === shas.head ? 3 : 1;
          const medians = many(100, (i) => String(slow * (1 + i / 10_000)));
          return rounds(sha, 6, () =>
            many(
              2_400,
              (i) => `{"benchmark":"b${i}","metric":"latency","unit":"s","samples":[${slow}],"medians":[${medians}]}`,
            ),
          );
        }),
    ],
    [
      "samples in 300 rounds",
      () => sides((sha) => rounds(sha, 300, (r) => samples(6000, (i) => `${1 + ((i * r) % 997)}`))),
    ],
    [
      "histograms of 400,000 values",
      () =>
        sides((sha) =>
          recording(
            sha,
            many(3, (i) => histogram(bomb(0.4, 2), i)),
          ),
        ),
    ],
    [
      "2,500 failures",
      () =>
        sides((sha) =>
          recording(sha, "").replace(
            '"measurements":[]',
            `"measurements":[],"failures":[${many(2_500, (i) => `{"benchmark":"f${i}","reason":"r${i}"}`)}]`,
          ),
        ),
    ],
    [
      "notes and exits",
      () =>
        sides((sha) =>
          recording(sha, plain(0)).replace(
            /\}\]\}$/,
            `,"notes":[${many(9000, (i) => `{"benchmark":"b0","sentence":"s${i}","remedy":"r${i}"}`)}],"exits":[${many(9000, (i) => `{"suite":"s${i}","exitCode":1}`)}]}]}`,
          ),
        ),
    ],
  ])("is judged in seconds where it holds as much as is read: %s", async (_, files) => {
    const result = await judge(files());
    expect(result.timedOut).toBe(false);
    expect([0, 1, 3]).toContain(result.exitCode);
    expect(result.verdicts, result.stdout).not.toBeNull();
    expect(result.verdicts?.verdicts.some(({ suite, benchmark }) => suite === "benchmarks" && benchmark === "*")).toBe(
      false,
    );
    expect(github.state.comments.some((comment) => comment.pull === number)).toBe(true);
    expect(result.megabytes).toBeLessThan(MOST.megabytes);
    expect(result.seconds).toBeLessThan(MOST.seconds);
  });
});
