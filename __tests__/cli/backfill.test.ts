import { beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { decodeRecording } from "../../src/codec/recording.ts";
import type { Git } from "../../src/ports/index.ts";
import { evaluate } from "../../src/stats/statistic.ts";
import { type FakeGit, fakeGit } from "../fakes/git.ts";
import { fakeTerminal } from "../fakes/terminal.ts";
import { aPlace, aWorld } from "./command-line.ts";

const TAGS = 20;
/** From here on everything takes longer by a fifth. */
const STEP = 12;
const WORDS = ["--run", "bench", "--tool", "benchgate", "--rounds", "2", "--baseline-directory", "store"];

let git: FakeGit;
let files: Map<string, string>;
let tags: Map<string, string>;
let head: string;
let shallow: boolean;

beforeEach(() => {
  shallow = false;
  git = fakeGit("/here");
  files = new Map();
  tags = new Map();
  let tip: string | null = null;
  for (let at = 0; at < TAGS; at++) {
    const cost = at < STEP ? 1 : 1.2;
    tip = git.commit(tip, { "costs.json": JSON.stringify({ old: cost, ...(at >= 5 && { young: 2 * cost }) }) });
    tags.set(`v1.${at}`, tip);
  }
  head = git.commit(tip, { "costs.json": JSON.stringify({ old: 1.2, young: 2.4, new: 1 }) });
  git.head = head;
});

/** `baseline backfill` on a machine that takes so many times as long, ended by the user before a program is started. */
async function backfill(words: readonly string[], { slower = 1, until = Number.POSITIVE_INFINITY } = {}) {
  const controller = new AbortController();
  let started = 0;
  const place = {
    ...aPlace({}, withTags()),
    files,
    answer: ({ cwd }: { readonly cwd: string }) => {
      if (++started >= until) controller.abort();
      const costs = JSON.parse(git.commits.get(git.worktrees.get(cwd)!)!.files.get("costs.json")!);
      if (costs.broken) return { exitCode: 1 };
      const measurements = Object.entries(costs as Record<string, number>).flatMap(([benchmark, cost]) => {
        const samples = [1, 2, 3].map((sample) => cost * slower * (1 + sample / 1000));
        const latency = { benchmark, metric: "latency", unit: "s", better: "lower", samples };
        return [latency, { ...latency, metric: "memory", unit: "B", samples: [1000, 1000, 1000] }];
      });
      return { stdout: JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements }] }) };
    },
  };
  const terminal = fakeTerminal();
  const interrupt = { signal: controller.signal, exitCode: () => (controller.signal.aborted ? 130 : null) };
  const code = await main(["baseline", "backfill", ...words, ...WORDS], { ...aWorld(place, terminal), interrupt });
  return { code, stderr: terminal.stderr(), started };
}

function withTags(): Git {
  return {
    ...git,
    tags: async () => [...tags.keys()],
    names: async () => ({ ...(await git.names()), shallow }),
    revision: async (ref) => {
      const sha = tags.get(ref.replace("refs/tags/", "")) ?? ref;
      return git.revision(sha);
    },
  };
}

/** What is stored of each commit: the median of a benchmark, in seconds. */
function stored(benchmark: string): Readonly<Record<string, number>> {
  const recordings = [...files]
    .filter(([path]) => path.startsWith("store/runs/"))
    .map(([, text]) => decodeRecording(text));
  return Object.fromEntries(
    recordings.flatMap(({ revision, rounds }) => {
      const found = rounds[0]!.measurements.find((each) => each.benchmark === benchmark && each.metric === "latency");
      return found === undefined ? [] : [[revision.sha, evaluate(found.distribution, "p50", null)!] as const];
    }),
  );
}

