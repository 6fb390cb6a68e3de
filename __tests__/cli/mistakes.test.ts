import { describe, expect, it } from "vitest";
import { fakeGit } from "../fakes/git.ts";
import { aPlace, benchgate } from "./command-line.ts";

/** A repository with two commits, a branch and a benchmark. */
function repository(config?: string) {
  const git = fakeGit("/here");
  const files = {
    "bench/a.bench.mjs": "export default () => {};",
    ...(config !== undefined && { "benchgate.yml": config }),
  };
  const first = git.commit(null, files);
  git.head = git.commit(first, files);
  git.branches.set("main", first);
  git.branches.set("release-2", first);
  return aPlace(files, git);
}

const RUN = ["run", "--base", "main"];
const BENCH = [...RUN, "--bench", "bench/*.bench.mjs"];

/** What is wrong with a command line, and what is said of it. */
const FLAGS: readonly (readonly [what: string, args: readonly string[], line: string])[] = [
  [
    "a branch with a slip",
    ["run", "--base", "mian", "--run", "x"],
    'There is no revision "mian". Did you mean main? Name',
  ],
  ["a tag that is not there", ["run", "--base", "v9", "--run", "x"], 'There is no revision "v9". Name a commit, a tag'],
  ["no base after --base", ["run", "--base"], "--base"],
  ["nothing to measure", RUN, "There is nothing to measure."],
  ["a negative threshold", [...BENCH, "--threshold", "-5%"], '--threshold: "-5%" is negative. Write it like 5%'],
  ["a threshold without a unit", [...BENCH, "--threshold", "5"], "--threshold: 5 has no unit. Write 5%"],
  ["a threshold in words", [...BENCH, "--threshold", "five"], '--threshold: "five" is not a percentage.'],
  ["a threshold that passes anything", [...BENCH, "--threshold", "105%"], "Did you mean 5%?"],
  ["a threshold of nothing", [...BENCH, "--threshold", "0%"], "--threshold: 0 % calls every difference"],
  ["no rounds", [...BENCH, "--rounds", "0"], "--rounds: 0 is less than 1. Write a number from 1 to 1000"],
  ["half a round", [...BENCH, "--rounds", "2.5"], '--rounds: "2.5" is not a whole number.'],
  ["rounds in words", [...BENCH, "--rounds", "six"], '--rounds: "six" is not a whole number.'],
  ["rounds without end", [...BENCH, "--rounds", "1000000"], "--rounds: 1000000 is more than 1000."],
  ["a time without a unit", [...BENCH, "--time-budget", "10"], "--time-budget: 10 has no unit. Write 10s"],
  ["a suite with a slip", [...BENCH, "--suite", "bnch"], '--suite: There is no suite "bnch".'],
  ["a suite of another name", [...BENCH, "--suite", "apu"], "The only suite is bench"],
  ["a pattern of an unknown suite", [...BENCH, "--only", "zzz/*"], '--only: "zzz/*" names a suite that is not there.'],
  ["a tool with a slip", [...RUN, "--run", "x", "--tool", "hypefine"], 'Did you mean "hyperfine"?'],
  ["a tool for a harness", [...BENCH, "--tool", "k6"], "--tool: tool cannot be combined with bench"],
  ["a flag with a slip", ["run", "--bas", "main"], "There is no flag --bas. Did you mean --base?"],
  ["a command with a slip", ["rnu"], "There is no command rnu. Did you mean run?"],
  ["a word too many", [...BENCH, "extra"], "run does not know what to do with extra."],
  ["a choice that is none", [...BENCH, "--on-inconclusive", "maybe"], "is not one of pass, warn, fail"],
  ["a configuration that is not there", [...BENCH, "--config", "no.yml"], "no.yml: there is no such file."],
  [
    "two reports in one file",
    [...BENCH, "--json", "x", "--junit", "x"],
    "--json and --junit cannot both go to x. Give --junit another file",
  ],
  ["two reports on stdout", [...BENCH, "--json", "-", "--junit", "-"], "--json and --junit cannot both go to stdout."],
  ["nothing to go on with", [...BENCH, "--resume"], "There is no interrupted measurement to go on with."],
  ["one file to compare", ["compare", "a.json"], "compare needs two files at least."],
  ["a file that is not there", ["compare", "a.json", "b.json"], "a.json: there is no such file."],
  ["a trend with nowhere to go", ["trend"], "trend has nowhere to write."],
  ["nothing to explain", ["explain"], "explain needs two profiles"],
  ["a page of no command", ["help", "runn"], "There is no command runn. Did you mean run?"],
];

