import { beforeEach, describe, expect, it } from "vitest";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { memoryFiles } from "../fakes/files.ts";
import { type FakeGit, fakeGit } from "../fakes/git.ts";
import { aRecording } from "../synthetic.ts";
import { aPlace, benchgate, type Place } from "./command-line.ts";

const RUNS = 24;
const STEP = 12;
const AT = ["--baseline-directory", "store"];

let git: FakeGit;
let place: Place;
let commits: string[];

/** What github-action-benchmark writes: two suites of one commit are two lists. */
function dataJs(entries: Readonly<Record<string, readonly unknown[]>>): string {
  return `window.BENCHMARK_DATA = ${JSON.stringify({ lastUpdate: 1, repoUrl: "https://github.com/octo-org/octo-repo", entries }, null, 2)}`;
}

function anEntry(id: string, index: number, tool: string, benches: readonly object[]) {
  const timestamp = `2024-01-${String(index + 1).padStart(2, "0")}T12:00:00+02:00`;
  return { commit: { id, timestamp, message: "a change" }, date: Date.parse(timestamp) + 60_000, tool, benches };
}

beforeEach(() => {
  git = fakeGit("/here");
  place = aPlace({}, git);
  commits = [];
  for (let run = 0; run < RUNS; run++) commits.push(git.commit(commits.at(-1) ?? null, { "file.txt": `${run}` }));
  git.head = commits.at(-1)!;
  const noise = (run: number) => 1 + 0.002 * Math.sin(7 * run);
  const rust = commits.map((sha, run) =>
    anEntry(sha, run, "cargo", [
      { name: "parse", value: (run < STEP ? 1000 : 1300) * noise(run), range: "± 35", unit: "ns/iter" },
    ]),
  );
  const js = commits.map((sha, run) =>
    anEntry(sha, run, "benchmarkjs", [{ name: "fib(10)", value: 5000 * noise(run), range: "0.42%", unit: "ops/sec" }]),
  );
  const nobody = anEntry("abc", 1, "cargo", [{ name: "parse", value: 1, unit: "ns/iter" }]);
  place.files.set("data.js", dataJs({ Rust: [...rust, nobody], "Benchmark.js": js }));
});

const baseline = (...args: readonly string[]) => benchgate(["baseline", ...args, ...AT], place);

describe("benchgate baseline import", () => {
  it("takes over github-action-benchmark's data.js, one entry a commit, and says what it can be used for", async () => {
    const { code, stdout, stderr } = await baseline("import", "data.js");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("folder store: 48 runs of 24 commits imported, 1 left out that name no whole commit");
    expect(stderr).toContain("no check is ever judged by them");
    const shown = JSON.parse((await baseline("show", commits[3]!)).stdout);
    expect(shown.revision).toMatchObject({ sha: commits[3], committedAt: "2024-01-04T10:00:00.000Z" });
    expect(shown.rounds[0].measurements).toEqual([
      expect.objectContaining({ suite: "Rust", benchmark: "parse", metric: "latency", unit: "s", better: "lower" }),
    ]);
    expect(shown.rounds[1].measurements).toEqual([
      expect.objectContaining({ benchmark: "fib(10)", metric: "throughput", unit: "1/s", better: "higher" }),
    ]);
  });

  it("gives the history page its levels", async () => {
    await baseline("import", "data.js");
    await benchgate(["trend", "-o", "page.html", ...AT], place);
    const html = place.files.get("page.html")!;
    expect(html).toContain("<h1>1 worse · 1 steady</h1>");
    expect(html).toContain(`/compare/${commits[STEP - 1]}...${commits[STEP]}`);
  });

  it("adds nothing twice", async () => {
    await baseline("import", "data.js");
    const before = [...place.files.keys()];
    expect((await baseline("import", "data.js")).code).toBe(0);
    expect([...place.files.keys()]).toEqual(before);
  });

  it("is one commit where baselines are kept in git", async () => {
    await benchgate(["baseline", "import", "data.js"], place);
    const tip = git.commits.get(
      git.branches.get("refs/benchgate/baselines") ?? git.branches.get("benchgate-baseline")!,
    )!;
    expect(tip.parent).toBeNull();
    expect(tip.files.size).toBe(RUNS);
  });

  it("never judges by what was imported, alone or next to a gate of its own", async () => {
    await baseline("import", "data.js");
    place.files.set("out.json", "");
    const run = (...args: readonly string[]) =>
      benchgate(["run", "--run", "bench", "--tool", "benchgate", ...AT, "--json", "-", ...args], {
        ...place,
        answer: () => ({
          stdout: JSON.stringify({
            schema: "benchgate.recording/1",
            rounds: [
              { measurements: [{ benchmark: "parse", metric: "latency", unit: "s", better: "lower", value: 1 }] },
            ],
          }),
        }),
      });
    const alone = await run();
    expect(JSON.parse(alone.stdout).warnings).toContainEqual(
      expect.objectContaining({ code: "no-baseline", stored: 0 }),
    );
    const store = createDirectoryStore(memoryFiles(place.files), "store");
    const own = aRecording({ seed: 1, sha: commits[5]!, samples: 9, benchmarks: { parse: 1 } });
    expect(await store.save(own, { run: "1", attempt: "1", gate: "benchmarks-bench" })).toBeNull();
    const both = await run();
    expect(both.stderr).not.toContain("holds baselines of 2 gates");
    const named = await run("--gate", "imported");
    const { verdicts, warnings } = JSON.parse(named.stdout);
    expect(verdicts.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["added"]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: "no-baseline", stored: RUNS }));
  });

  it.each([
    ["{}", "this is not a data.js of github-action-benchmark"],
    ["window.BENCHMARK_DATA = {", "is not JSON"],
    [dataJs({ a: [{ date: 1 }] }), "entries.a[0].commit"],
    [
      dataJs({ a: [anEntry("a".repeat(40), 0, "cargo", [{ name: "x", unit: "ns" }])] }),
      "entries.a[0].benches[0].value",
    ],
  ])("says what is wrong with %j", async (text, problem) => {
    place.files.set("data.js", text);
    const { code, stderr } = await baseline("import", "data.js");
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
    expect(stderr).toMatch(/^benchgate: data\.js: /);
  });

  it("is no success where everything was left out", async () => {
    place.files.set("data.js", dataJs({ Rust: [anEntry("abc", 1, "cargo", [{ name: "x", value: 1, unit: "ns" }])] }));
    expect(await baseline("import", "data.js")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^benchgate: data\.js: nothing could be imported: 1 run without a whole commit/),
    });
    place.files.set("asv/box/broken.json", "{");
    expect(await baseline("import", "asv")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/left out: box\/broken\.json: .*nothing could be imported: 1 file cannot be read/s),
    });
  });

  it("asks for a file", async () => {
    expect(await baseline("import")).toMatchObject({ code: 2, stderr: expect.stringContaining("import needs a file") });
  });
});

