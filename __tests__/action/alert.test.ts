import { describe, expect, it } from "vitest";
import { keepIssue } from "../../src/action/rolling-issue.ts";
import { fitting } from "../../src/codec/slow.ts";
import { GateError } from "../../src/model/error.ts";
import type { SlowRow } from "../../src/model/slow.ts";
import { commitPages } from "../../src/report/words/commits.ts";
import { type FakeGitHubPort, fakeGitHubPort } from "../fakes/github-port.ts";
import { aScene, type Costs, type Run, type Scene } from "./scene.ts";

const ALERT: Run = { inputs: { alert: "issue", rounds: "2" } };
const TWO: Costs = { hash: 0.07, sort: 0.08 };
const SLOW: Costs = { ...TWO, hash: 0.105 };

async function pushes(scene: Scene, count: number, costs: Costs, run: Run = ALERT) {
  let ran = await scene.push(costs, {}, run);
  for (let push = 1; push < count; push++) ran = await scene.push(costs, {}, run);
  return ran;
}

const titles = ({ github }: Scene) => github.opened.map(({ state, title }) => `${state}: ${title}`);
const WORSE = "Benchgate: 1 benchmark is worse than before on main";
const FINE = "Benchgate: no benchmark is worse than it was on main";

describe("the issue on what got slower on the default branch", () => {
  it("is opened once, kept, closed when it is mended and opened again, whatever the number of runs", async () => {
    const scene = aScene();
    await pushes(scene, 8, TWO);
    expect(scene.github.asked).not.toContain("createIssue");
    const { code, warnings } = await pushes(scene, 5, SLOW);
    expect({ code, warnings }).toEqual({ code: 0, warnings: [] });
    expect(titles(scene)).toEqual([`open: ${WORSE}`]);
    const [issue] = scene.github.opened;
    expect(issue!.body).toContain("hash");
    expect(issue!.body).not.toContain("sort");
    expect(issue!.body).toMatch(/\*\*\+(4|5)\d\.?\d?\u00A0%\*\*/);
    // The only commit between the two runs is the one that did it.
    expect(issue!.body).toMatch(/\| commit \[[0-9a-f]{7}\]\(https:\/\/github\.com\/octo-org\/octo-repo\/commit\//);
    expect(scene.github.told.map(({ pull }) => pull)).toEqual([issue!.number]);

    await pushes(scene, 6, TWO);
    expect(titles(scene)).toEqual([`closed: ${FINE}`]);
    await pushes(scene, 5, SLOW);
    expect(titles(scene)).toEqual([`open: ${WORSE}`]);
    expect(scene.github.told).toHaveLength(1);
  });

  it("leaves one alone that a maintainer has closed, until something else gets worse", async () => {
    const scene = aScene();
    await pushes(scene, 8, TWO);
    await pushes(scene, 4, SLOW);
    scene.github.opened[0] = { ...scene.github.opened[0]!, state: "closed" };
    const [before] = scene.github.told;
    await pushes(scene, 3, SLOW);
    expect(scene.github.opened.map(({ state }) => state)).toEqual(["closed"]);
    expect(scene.github.told.map(({ id }) => id)).toEqual([before!.id]);
    await pushes(scene, 5, { ...SLOW, sort: 0.16 });
    expect(titles(scene)).toEqual(["open: Benchgate: 2 benchmarks are worse than before on main"]);
    // A new comment, which people are told of, in place of the old one.
    expect(scene.github.told).toHaveLength(1);
    expect(scene.github.told[0]!.id).not.toBe(before!.id);
    expect(scene.github.told[0]!.body).toMatch(/worse than before\.\n\n- .*sort/);
  });

  it("goes where benchgate.yml accepts the change", async () => {
    const scene = aScene();
    await pushes(scene, 8, TWO);
    await pushes(scene, 4, SLOW);
    const accept = `accept:\n  - match: "bench/hash latency p50"\n    up-to: 60%\n    reason: it is right now\n`;
    await scene.push(SLOW, { "benchgate.yml": accept }, ALERT);
    expect(titles(scene)).toEqual([`closed: ${FINE}`]);
  });

  it("is not excused by an acceptance that is older than the change, or that has ended", async () => {
    for (const until of ["", "    until: 2020-01-01\n"]) {
      const scene = aScene();
      const accept = `accept:\n  - match: "*"\n    up-to: 60%\n    reason: the last one\n${until}`;
      if (until === "") await scene.push(TWO, { "benchgate.yml": accept }, ALERT);
      await pushes(scene, 8, TWO);
      await pushes(scene, 4, SLOW);
      await scene.push(SLOW, { "benchgate.yml": accept }, ALERT);
      expect(titles(scene)).toEqual([`open: ${WORSE}`]);
    }
  });

  it("is asked for: nobody is told without, nor on a pull request", async () => {
    const scene = aScene();
    await pushes(scene, 8, TWO, { inputs: { rounds: "2" } });
    await pushes(scene, 4, SLOW, { inputs: { rounds: "2" } });
    await scene.open({ ...TWO, hash: 1 }).judge(ALERT);
    expect(scene.github.opened).toEqual([]);
    expect(scene.github.asked).not.toContain("issues");
  });

  it("says what is worse than a revision that the default branch is compared with", async () => {
    const scene = aScene();
    await scene.push(TWO);
    const base = scene.git.branches.get("main")!;
    const compared: Run = { inputs: { alert: "issue", base } };
    expect(await scene.push(SLOW, {}, compared)).toMatchObject({ code: 1 });
    expect(titles(scene)).toEqual([`open: ${WORSE}`]);
    expect(await scene.push(TWO, {}, compared)).toMatchObject({ code: 0 });
    expect(titles(scene)).toEqual([`closed: ${FINE}`]);
  });

  it("stays where the base cannot be compared with, since a whole suite failed", async () => {
    const scene = aScene();
    await scene.push(TWO);
    const compared: Run = { inputs: { alert: "issue", base: scene.git.branches.get("main")! } };
    await scene.push(SLOW, {}, compared);
    await scene.push({ hash: "it broke", sort: "it broke" }, {}, compared);
    expect(titles(scene)).toEqual([`open: ${WORSE}`]);
  });

  it("is none of a job that brings others together: it is refused, not left out", async () => {
    const { code, annotations } = await aScene().push(TWO, {}, { inputs: { alert: "issue", "fan-in": "cells" } });
    expect(code).toBe(2);
    expect(annotations[0]!.message).toContain("input alert");
  });

  it("says where the history cannot be looked at", async () => {
    const scene = aScene();
    const { list } = scene.git;
    scene.git.list = async () => {
      throw new GateError("the remote hung up", "Try again");
    };
    const { warnings } = await scene.push(TWO, {}, ALERT);
    scene.git.list = list;
    expect(warnings.join()).toContain("the history was not looked at");
  });

  it("costs no verdict where GitHub refuses, and names the permission", async () => {
    const scene = aScene();
    await pushes(scene, 8, TWO);
    scene.github.refused.set("createIssue", { ok: false, forbidden: true, reason: "HTTP 403" });
    const { code, warnings } = await pushes(scene, 4, SLOW);
    expect(code).toBe(0);
    expect(warnings.join()).toContain("issues: write");
  });
});

const PAGES = commitPages("https://github.com/octo-org/octo-repo");
const SHA = "a".repeat(40);

function aRow(benchmark: string): SlowRow {
  return {
    suite: "bench",
    benchmark,
    metric: "latency",
    statistic: "p50",
    unit: "s",
    better: "lower",
    before: SHA,
    after: "b".repeat(40),
    commits: 3,
    ratio: 1.2,
    was: 1,
    now: 1.2,
  };
}

/** A job that has found these benchmarks worse. */
function job(github: FakeGitHubPort, gate: string, benchmarks: readonly string[], run = "1", now = new Date()) {
  return keepIssue(github, {
    key: `alert ${gate} cafe`,
    run,
    branch: "main",
    pages: PAGES,
    now,
    found: async (known) => {
      const rows = benchmarks.map(aRow);
      const section = { gate, machine: "cafe", run, sha: SHA, at: now.toISOString(), rows, more: 0 };
      return { section, news: rows.filter(({ benchmark }) => !known.some((row) => row.benchmark === benchmark)) };
    },
  });
}

/** A GitHub that is slow to answer, so that every order of two jobs' requests is met: `seed` draws how slow. */
function racing(seed: number): FakeGitHubPort {
  const github = fakeGitHubPort();
  let drawn = seed;
  for (const name of ["issues", "createIssue", "updateIssue", "comments", "createComment", "updateComment"] as const) {
    const carryOut = github[name] as (...given: unknown[]) => Promise<unknown>;
    Object.assign(github, {
      [name]: async (...given: unknown[]) => {
        const ticks = () => {
          drawn = (drawn * 1_103_515_245 + 12_345) % 2_147_483_648;
          return (drawn >> 16) % 7;
        };
        for (let tick = ticks(); tick > 0; tick--) await Promise.resolve();
        const answer = await carryOut(...given);
        for (let tick = ticks(); tick > 0; tick--) await Promise.resolve();
        return answer;
      },
    });
  }
  return github;
}

describe("jobs that keep one issue at the same time", () => {
  it("leave one open issue that says all of what they found, in every order", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const github = racing(seed);
      await Promise.all([job(github, "one", ["json"]), job(github, "two", ["yaml"]), job(github, "three", ["xml"])]);
      const open = github.opened.filter(({ state }) => state === "open");
      expect(open, `seed ${seed}`).toHaveLength(1);
      for (const name of ["json", "yaml", "xml"]) expect(open[0]!.body, `seed ${seed}`).toContain(name);
    }
  });

  it("do not close what another job has found", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const github = racing(seed);
      await job(github, "one", ["json"]);
      await Promise.all([job(github, "one", [], "2"), job(github, "two", ["yaml"], "2")]);
      expect(
        github.opened.map(({ state }) => state),
        `seed ${seed}`,
      ).toEqual(["open"]);
      expect(github.opened[0]!.body, `seed ${seed}`).toContain("yaml");
      expect(github.opened[0]!.body, `seed ${seed}`).not.toContain("json");
    }
  });

  it("say nothing over a run that began later", async () => {
    const github = fakeGitHubPort();
    await job(github, "one", ["json"], "20");
    await job(github, "one", [], "19");
    expect(github.opened[0]).toMatchObject({ state: "open", title: WORSE });
    await job(github, "one", [], "21");
    expect(github.opened[0]).toMatchObject({ state: "closed" });
  });

  it("forget a gate or a machine that has not been heard of for a month", async () => {
    const github = fakeGitHubPort();
    await job(github, "old", ["json"], "1", new Date("2026-01-01T00:00:00Z"));
    await job(github, "one", ["yaml"], "2", new Date("2026-03-01T00:00:00Z"));
    expect(github.opened[0]!.body).toContain("yaml");
    expect(github.opened[0]!.body).not.toContain("json");
  });

  it("open the issue again when such a one is heard of again and nothing has changed", async () => {
    const github = fakeGitHubPort();
    await job(github, "old", ["json"], "1", new Date("2026-01-01T00:00:00Z"));
    await job(github, "one", ["yaml"], "2", new Date("2026-03-01T00:00:00Z"));
    await job(github, "one", [], "3", new Date("2026-03-02T00:00:00Z"));
    expect(github.opened[0]).toMatchObject({ state: "closed", title: FINE });
    await job(github, "old", ["json"], "4", new Date("2026-03-03T00:00:00Z"));
    expect(github.opened[0]).toMatchObject({ state: "open", title: WORSE });
  });

  it("say more than an issue has room for in numbers, and a name of any length once", async () => {
    const github = fakeGitHubPort();
    const names = Array.from({ length: 300 }, (_, at) => `benchmark-${at}`);
    const rows = fitting([aRow("x".repeat(5000)), ...names.map(aRow)]);
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.length).toBeLessThan(300);
    const told = (run: string, more: number) =>
      keepIssue(github, {
        ...{ key: "alert one cafe", run, branch: "main", pages: PAGES, now: new Date() },
        found: async (known) => {
          const section = { gate: "one", machine: "cafe", run, sha: SHA, at: new Date().toISOString(), rows, more };
          return { section, news: known.length === 0 ? rows : [] };
        },
      });
    await told("1", 10);
    const [first] = github.told;
    expect(github.opened[0]!.title).toMatch(/: more than \d+ benchmarks are worse/);
    expect(github.opened[0]!.body).toContain(`… and ${rows.length - 30 + 10} more`);
    expect(`${first!.body}${github.opened[0]!.body}`.length).toBeLessThan(2 * 65_536);
    await told("2", 10);
    expect(github.told.map(({ id }) => id)).toEqual([first!.id]);
    await told("3", 11);
    expect(github.told).toHaveLength(1);
    expect(github.told[0]!.id).not.toBe(first!.id);
  });

  it("replace a comment of theirs that somebody has made unreadable", async () => {
    const github = fakeGitHubPort();
    await job(github, "one", ["json"]);
    github.told[0] = {
      ...github.told[0]!,
      body: github.told[0]!.body.replace("benchgate-state {", "benchgate-state "),
    };
    await job(github, "one", ["json"], "2");
    expect(github.told).toHaveLength(1);
    expect(github.opened[0]).toMatchObject({ state: "open", title: WORSE });
  });

  it("touch nothing that is not theirs: neither a stranger's issue nor a stranger's comment with their marks", async () => {
    const github = fakeGitHubPort();
    await job(github, "one", ["json"]);
    const [ours] = github.opened;
    const theirs = { ...ours!, number: 3, author: "mallory", body: ours!.body };
    github.opened.unshift(theirs, { ...ours!, number: 4, body: `quoted:\n${ours!.body}` });
    const forged = {
      ...github.told[0]!,
      id: 999,
      author: "mallory",
      body: github.told[0]!.body.replaceAll("json", "evil"),
    };
    github.told.push(forged);
    await job(github, "one", ["json", "xml"], "2");
    expect(github.opened.find(({ number }) => number === 3)).toEqual(theirs);
    expect(github.opened.find(({ number }) => number === 4)).toMatchObject({ state: "open", title: ours!.title });
    expect(github.told).toContainEqual(forged);
    expect(github.opened.find(({ number }) => number === ours!.number)!.body).toContain("xml");
    expect(github.opened.find(({ number }) => number === ours!.number)!.body).not.toContain("evil");
  });

  it("let no name of a benchmark become markup, a mention or the end of what is hidden", async () => {
    const github = fakeGitHubPort();
    const name = "--> <img src=x> @octocat ![x](http://evil) `|` \ud800";
    await job(github, "one", [name]);
    for (const { body } of [...github.opened, ...github.told]) {
      expect(body).not.toMatch(/<img|@octocat|!\[x\]/);
    }
    await job(github, "one", [name], "2");
    expect(github.told).toHaveLength(1);
  });
});