describe("benchgate baseline backfill", () => {
  it("measures all tags, goes on where it was interrupted, and takes off what each day's machine did", async () => {
    const first = await backfill([], { until: 60 });
    expect([first.code, first.stderr]).toEqual([130, expect.stringContaining("the same command goes on where it was")]);
    const some = Object.keys(stored("old")).length;
    expect(some).toBeGreaterThan(3);
    expect(some).toBeLessThan(TAGS);
    // Another day, on a machine half as fast.
    const second = await backfill([], { slower: 2 });
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain(`20 commits in turns with ${head.slice(0, 12)}, ${some - 1} of them there already`);
    const levels = stored("old");
    expect(Object.keys(levels)).toHaveLength(TAGS + 1);
    for (const [tag, sha] of tags)
      expect(levels[sha], tag).toBeCloseTo(Number(tag.slice(3)) < STEP ? 1.002 : 1.2024, 6);
    expect(Object.keys(stored("young"))).toHaveLength(TAGS - 5 + 1);
    // Nothing is measured again.
    const third = await backfill([], { slower: 3 });
    expect(third).toMatchObject({ code: 0, started: 0 });
    expect(new Set([...files.keys()].map((path) => path.split(".").at(-2)))).toHaveProperty("size", 1);
  });

  it("measures every n-th commit after one, and tags that fit a pattern", async () => {
    expect((await backfill([tags.get("v1.0")!, "--every", "5"])).code).toBe(0);
    expect(Object.keys(stored("old")).sort()).toEqual(
      [head, ...[0, 5, 10, 15].map((at) => tags.get(`v1.${at}`)!)].sort(),
    );
    expect((await backfill(["--tags", "v1.1*"])).code).toBe(0);
    expect(Object.keys(stored("old"))).toHaveLength(1 + 4 + 9);
  });

  it("leaves out what does not run, and says so", async () => {
    const broken = git.commit(tags.get("v1.19")!, { "costs.json": JSON.stringify({ broken: true }) });
    git.head = git.commit(broken, { "costs.json": JSON.stringify({ old: 1.2 }) });
    tags = new Map([
      ["v1.18", tags.get("v1.18")!],
      ["v2", broken],
    ]);
    const { code, stderr } = await backfill([]);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /1 of 2: \w{12} {2}v1\.18: stored, without bench\/young latency, bench\/young memory, which the anchor does not have/,
    );
    expect(stderr).toMatch(/2 of 2: \w{12} {2}v2: left out: /);
    expect(stderr).toContain("1 commit added");
  });

  it("is no success where nothing could be measured", async () => {
    const broken = git.commit(tags.get("v1.19")!, { "costs.json": JSON.stringify({ broken: true }) });
    git.head = git.commit(broken, { "costs.json": JSON.stringify({ old: 1.2 }) });
    tags = new Map([["v2", broken]]);
    const { code, stderr } = await backfill([]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/v2: left out: .*0 of 1 commit could be measured/s)]);
  });

  it("refuses to go on where the anchor's own numbers are gone", async () => {
    await backfill(["--tags", "v1.1*"]);
    const own = [...files.keys()].find((path) => path.startsWith(`store/runs/${head}/`))!;
    files.delete(own);
    const { code, stderr, started } = await backfill([]);
    expect([code, started, stderr]).toEqual([2, 0, expect.stringContaining("the anchor's own entry is gone")]);
  });

  it("says what is wrong with its words before anything is measured", async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [["--every", "5"], "--every needs to know where to begin"],
      [["--tags", "v9*"], 'No tag behind HEAD fits "v9*"'],
      [["--every", "0"], "this is not a number of commits"],
      [["HEAD", "--every", "5"], "HEAD is not before HEAD on the line of first parents"],
      [["v1.0"], "With a commit goes `--every N`"],
      [["--anchor", "nowhere"], "There is no revision"],
    ];
    for (const [words, problem] of wrong) {
      const { code, stderr, started } = await backfill(words);
      expect([code, started, stderr]).toEqual([2, 0, expect.stringContaining(problem)]);
    }
  });

  it("asks for the rest of the history where a shallow clone lacks it", async () => {
    shallow = true;
    for (const words of [
      ["--tags", "v9*"],
      ["HEAD", "--every", "5"],
    ])
      expect((await backfill(words)).stderr).toContain("`git fetch --unshallow` brings the commits that it lacks");
  });
});