describe("benchgate baseline export", () => {
  it("prints or writes everything that is stored, as CSV or as Parquet", async () => {
    await baseline("import", "data.js");
    const csv = await baseline("export", "--csv");
    expect(csv.stdout.split("\n")).toHaveLength(2 * RUNS + 2);
    expect(csv.stdout).toMatch(/^sha,committed_at,/);
    await baseline("export", "--csv", "history.csv");
    expect(place.files.get("history.csv")).toBe(csv.stdout);
    const parquet = await baseline("export", "--parquet");
    expect(parquet.stdout).toMatch(/^PAR1.*PAR1$/s);
    expect((await baseline("export", "--parquet", "history.parquet")).code).toBe(0);
    expect(place.files.get("history.parquet")).toBe(parquet.stdout);
  });

  it("is told which of both, and never both", async () => {
    for (const form of [[], ["--csv", "--parquet"]]) {
      const { code, stderr } = await baseline("export", ...form);
      expect([code, stderr]).toEqual([2, expect.stringContaining("Give `--csv` or `--parquet`")]);
    }
  });
});

describe("benchgate baseline import of asv's results", () => {
  const params = { machine: "box", arch: "x86_64", cpu: "A CPU", os: "Linux", num_cpu: "8", python: "3.12" };

  /** A results file of asv, as it writes them. */
  function results(sha: string, index: number, value: number | null, more: object = {}): string {
    return JSON.stringify({
      commit_hash: sha,
      env_name: "virtualenv-py3.12",
      date: Date.UTC(2024, 0, index + 1),
      params,
      result_columns: ["result", "params"],
      results: {
        "suite.time_parse": [[value], []],
        "suite.track_size": [[value === null ? null : 100], []],
        "suite.time_skipped": [["NAN"], []],
      },
      version: 2,
      ...more,
      // As Python writes it.
    }).replace('"NAN"', "NaN");
  }

  beforeEach(() => {
    place.files.set(
      "asv/benchmarks.json",
      JSON.stringify({ "suite.track_size": { unit: "items", param_names: [] }, version: 2 }),
    );
    place.files.set("asv/box/machine.json", JSON.stringify({ ...params, ram: "1", version: 1 }));
    for (const [run, sha] of commits.entries()) {
      const value = (run < STEP ? 0.1 : 0.13) * (1 + 0.002 * Math.sin(7 * run));
      place.files.set(`asv/box/${sha.slice(0, 8)}-py3.12.json`, results(sha, run, value));
    }
  });

  it("takes over one entry a commit and machine, whose steps the history finds", async () => {
    const other = { env_name: "virtualenv-py3.13" };
    place.files.set(`asv/box/${commits[0]!.slice(0, 8)}-py3.13.json`, results(commits[0]!, 0, 0.2, other));
    const { code, stderr } = await baseline("import", "asv/");
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${RUNS + 1} runs imported.`)]);
    const listed = await baseline("list");
    expect(listed.stdout.trim().split("\n")).toHaveLength(RUNS + 1);
    const [recording] = [JSON.parse((await baseline("show", commits[3]!)).stdout)];
    expect(recording.environment).toMatchObject({ os: "Linux", cores: 8, runtime: "virtualenv-py3.12" });
    expect(recording.rounds[0].measurements).toEqual([
      expect.objectContaining({
        suite: "asv",
        benchmark: "suite.time_parse",
        metric: "latency",
        unit: "s",
        better: "lower",
      }),
      expect.objectContaining({ benchmark: "suite.track_size", metric: "track", unit: "items" }),
    ]);
    const page = await benchgate(["trend", "-o", "-", ...AT], place);
    expect(page.stdout).toMatch(/<h1>1 worse/);
    // The same again adds nothing.
    await baseline("import", "asv");
    expect((await baseline("list")).stdout).toBe(listed.stdout);
  });

  it("names what it leaves out: broken files, and those in which everything failed", async () => {
    place.files.set("asv/box/broken.json", "{");
    place.files.set("asv/box/failed.json", results(commits[0]!, 0, null));
    place.files.set("asv/box/short.json", results("abc", 0, 1));
    const { code, stderr } = await baseline("import", "asv");
    expect(code).toBe(0);
    expect(stderr).toContain(`${RUNS} runs imported, 3 left out that cannot be read`);
    for (const name of ["broken", "failed", "short"]) expect(stderr).toContain(`left out: box/${name}.json: `);
  });

  it("names the definitions where these cannot be read, and imports nothing without units", async () => {
    place.files.set("asv/benchmarks.json", "{");
    const { code, stderr } = await baseline("import", "asv");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^benchgate: asv\/benchmarks\.json/)]);
    expect((await baseline("list")).stdout.trim()).toBe("");
  });

  it("refuses a folder that holds none", async () => {
    place.files.set("other/machine.json", "{}");
    expect(await baseline("import", "other")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no results of asv"),
    });
  });
});

describe("benchgate baseline import of Bencher's perf query", () => {
  const named = (name: string) => ({ uuid: "0", name, slug: name.toLowerCase() });
  const measure = { ...named("Latency"), units: "nanosecond (ns)" };

  /** An answer of its API; `later` as newer versions write a point. */
  function answer(later: boolean, extra: readonly object[] = []): string {
    const metrics = commits.map((hash, run) => {
      const value = (run < STEP ? 1000 : 1300) * (1 + 0.002 * Math.sin(7 * run));
      const start = new Date(Date.UTC(2024, 0, run + 1)).toISOString();
      const point = {
        report: `${run}`,
        iteration: 0,
        start_time: start,
        end_time: start,
        version: { number: run, hash },
      };
      return later ? { ...point, metrics: { value: { value } } } : { ...point, metric: { value, lower_value: 1 } };
    });
    const line = { branch: named("main"), testbed: named("runner"), benchmark: named("parse"), measure };
    return JSON.stringify({ project: named("p"), results: [{ ...line, metrics: [...metrics, ...extra] }] });
  }

  it.each([false, true])("takes over one entry a commit, of older and of newer versions (%s)", async (later) => {
    const nobody = {
      report: "x",
      iteration: 0,
      start_time: "2024-01-01T00:00:00Z",
      version: { number: 1 },
      metric: { value: 1 },
    };
    place.files.set("perf.json", answer(later, [nobody]));
    const { code, stderr } = await baseline("import", "perf.json");
    expect([code, stderr]).toEqual([0, expect.stringContaining("24 runs of 24 commits imported, 1 left out")]);
    const shown = JSON.parse((await baseline("show", commits[3]!)).stdout);
    expect(shown.environment.cpu).toBe("runner, imported from Bencher");
    expect(shown.rounds[0].measurements).toEqual([
      expect.objectContaining({ suite: "bencher", benchmark: "parse", metric: "latency", unit: "s", better: "lower" }),
    ]);
    expect(shown.rounds[0].measurements[0].value).toBeCloseTo(1e-6, 8);
    expect((await benchgate(["trend", "-o", "-", ...AT], place)).stdout).toMatch(/<h1>1 worse/);
  });

  it("says where a point is not what Bencher writes", async () => {
    place.files.set("perf.json", answer(false).replace('"start_time":"2024-01-02', '"start_time":"the 2nd'));
    const { code, stderr } = await baseline("import", "perf.json");
    expect([code, stderr]).toEqual([2, expect.stringContaining("results[0].metrics[1].start_time")]);
  });
});
