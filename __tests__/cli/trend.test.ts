import { beforeAll, describe, expect, it } from "vitest";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { memoryFiles } from "../fakes/files.ts";
import { type FakeGit, fakeGit } from "../fakes/git.ts";
import { aRecording } from "../synthetic.ts";
import { aPlace, benchgate, type Place } from "./command-line.ts";

const RUNS = 24;
const STEP = 14;
const GATE = "benchmarks-bench";

let git: FakeGit;
let place: Place;
const commits: string[] = [];

beforeAll(async () => {
  git = fakeGit("/here");
  place = aPlace({}, git);
  const store = createDirectoryStore(memoryFiles(place.files), "store");
  for (let run = 0; run < RUNS; run++) {
    const sha = git.commit(commits.at(-1) ?? null, { "file.txt": `${run}` });
    commits.push(sha);
    const benchmarks = { json: run < STEP ? 0.001 : 0.0013, yaml: 0.002 };
    const recording = aRecording({ seed: run, session: `${run}`, rounds: 4, samples: 9, sha, benchmarks });
    expect(await store.save(recording, { run: `${run}`, attempt: "1", gate: GATE })).toBeNull();
  }
  const stranger = aRecording({ seed: 99, sha: "f".repeat(40), samples: 9, benchmarks: { json: 1 } });
  await store.save(stranger, { run: "99", attempt: "1", gate: GATE });
  git.head = commits.at(-1)!;
});

const AT = ["--baseline-directory", "store"];
const trend = (...args: readonly string[]) => benchgate(["trend", ...AT, ...args], place);

describe("benchgate trend", () => {
  it("writes a page of every benchmark's history into a folder, with what changed and between which commits", async () => {
    const { code, stdout, stderr } = await trend("-o", "site");
    expect([code, stdout, stderr]).toEqual([0, "", "benchgate: site/index.html: 24 runs, 2 series\n"]);
    const html = place.files.get("site/index.html")!;
    expect(html).toContain("<h1>1 worse · 1 steady</h1>");
    expect(html).toContain(`https://github.com/octo-org/octo-repo/compare/${commits[STEP - 1]}...${commits[STEP]}`);
    expect(html).toContain("1 run of other branches left out.");
    expect(html).toContain(`change ${commits[STEP]}`);
  });

  it("writes one file where that is named, or to stdout, the same each time", async () => {
    await trend("-o", "pages/history.html");
    const { stdout } = await trend("-o", "-");
    expect(stdout).toBe(place.files.get("pages/history.html"));
  });

  it("shows one gate where that is asked for", async () => {
    const { code, stderr } = await trend("--gate", "another", "-o", "none");
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^benchgate: none\/index\.html: 0 runs, 0 series\nThe gates that are there: \S+\.\n$/),
    ]);
    expect(place.files.has("none/index.html")).toBe(true);
  });
});

describe("benchgate baseline", () => {
  const baseline = (...args: readonly string[]) => benchgate(["baseline", ...args, ...AT], place);

  it("lists what is stored, oldest first, with how far it lies behind", async () => {
    const { code, stdout, stderr } = await baseline("list");
    const lines = stdout.trimEnd().split("\n");
    expect([code, lines.length, stderr]).toEqual([0, 25, "folder store: 25 recordings\n"]);
    expect(lines[0]).toMatch(/ {2}not an ancestor of HEAD$/);
    expect(lines.at(-2)).toContain(`${commits.at(-2)}`);
    expect(lines.at(-2)).toMatch(/ {2}HEAD~1$/);
    expect(lines.at(-1)).toMatch(/ {2}HEAD$/);
  });

  it("shows one by its commit, and refuses a name that fits none, or several", async () => {
    expect(JSON.parse((await baseline("show", commits[3]!)).stdout)).toMatchObject({ revision: { sha: commits[3] } });
    expect(await baseline("show", "nope")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Nothing is stored"),
    });
    expect(await baseline("show", "")).toMatchObject({ code: 2, stderr: expect.stringContaining("25 entries fit") });
  });
});

describe("the ledger of benchgate trend", () => {
  it("tells what benchgate.yml once accepted, also after it was taken out again", async () => {
    const config = (accept: string) => `suites:\n  s:\n    run: bench\n${accept}`;
    const accept = "accept:\n  - match: s/json latency p50\n    up-to: 40%\n    reason: unicode\n";
    const agreed = git.commit(commits.at(-1)!, { "benchgate.yml": config(accept) });
    const broken = git.commit(agreed, { "benchgate.yml": "accept: [" });
    git.head = git.commit(broken, { "benchgate.yml": config("") });
    const { code, stdout, stderr } = await trend("-o", "-");
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("<h2>Accepted</h2>");
    expect(stdout).toContain(`change ${agreed}`);
    expect(stdout).toContain("<bdi>unicode</bdi>");
    git.head = commits.at(-1)!;
    expect((await trend("-o", "-")).stdout).not.toContain("<h2>Accepted</h2>");
  });
});
