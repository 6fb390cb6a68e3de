import { afterAll, beforeAll, expect, it } from "vitest";
import { benchgate } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { printed } from "./printed.ts";

let repository: Repository;
const commits: string[] = [];

beforeAll(async () => {
  repository = await createRepository();
  for (let at = 0; at <= 5; at++) {
    const times = printed({ one: at < 4 ? 5 : 5.5, two: 7 });
    commits.push(await repository.commit({ "times.json": times, broken: at === 2 ? "yes" : "no" }, `change ${at}`));
  }
});

afterAll(() => repository.close());

const bisect = (...args: readonly string[]) =>
  benchgate(["bisect", ...args, "--run", "cat times.json", "--tool", "benchgate", "--setup", "grep -q no broken"], {
    cwd: repository.author,
  });
const short = (at: number) => commits[at]!.slice(0, 12);

it("names the commit that made a benchmark slower, beside its parent, and leaves out what does not build", async () => {
  const { code, stdout, stderr } = await bisect(commits[0]!, "main");
  expect(code, stderr).toBe(0);
  expect(stdout).toContain(`bench / one latency p50: +10.0 % (+9.`);
  expect(stdout).toContain(`The change is in\n  ${short(4)}  change 4\n  +10.0 % (+9.`);
  expect(stdout).toContain(`do not build or run: ${short(2)}.`);
  expect(stderr).toContain(`${short(2)}  change 2: left out: setup`);
  expect(await repository.git("worktree", "list")).not.toContain("\n");
  expect(await repository.git("status", "--porcelain")).toBe("");
});

it("says what is wrong with two commits before anything is measured", async () => {
  const swapped = await bisect("main", commits[0]!);
  expect([swapped.code, swapped.stderr]).toEqual([2, expect.stringContaining("The good one comes first")]);
  const one = await bisect("main");
  expect([one.code, one.stderr]).toEqual([2, expect.stringContaining("bisect needs two commits")]);
});