/** What is wrong with a configuration; the position is a part of what is said. */
const CONFIGURATIONS: readonly (readonly [what: string, text: string, line: RegExp])[] = [
  ["a key with a slip", "suites:\n  a: { run: x }\nbudget: []\n", /^benchgate\.yml:3:1: .*Did you mean "?budgets/],
  ["a key of a suite with a slip", "suites:\n  a:\n    rnu: x\n", /^benchgate\.yml:3:5: .*rnu.*Did you mean "?run/],
  ["a suite with nothing to run", "suites:\n  a:\n    tool: k6\n", /^benchgate\.yml:3:5: .*suites\.a/],
  [
    "a suite with two things to run",
    "suites:\n  a:\n    run: x\n    time: y\n",
    /^benchgate\.yml:[234]:\d+: .*suites\.a/,
  ],
  [
    "a budget without a unit",
    'suites:\n  a: { run: x }\nbudgets:\n  - match: "*"\n    latency: { p50: 5 }\n',
    /^benchgate\.yml:5:\d+: budgets\[0\]\.latency\.p50: 5 has no unit\. Write 5%/,
  ],
  [
    "a budget of an unknown suite",
    'suites:\n  api: { run: x }\nbudgets:\n  - match: "apo/*"\n    latency: 5%\n',
    /^benchgate\.yml:4:\d+: .*names a suite that is not there\. Did you mean "api\/\*"\?/,
  ],
  [
    "a budget of an unknown metric",
    'suites:\n  a: { run: x }\nbudgets:\n  - match: "*"\n    latecy: 5%\n',
    /^benchgate\.yml:5:\d+: .*latecy.*Did you mean "?latency/,
  ],
  ["text where a list belongs", "suites:\n  a: { run: x }\nbudgets: 5%\n", /^benchgate\.yml:3:\d+: budgets/],
  ["a tab for an indent", "suites:\n\ta: { run: x }\n", /^benchgate\.yml:2:\d+: /],
  ["a quote without its end", 'suites:\n  a: { run: "x }\n', /^benchgate\.yml:[23]:\d+: /],
  ["a key twice", "suites:\n  a: { run: x }\n  a: { run: y }\n", /^benchgate\.yml:3:\d+: /],
  ["an anchor that is not there", "suites:\n  a: *b\n", /^benchgate\.yml:2:\d+: /],
  ["nothing at all", "", /^benchgate\.yml(?::1:1)?: /],
  ["no suites", "budgets: []\n", /^benchgate\.yml(?::\d+:\d+)?: .*suites/],
  ["rounds in words", "suites:\n  a: { run: x }\nrounds: six\n", /^benchgate\.yml:3:\d+: rounds: /],
  [
    "a time limit without a unit",
    "suites:\n  a: { run: x, time-limit: 10 }\n",
    /^benchgate\.yml:2:\d+: suites\.a\.time-limit: 10 has no unit/,
  ],
  [
    "an unknown tool",
    "suites:\n  a: { run: x, tool: hypefine }\n",
    /^benchgate\.yml:2:\d+: .*Did you mean "hyperfine"\?/,
  ],
  [
    "an acceptance without a reason",
    'suites:\n  a: { run: x }\naccept:\n  - match: "a/*"\n    latency: 10%\n',
    /^benchgate\.yml:[45]:\d+: .*accept\[0\]/,
  ],
  ["a service that nothing loads", "suites:\n  a: { serve: node server.js }\n", /^benchgate\.yml:2:\d+: .*suites\.a/],
];

describe("a mistake of a user", () => {
  it.each(FLAGS)("is told in one line before anything is measured: %s", async (_, args, line) => {
    const { code, stdout, stderr } = await benchgate(args, repository());
    expect([code, stdout, stderr.trimEnd().split("\n")]).toEqual([2, "", [expect.stringContaining(line)]]);
    expect(stderr).toMatch(/^benchgate: /);
  });

  it.each(CONFIGURATIONS)(
    "in the configuration is told with its line before anything is measured: %s",
    async (_, text, line) => {
      const { code, stdout, stderr } = await benchgate(RUN, repository(text));
      expect([code, stdout, stderr.trimEnd().split("\n")]).toEqual([2, "", [expect.any(String)]]);
      expect(stderr.replace(/^benchgate: /, "")).toMatch(line);
    },
  );

  it("is told before a round, once setup has run, where no file fits a suite", async () => {
    const { code, stderr } = await benchgate([...RUN, "--bench", "bnch/*.mjs"], repository());
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("suites.bench: no file matches `bnch/*.mjs` in /here."),
    ]);
    expect(stderr).not.toContain("warm-up");
  });

  it("says of a shallow clone that it is one", async () => {
    const place = repository();
    place.git.names = async () => ({ names: [], shallow: true });
    const { code, stderr } = await benchgate(["run", "--base", "HEAD~3", "--run", "x"], place);
    expect([code, stderr]).toEqual([2, expect.stringContaining("This clone is shallow: `git fetch --unshallow`")]);
  });
});
