import { describe, expect, it } from "vitest";
import { encodeRecording } from "../../src/codec/recording.ts";
import { fakeGit } from "../fakes/git.ts";
import { aRecording } from "../synthetic.ts";
import { aPlace, benchgate } from "./command-line.ts";

/** A repository with two commits, a branch and a benchmark. */
function repository(config?: string) {
  const git = fakeGit("/here");
  const files = {
    "bench/a.bench.mjs": "export default () => {};",
    // As seen from the root of the file system.
    "/here/bench/a.bench.mjs": "export default () => {};",
    "cut.json": '{"a": [1',
    "empty.json": "",
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
  ["no base after --base", ["run", "--base"], "--base needs a value. Write --base REF"],
  ["a flag where a base belongs", ["run", "--base", "--resume"], "--base needs a value. Write --base REF"],
  ["nothing to measure", RUN, "There is nothing to measure."],
  ["an empty base, as a variable without a value gives it", ["run", "--base", ""], "--base has an empty value."],
  ["a value where there is a switch", [...BENCH, "--resume=yes"], "--resume takes no value. Write --resume alone"],
  ["an empty command", [...RUN, "--run", ""], "--run has an empty value. Write --run COMMAND, or leave it out"],
  ["a report with an empty name", [...BENCH, "--json="], "--json has an empty value. Write --json FILE, or leave"],
  ["a report that is a folder", [...BENCH, "--html", "bench"], "bench: this is a folder. Name a file in it"],
  [
    "a recording that is a folder",
    ["record", "--run", "x", "-o", "bench"],
    "bench: this is a folder. Name a file in it",
  ],
  [
    "a glob that fits no file",
    [...RUN, "--bench", "bnch/*.mjs"],
    "suites.bench: no file matches `bnch/*.mjs` in /here.",
  ],
  ["a folder for a glob", [...RUN, "--bench", "bench"], "`bench` is a folder: write `bench/**/*.js`"],
  ["a folder elsewhere", [...RUN, "--bench", "../*.mjs"], '--bench: "../*.mjs" leads out of the repository.'],
  [
    "thresholds joined by another sign",
    [...BENCH, "--threshold", "p50=5%;p99=9%"],
    "holds a semicolon. Separate by commas",
  ],
  ["a threshold twice", [...BENCH, "--threshold", "p50=5%,p50=6%"], "The threshold of latency p50 is given twice."],
  ["a threshold of no statistic", [...BENCH, "--threshold", "p42=5%"], '--threshold: "p42" is not a statistic.'],
  ["a goal in words", [...BENCH, "--goal", "fast"], '--goal: "fast" is not a percentage. Write it like 5%'],
  ["a shard that is none", [...BENCH, "--shard", "3/2"], '--shard: "3/2" is not a shard. Write one such as 2/5'],
  ["a command and a glob", [...BENCH, "--run", "x"], "--bench: bench cannot be combined with run. Write two suites in"],
  [
    "two stores",
    ["run", "--run", "x", "--baseline-ref", "refs/benchgate/x", "--baseline-directory", "y"],
    "name two places.",
  ],
  ["a check that writes", ["init", "--check", "--yes"], "--check writes nothing, and --yes writes without asking."],
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
  [
    "two reports on stdout by another name",
    [...BENCH, "--json", "-", "--junit", "/dev/stdout"],
    "--json and --junit cannot both go to stdout.",
  ],
  ["nothing to go on with", [...BENCH, "--resume"], "There is no interrupted measurement to go on with."],
  ["one file to compare", ["compare", "a.json"], "compare needs two files at least."],
  ["a file that is not there", ["compare", "a.json", "b.json"], "a.json: there is no such file."],
  ["a result that is cut short", ["compare", "cut.json", "cut.json"], "cut.json:1: The JSON ends in the middle"],
  [
    "a result of a tool that is cut short",
    ["compare", "--tool", "hyperfine", "cut.json", "cut.json"],
    "cut.json:1:9: The JSON ends in the middle",
  ],
  [
    "a result that is empty",
    ["compare", "empty.json", "empty.json"],
    "empty.json:1: it is empty: the tool wrote nothing.",
  ],
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
  [
    "an acceptance of a metric with a slip",
    'suites:\n  a: { run: x }\naccept:\n  - match: "a/b latecy p50"\n    up-to: 10%\n    reason: y\n',
    /^benchgate\.yml:4:12: accept\[0\]\.match: "latecy" is not a metric\. Did you mean latency\?/,
  ],
  [
    "a budget that passes anything",
    'suites:\n  a: { run: x }\nbudgets:\n  - match: "*"\n    latency: 105%\n',
    /^benchgate\.yml:5:14: budgets\[0\]\.latency: 105 % lets everything pass .* Did you mean 5%\?/,
  ],
  [
    "a yes in another language",
    "suites:\n  a: { run: x }\ncontrol: yes\n",
    /^benchgate\.yml:3:10: control: "yes" is neither/,
  ],
  [
    "a file in another encoding",
    "suites:\n  a: { run: x\uFFFD }\n",
    /^benchgate\.yml:2:14: The file is not in UTF-8\./,
  ],
  [
    "a folder that is not there",
    "suites:\n  a: { run: x, cwd: nodir }\n",
    /^benchgate\.yml:2:3: suites\.a: there is no folder nodir/,
  ],
  [
    "a glob that fits no file",
    "suites:\n  b: { run: x }\n  a.b: { bench: no/*.js }\n",
    /^benchgate\.yml:3:3: suites\.a\.b: no file matches `no\/\*\.js`/,
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

  it("is told before a round, once setup has run, where no file fits a suite that it might have filled", async () => {
    const place = { ...repository(), answer: () => ({ exitCode: 0 }) };
    const { code, stderr } = await benchgate([...RUN, "--bench", "bnch/*.mjs", "--setup", "make"], place);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("suites.bench: no file matches `bnch/*.mjs` in /here."),
    ]);
    expect(stderr).not.toContain("warm-up");
  });

  it("of a suite that nobody asks about keeps nobody from the others", async () => {
    const place = repository("suites:\n  a: { run: x }\n  b: { bench: no/*.js }\n");
    const asked = await benchgate([...RUN, "--only", "a/*"], place);
    expect([asked.code, asked.stderr]).toEqual([3, expect.stringContaining("a: warm-up")]);
    expect((await benchgate(RUN, place)).stderr).toContain("suites.b: no file matches `no/*.js` in /here.");
  });

  // What a command does, and what is said of it in the warm-up: no round follows.
  it.each([
    ["that is not there", { exitCode: 127 }, "hyperfine", "a program in it was not found. Install it in `setup`"],
    ["of another tool", { stdout: '{"results": []}' }, "k6", "stdout:1: this is not an output of k6 that can be read."],
    ["that nobody knows", { stdout: "hello" }, "auto", "stdout:1: No tool that we know has written this output."],
    ["that writes nothing", {}, "k6", "wrote nothing, neither into $BENCHGATE_OUTPUT nor to stdout."],
    [
      "that says nothing of its tool either",
      {},
      "auto",
      "wrote nothing, neither into $BENCHGATE_OUTPUT nor to stdout.",
    ],
  ])("that is a command %s is told in the warm-up", async (_, answer, tool, line) => {
    let runs = 0;
    const place = {
      ...repository(),
      answer: () => {
        runs++;
        return { exitCode: 0, ...answer };
      },
    };
    const { code, stderr } = await benchgate([...RUN, "--run", "x", "--tool", tool], place);
    expect([code, stderr, runs]).toEqual([3, expect.stringContaining(line), 2]);
    expect(stderr).not.toContain("round 1");
  });

  it("that one side alone makes in the warm-up may be a flake: rounds follow", async () => {
    let runs = 0;
    const measured = encodeRecording(aRecording({ seed: 1, rounds: 1, samples: 20, benchmarks: { a: 0.001 } }));
    const place = { ...repository(), answer: () => ({ exitCode: 0, stdout: runs++ === 0 ? "" : measured }) };
    const { code, stderr } = await benchgate([...RUN, "--run", "x", "--tool", "benchgate", "--rounds", "2"], place);
    expect([code, runs]).toEqual([0, 6]);
    expect(stderr).not.toContain("wrote nothing");
  });

  it("says of a shallow clone that it is one", async () => {
    const place = repository();
    place.git.names = async () => ({ names: [], shallow: true });
    const { code, stderr } = await benchgate(["run", "--base", "HEAD~3", "--run", "x"], place);
    expect([code, stderr]).toEqual([2, expect.stringContaining("This clone is shallow: `git fetch --unshallow`")]);
  });
});
