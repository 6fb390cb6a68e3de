import { describe, expect, it } from "vitest";
import { type MeasureOptions, measure } from "../../src/measure/measure.ts";
import type { SameCodeFinder } from "../../src/measure/same-code/same-code.ts";
import { GateError } from "../../src/model/error.ts";
import type { LockstepPlan } from "../../src/model/lockstep.ts";
import type { Suite, Workload } from "../../src/model/plan.ts";
import type { Progress } from "../../src/model/progress.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Files, ProcessSpec } from "../../src/ports/index.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeOpening } from "../fakes/files.ts";
import { fakeNetwork } from "../fakes/network.ts";
import { type Answer, fakeProcesses } from "../fakes/processes.ts";

/** What libtest prints of benchmarks (`name nanoseconds`), and of one that failed (`!name`). It ends with 101 where one did. */
const libtest = (...lines: readonly string[]) =>
  lines
    .map((line) => {
      const [name, nanoseconds] = line.split(" ");
      const said = line.startsWith("!") ? "FAILED" : `bench: ${nanoseconds} ns/iter (+/- 0)`;
      return `test ${name!.replace("!", "")} ... ${said}\n`;
    })
    .join("");

const suite = (name: string, workload: Partial<Workload & { kind: "run" }> = {}): Suite => ({
  name,
  timeLimit: 60,
  workload: { kind: "run", command: { kind: "argv", argv: [name] }, tool: "auto", output: null, ...workload },
});
const revision = { sha: "abc", ref: "", committedAt: "" };
const BOTH = [
  { name: "baseline" as const, cwd: "/base", revision },
  { name: "candidate" as const, cwd: "/head", revision },
];
const CANDIDATE = BOTH.slice(1);

/** A world whose files are a map and whose children are `answer`. */
function world(answer: (spec: ProcessSpec, index: number, files: Map<string, string>) => ReturnType<Answer>) {
  const texts = new Map<string, string>();
  const clock = fakeClock();
  const processes = fakeProcesses((spec, index) => {
    clock.pass(1);
    return answer(spec, index, texts);
  });
  const files: Files = {
    readText: async (path) => texts.get(path) ?? "",
    write: async (path, content) => void texts.set(path, content as string),
    readTextIfAny: async (path) => texts.get(path) ?? null,
    readPipe: async () => null,
    isOutside: async () => false,
    remove: async (path) => void texts.delete(path),
    glob: async (_, cwd) =>
      [...texts.keys()].filter((path) => path.startsWith(`${cwd}/`)).map((path) => path.slice(cwd.length + 1)),
    temporaryFolder: async () => "/tmp/x",
    ...fakeOpening(texts),
  };
  const environment = { os: "linux", arch: "x64", cpu: "c", cores: 2, runtime: "node 24.19.0" };
  const host = { cwd: "/head", harness: "/dist/harness.js", random: () => 0.5, environment: async () => environment };
  return { ports: { processes, files, clock, host, network: fakeNetwork() }, processes, texts, environment };
}

const options = (given: Partial<MeasureOptions>): MeasureOptions => ({
  suites: [suite("s")],
  sides: CANDIDATE,
  rounds: 2,
  timeBudget: null,
  seed: 1,
  session: "run/1",
  ...given,
});

/** The failures of the candidate's first round. */
async function failures(answer: Parameters<typeof world>[0], given: Partial<MeasureOptions> = {}) {
  const { recordings } = await measure(world(answer).ports, options({ rounds: 1, ...given }));
  return recordings.candidate?.rounds[0]?.failures;
}

describe("measuring", () => {
  it("fails a round of which a generator wrote nothing, where others wrote on whatever side", async () => {
    const { ports } = world(({ cwd }, index, files) => {
      // On the candidate the second generator waits for good, and its command does not mind.
      for (const part of cwd === "/head" ? ["0"] : ["0", "1"])
        files.set(`${cwd}/out/${part}.txt`, libtest(`x ${index + 1}`));
      return {};
    });
    const load = suite("s", { output: "out/*.txt" });
    const { recordings } = await measure(ports, options({ suites: [load], sides: BOTH }));
    const given = ({ rounds }: Recording) => rounds.map(({ measurements }) => measurements.length);
    expect([recordings.baseline!, recordings.candidate!].map(given)).toEqual([[1], [0]]);
    expect(recordings.candidate!.rounds[0]!.failures).toMatchObject([
      { suite: "s", benchmark: "x", reason: expect.stringContaining("1 of 2 generators") },
    ]);
  });

  it("records the very first execution where nothing is to be thrown away", async () => {
    const { ports, processes } = world((_, index) => ({ stdout: libtest(`x ${index + 1}`) }));
    const { recordings } = await measure(ports, options({ rounds: 1, cold: true }));
    expect(processes.specs.map(({ env }) => env?.BENCHGATE_ROUND)).toEqual(["1"]);
    expect(recordings.candidate?.rounds.map(({ measurements }) => measurements.length)).toEqual([1]);
  });

  it("records each pair of each side, all suites in one round, without the slots that are thrown away", async () => {
    const { ports, processes, environment } = world((spec, index) => ({
      stdout: libtest(`${spec.argv[0]}-x ${index}`),
    }));
    const { recordings, warnings, interrupted } = await measure(
      ports,
      options({ suites: [suite("s"), suite("t")], sides: BOTH, rounds: 2 }),
    );
    expect({ warnings, interrupted }).toEqual({ warnings: [], interrupted: false });
    expect(processes.specs).toHaveLength(12);
    for (const [side, cwd] of [
      ["baseline", "/base"],
      ["candidate", "/head"],
    ] as const) {
      const recording = recordings[side];
      expect(recording).toMatchObject({ revision, environment });
      expect(recording?.rounds.map(({ session, pair }) => [session, pair])).toEqual([
        ["run/1", 0],
        ["run/1", 1],
      ]);
      for (const round of recording?.rounds ?? []) {
        expect(round.startedAt).toMatch(/^2026-11-22T10:00:\d\d\.000Z$/);
        expect(round.failures).toEqual([]);
        expect(round.measurements.map(({ suite, benchmark }) => [suite, benchmark])).toEqual([
          ["s", "s-x"],
          ["t", "t-x"],
        ]);
        for (const { distribution } of round.measurements) {
          const index = distribution.kind === "value" ? Math.round(distribution.value * 1e9) : -1;
          expect(processes.specs[index]).toMatchObject({
            cwd,
            env: { BENCHGATE_ROUND: String(round.pair + 1) },
            timeLimit: 60,
          });
        }
      }
    }
    expect(processes.specs.filter(({ env }) => env.BENCHGATE_ROUND === "0")).toHaveLength(4);
  });

  it("gives each side of each round a layout of memory of its own, the same by the same seed", async () => {
    const padding = async (seed: number) => {
      const { ports, processes } = world(() => ({ stdout: libtest("a 1") }));
      await measure(ports, options({ sides: BOTH, rounds: 4, seed }));
      return processes.specs.map(({ env }) => env.BENCHGATE_LAYOUT?.length);
    };
    const found = await padding(3);
    expect(found).toHaveLength(10);
    expect(new Set(found).size).toBe(10);
    expect(await padding(3)).toEqual(found);
  });

  it("reads the declared file before $BENCHGATE_OUTPUT, and that before stdout", async () => {
    const names = async (output: string | null, written: readonly string[]) => {
      const { ports } = world(({ env }, _, files) => {
        const paths: Record<string, string> = { declared: "/head/out/r.txt", given: env.BENCHGATE_OUTPUT ?? "" };
        for (const place of written) files.set(paths[place] ?? "", libtest(`${place} 1`));
        return { stdout: libtest("stdout 1") };
      });
      const { recordings } = await measure(ports, options({ suites: [suite("s", { output })], rounds: 1 }));
      return recordings.candidate?.rounds[0]?.measurements.map(({ benchmark }) => benchmark);
    };
    expect(await names("out/r.txt", ["declared", "given"])).toEqual(["declared"]);
    expect(await names("/head/out/r.txt", ["declared", "given"])).toEqual(["declared"]);
    expect(await names(null, ["given"])).toEqual(["given"]);
    expect(await names(null, [])).toEqual(["stdout"]);
  });

  it("gives each suite of a side a file of its own, the same in each round", async () => {
    const { ports, processes } = world(() => ({ stdout: libtest("x 1") }));
    await measure(ports, options({ suites: [suite("s", { output: null }), suite("t", { output: null })], rounds: 2 }));
    const given = processes.specs.map(({ env }) => env.BENCHGATE_OUTPUT);
    expect(processes.specs.length).toBeGreaterThan(2);
    expect(new Set(given).size).toBe(2);
  });

  it("never takes the file of the round before for this one's", async () => {
    const { ports } = world((_, index, files) => {
      if (index < 2) files.set("/head/r.txt", libtest("a 1"));
      return {};
    });
    const { recordings } = await measure(ports, options({ suites: [suite("s", { output: "r.txt" })] }));
    expect(recordings.candidate?.rounds.map((round) => [round.measurements.length, round.failures.length])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(recordings.candidate?.rounds[1]?.failures[0]?.reason).toContain("did not write r.txt");
  });

  it("takes the exit codes with which a tool's results are complete", async () => {
    expect(await failures(() => ({ exitCode: 101, stdout: libtest("a 1") }))).toEqual([]);
  });

  it.each([
    [
      "an exit code that means failure",
      { exitCode: 3, stdout: libtest("a 1"), tail: "oops" },
      "`s` exited with code 3, although there are results of Rust libtest: they count only where it ends with 0 or 101.",
    ],
    [
      "a program that a shell did not find",
      { exitCode: 127, stdout: libtest("a 1") },
      "`s` exited with code 127: a program in it was not found. Install it",
    ],
    ["an exit code of a tool that does not know it", { exitCode: 7, stdout: "?" }, "`s` exited with code 7."],
    [
      "a signal",
      { exitCode: null, signal: "SIGKILL" },
      "`s` was ended by SIGKILL. The machine may have run out of memory.",
    ],
    ["the time limit", { timedOut: true, exitCode: null, signal: "SIGTERM" }, "limit of 60 s"],
    ["too much output", { overflowed: true, stdout: libtest("a 1") }, "$BENCHGATE_OUTPUT"],
    ["output of no tool", { stdout: "hello" }, "stdout:1: No tool that we know"],
    [
      "output that the adapter refuses",
      { stdout: `${libtest("a 1")}test b ... garbage` },
      "stdout:2: Not a line that libtest prints",
    ],
    [
      "no benchmark at all",
      { stdout: '{"schema":"benchgate.recording/1","rounds":[{"measurements":[]}]}' },
      "holds no benchmark",
    ],
  ])("records %s as the suite's failure, with the end of the output", async (_, result, reason) => {
    expect(await failures(() => ({ tail: "last words", ...result }))).toEqual([
      {
        suite: "s",
        benchmark: "*",
        reason: expect.stringContaining(reason),
        output: "tail" in result ? result.tail : "last words",
      },
    ]);
  });

  it("records a program that is missing as the suite's failure, with the remedy", async () => {
    const missing = () => Promise.reject(new GateError("`s` is not on PATH", "Install it", {}, "measure"));
    expect(await failures(missing)).toEqual([
      { suite: "s", benchmark: "*", reason: "`s` is not on PATH. Install it.", output: "" },
    ]);
  });

  it("keeps what else was measured where the tool says that one benchmark failed", async () => {
    const { ports } = world(() => ({ stdout: libtest("a 1", "!b") }));
    const { recordings } = await measure(ports, options({ rounds: 1 }));
    expect(recordings.candidate?.rounds[0]).toMatchObject({
      measurements: [{ benchmark: "a", suite: "s" }],
      failures: [{ benchmark: "b", suite: "s", reason: "The benchmark failed; its output says why" }],
    });
  });

  it("counts one execution as one round, however many processes the tool started", async () => {
    const { ports } = world(() => ({ stdout: JSON.stringify({ results: [{ command: "a", times: [1, 2] }] }) }));
    const { recordings } = await measure(ports, options({ rounds: 1 }));
    expect(recordings.candidate?.rounds).toHaveLength(1);
    expect(recordings.candidate?.rounds[0]?.measurements[0]?.distribution).toEqual({
      kind: "samples",
      samples: Float64Array.of(1, 2),
    });
  });

  const runs = ({ specs }: { readonly specs: readonly ProcessSpec[] }, name: string, folder: string) =>
    specs.filter(({ argv, cwd }) => argv[0] === name && cwd === folder).length;

  it("goes on with the other suites, and ends one that never gave a number after two failures in a row", async () => {
    const { ports, processes } = world(({ argv, cwd }) =>
      argv[0] === "bad" && cwd === "/head" ? { exitCode: 1 } : { stdout: libtest("a 1") },
    );
    const told: Progress[] = [];
    const { recordings } = await measure(
      ports,
      options({ suites: [suite("bad"), suite("good")], sides: BOTH, rounds: 4 }),
      (progress) => told.push(progress),
    );
    expect([
      runs(processes, "bad", "/head"),
      runs(processes, "bad", "/base"),
      runs(processes, "good", "/head"),
      runs(processes, "good", "/base"),
    ]).toEqual([2, 2, 5, 5]);
    expect(recordings.candidate?.rounds.map((round) => [round.measurements.length, round.failures.length])).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    const announced = told.filter((each) => each.suite === "bad" && each.givenUp === undefined);
    expect(new Set(announced.map(({ round }) => round))).toEqual(new Set([0, 1]));
    expect(told.flatMap(({ givenUp }) => givenUp ?? [])).toEqual(["`bad` exited with code 1."]);
  });

  it("lets the failure stand in every later round of a suite that failed after it had given numbers", async () => {
    const { ports, processes } = world(({ cwd }, index) =>
      cwd === "/head" && index >= 4 ? { exitCode: 1 } : { stdout: libtest("a 1") },
    );
    const { recordings } = await measure(ports, options({ sides: BOTH, rounds: 5 }));
    expect(runs(processes, "s", "/base")).toBe(6);
    expect(recordings.candidate?.rounds.map(({ failures }) => failures.length)).toEqual([0, 1, 1, 1, 1]);
  });

  it.each([
    [
      "a program that is missing",
      () => Promise.reject(new GateError("`s` is not on PATH", "Install it", {}, "measure")),
    ],
    ["a program that its shell did not find", () => ({ exitCode: 127 })],
    ["a program that its shell may not execute", () => ({ exitCode: 126 })],
  ])("ends a suite with its warm-up for %s: no round is announced", async (_, broken) => {
    const { ports, processes } = world(({ argv }) => (argv[0] === "bad" ? broken() : { stdout: libtest("a 1") }));
    const told: Progress[] = [];
    const suites = [suite("bad"), suite("good")];
    const { recordings } = await measure(ports, options({ suites, sides: BOTH, rounds: 3 }), (each) => told.push(each));
    expect(processes.specs.filter(({ argv }) => argv[0] === "bad")).toHaveLength(2);
    expect(told.filter((each) => each.suite === "bad" && each.round > 0)).toEqual([]);
    for (const side of ["baseline", "candidate"] as const) {
      expect(recordings[side]?.rounds.flatMap(({ failures }) => failures.map((each) => each.suite))).toEqual(["bad"]);
      expect(recordings[side]?.rounds.map(({ measurements }) => measurements.length)).toEqual([1, 1, 1]);
    }
  });

  it("goes on with the candidate where only the baseline lacks the program", async () => {
    const { ports, processes } = world(({ cwd }) => (cwd === "/base" ? { exitCode: 127 } : { stdout: libtest("a 1") }));
    const { recordings } = await measure(ports, options({ sides: BOTH, rounds: 3 }));
    expect([runs(processes, "s", "/base"), runs(processes, "s", "/head")]).toEqual([1, 4]);
    expect(recordings.candidate?.rounds.flatMap(({ failures }) => failures)).toEqual([]);
    expect(recordings.baseline?.rounds.map(({ failures }) => failures.length)).toEqual([1, 1, 1]);
  });

  describe("only what is asked about", () => {
    it("is asked of a tool that can pick, once the warm-up has told what there is", async () => {
      const stdout = ["ParseA", "ParseB", "Print"].map((name) => `Benchmark${name} 100 10 ns/op\n`).join("");
      const { ports, processes } = world(() => ({ stdout: `${stdout}PASS\n` }));
      const command = { kind: "argv", argv: ["go", "{benchmarks}"] } as const;
      await measure(ports, options({ suites: [suite("s", { command, tool: "go" })], only: ["*/*Parse*"] }));
      const [warmup, ...rounds] = processes.specs.map(({ argv }) => argv[1]!);
      expect("BenchmarkPrint").toMatch(new RegExp(warmup!));
      for (const filter of rounds) {
        expect("BenchmarkParseA").toMatch(new RegExp(filter));
        expect("BenchmarkParseB").toMatch(new RegExp(filter));
        expect("BenchmarkPrint").not.toMatch(new RegExp(filter));
      }
    });

    it("leaves out a whole suite that has none of it, after its warm-up", async () => {
      const { ports, processes } = world(({ argv }) => ({ stdout: libtest(`${argv[0]}-x 1`) }));
      const suites = [suite("s"), suite("t")];
      const { recordings } = await measure(ports, options({ suites, only: ["*/t-*"] }));
      expect(runs(processes, "s", "/head")).toBe(1);
      expect(recordings.candidate?.rounds.flatMap((each) => each.measurements.map(({ suite }) => suite))).toEqual([
        "t",
        "t",
      ]);
    });

    it("is refused after the warm-ups where no benchmark fits, with the nearest name, and before any round", async () => {
      const { ports, processes } = world(() => ({ stdout: libtest("parse 1", "print 1") }));
      const told: Progress[] = [];
      const measured = measure(ports, options({ only: ["s/prase"] }), (each) => told.push(each));
      await expect(measured).rejects.toThrow('"s/prase" fits no benchmark. Did you mean "s/parse"?');
      expect([processes.specs.length, told.some(({ round }) => round > 0)]).toEqual([1, false]);
      const far = measure(ports, options({ only: ["*/zzzzzz", "* / zzzzzz"] }));
      await expect(far).rejects.toThrow('"*/zzzzzz" fits no benchmark. There are s/parse, s/print');
    });

    it("may be in a suite that failed as a whole, whose failure is told", async () => {
      const { ports } = world(({ argv }) => (argv[0] === "s" ? { exitCode: 1 } : { stdout: libtest("a 1") }));
      const { recordings } = await measure(ports, options({ suites: [suite("s"), suite("t")], only: ["s/x"] }));
      expect(recordings.candidate?.rounds.flatMap(({ failures }) => failures.map((each) => each.suite))).toEqual(["s"]);
    });
  });

  it("keeps the exit code of a tool's own verdict with the round", async () => {
    const { ports } = world(({ cwd }) => ({ exitCode: cwd === "/head" ? 101 : 0, stdout: libtest("a 1") }));
    const { recordings } = await measure(ports, options({ sides: BOTH, rounds: 2 }));
    const own = { suite: "s", exitCode: 101, means: "a test or a benchmark failed" };
    expect(recordings.candidate?.rounds.map(({ exits }) => exits)).toEqual([[own], [own]]);
    expect(recordings.baseline?.rounds.every((round) => !("exits" in round))).toBe(true);
  });

  it("does not give up on a suite that fails now and then", async () => {
    const { ports, processes } = world((_, index) => (index % 2 === 0 ? { exitCode: 1 } : { stdout: libtest("a 1") }));
    await measure(ports, options({ rounds: 5 }));
    expect(processes.specs).toHaveLength(6);
  });

  it("does not give up a suite for one round that fails, and is measured again because the machine was disturbed", async () => {
    let [speed, disturbed] = [1, false];
    const { ports, processes } = world(({ cwd, env }) => {
      const crashes = cwd === "/head" && env.BENCHGATE_ROUND === "3";
      speed = crashes && !disturbed ? 2 : 1;
      disturbed ||= crashes;
      return crashes ? { exitCode: 9 } : { stdout: libtest("a 1") };
    });
    const watched = { ...ports, host: { ...ports.host, canary: () => speed } };
    const { recordings, warnings } = await measure(watched, options({ sides: BOTH, rounds: 6 }));
    expect(recordings.candidate?.rounds.map(({ failures }) => failures.length)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(warnings).toMatchObject([{ code: "canary", suite: "s", dropped: 1 }]);
    expect(processes.specs.filter(({ env }) => env.BENCHGATE_ROUND === "3")).toHaveLength(4);
  });

  it("starts no pair that would outlast the time budget, and says so", async () => {
    const { ports } = world(() => ({ stdout: libtest("a 1") }));
    // An execution takes 1 s: two to throw away, two for each pair. The third pair would end at 8 s.
    const { recordings, warnings } = await measure(ports, options({ sides: BOTH, rounds: 10, timeBudget: 7 }));
    expect(warnings).toEqual([{ code: "time-budget", suite: "s", rounds: 2, planned: 10 }]);
    expect(recordings.baseline?.rounds).toHaveLength(2);
    expect(recordings.candidate?.rounds).toHaveLength(2);
  });

  it("takes none of the pairs away that are reserved, but those after them, and leaves a suite's own budget in force", async () => {
    const { ports } = world(() => ({ stdout: libtest("a 1") }));
    const bound = { sides: BOTH, rounds: 10, timeBudget: 7, reserved: 6 };
    const { recordings, warnings } = await measure(ports, options(bound));
    expect(warnings).toEqual([{ code: "time-budget", suite: "s", rounds: 6, planned: 10 }]);
    expect(recordings.candidate?.rounds).toHaveLength(6);
    const own = await measure(
      world(() => ({ stdout: libtest("a 1") })).ports,
      options({ ...bound, suites: [{ ...suite("s"), timeBudget: 7 }] }),
    );
    expect(own.recordings.candidate?.rounds).toHaveLength(2);
  });

  it("gives a suite with a budget of its own no more than that, and the others all their rounds", async () => {
    const { ports } = world((spec) => ({ stdout: libtest(`${spec.argv[0]} 1`) }));
    const suites = [{ ...suite("s"), timeBudget: 4 }, suite("t")];
    const { recordings, warnings } = await measure(ports, options({ suites, rounds: 6 }));
    expect(warnings).toEqual([{ code: "time-budget", suite: "s", rounds: 3, planned: 6 }]);
    const names = recordings.candidate?.rounds.map(({ measurements }) => measurements.map((each) => each.suite));
    expect(names).toEqual([["s", "t"], ["s", "t"], ["s", "t"], ["t"], ["t"], ["t"]]);
  });

  it("fails a suite whose first pair the budget cut off, and drops a later one without a word", async () => {
    const cut = async (slow: number) => {
      const { ports } = world((_, index) => {
        if (index === slow) ports.clock.pass(100);
        return { stdout: libtest("a 1") };
      });
      return measure(ports, options({ rounds: 3, timeBudget: 10 }));
    };
    const first = await cut(0);
    expect(first.recordings.candidate?.rounds.map(({ failures }) => failures[0]?.reason)).toEqual([
      "the time budget ended before its first round was done. Raise `time-budget`.",
    ]);
    const third = await cut(2);
    expect(third.recordings.candidate?.rounds.map(({ failures }) => failures.length)).toEqual([0]);
    expect(third.warnings).toEqual([{ code: "time-budget", suite: "s", rounds: 1, planned: 3 }]);
  });

  it("does not fail what is only measured again, where there is no time for it", async () => {
    const { ports, processes } = world(() => ({ stdout: libtest("a 1") }));
    const open = new Map([["s", ["a"]]]);
    const { recordings, warnings } = await measure(ports, options({ rounds: 3, timeBudget: 0, open }));
    expect(recordings.candidate?.rounds).toEqual([]);
    expect(warnings).toEqual([{ code: "time-budget", suite: "s", rounds: 0, planned: 3 }]);
    expect(processes.specs).toEqual([]);
  });

  it("goes on after a look with what is still undecided, and ends when nothing is", async () => {
    const { ports, processes } = world((spec) => ({ stdout: libtest(`${spec.argv[0]} 1`) }));
    const seen: number[] = [];
    const looks = {
      at: [2, 4, 6],
      open: ({ candidate }: { candidate?: Recording }) => {
        seen.push(candidate?.rounds.length ?? 0);
        const left: Record<number, [string, string[]][]> = { 2: [["s", ["s"]]], 4: [] };
        return { open: new Map(left[seen.at(-1) ?? 0]), slower: 1, fine: 0, of: 2 };
      },
    };
    const told: Progress[] = [];
    const { recordings } = await measure(
      ports,
      options({ suites: [suite("s"), suite("t")], rounds: 6, looks }),
      (progress) => told.push(progress),
    );
    expect(seen).toEqual([2, 4]);
    expect(recordings.candidate?.rounds.map(({ measurements }) => measurements.length)).toEqual([2, 2, 1, 1]);
    expect(processes.specs).toHaveLength(2 + 4 + 2);
    expect(told.flatMap(({ undecided }) => undecided ?? [])).toEqual([
      { open: 1, slower: 1, fine: 0, of: 2 },
      { open: 0, slower: 1, fine: 0, of: 2 },
    ]);
  });

  it("goes on where an interrupted measurement ended, as if it had not been", async () => {
    const answer = (spec: ProcessSpec) => ({ stdout: libtest(`a ${spec.env.BENCHGATE_ROUND}`) });
    const whole = await measure(world(answer).ports, options({ sides: BOTH, rounds: 5 }));
    const first = (recording?: Recording) => recording && { ...recording, rounds: recording.rounds.slice(0, 2) };
    const { baseline, candidate } = whole.recordings;
    const before = { baseline: first(baseline)!, candidate: first(candidate)! };
    const { ports, processes } = world(answer);
    const { recordings } = await measure(ports, options({ sides: BOTH, rounds: 5, before }));
    const values = (recording?: Recording) =>
      recording?.rounds.map(({ pair, session, measurements }) => ({ pair, session, measurements }));
    expect(values(recordings.candidate)).toEqual(values(candidate));
    expect(values(recordings.baseline)).toEqual(values(baseline));
    expect(processes.specs).toHaveLength(2 + 6);
  });

  it("tells who wrote the output once, by the first round that says it: a warm-up may fail", async () => {
    const told: Progress[] = [];
    const { ports } = world((_, index) => (index === 0 ? { exitCode: 1 } : { stdout: libtest("a 1") }));
    await measure(ports, options({ suites: [suite("s", { output: null })], rounds: 3 }), (each) => told.push(each));
    const recognised = told.filter((progress) => progress.recognised !== undefined);
    expect(recognised.map(({ round, recognised }) => [round, recognised])).toEqual([[1, "libtest"]]);
  });

  it("tells how far it is, and how long it will take once every suite has been timed", async () => {
    const told: Progress[] = [];
    const { ports } = world(() => ({ stdout: libtest("a 1") }));
    await measure(
      ports,
      options({ suites: [suite("s", { output: null }), suite("t", { output: null })], rounds: 2 }),
      (progress) => told.push(progress),
    );
    const recognised = told.filter((progress) => progress.recognised !== undefined);
    expect(recognised.map(({ suite, recognised }) => [suite, recognised])).toEqual([
      ["s", "libtest"],
      ["t", "libtest"],
    ]);
    const steps = told.filter((progress) => progress.recognised === undefined);
    expect(steps.map(({ suite, round, secondsLeft }) => [suite, round, secondsLeft])).toEqual([
      ["s", 0, undefined],
      ["t", 0, undefined],
      ["s", 1, 4],
      ["t", 1, 3],
      ["s", 2, 2],
      ["t", 2, 1],
    ]);
    expect(told.every(({ rounds }) => rounds === 2)).toBe(true);
  });

  it("keeps the whole pairs where the user interrupts, and starts nothing more", async () => {
    const controller = new AbortController();
    const { ports, processes } = world((_, index) => {
      if (index === 4) controller.abort();
      return { stdout: libtest("a 1") };
    });
    const { recordings, interrupted } = await measure(
      ports,
      options({ sides: BOTH, rounds: 9, signal: controller.signal }),
    );
    expect(interrupted).toBe(true);
    expect(processes.specs).toHaveLength(5);
    expect([recordings.baseline?.rounds.length, recordings.candidate?.rounds.length]).toEqual([1, 1]);
  });

  it("does not hide a bug behind a failure", async () => {
    const broken = () => Promise.reject(new TypeError("undefined is not a function"));
    await expect(measure(world(broken).ports, options({}))).rejects.toThrow(TypeError);
  });
});

describe("measuring modules", () => {
  const bench = (): Suite => ({ name: "b", timeLimit: 60, workload: { kind: "bench", patterns: ["*.js"] } });
  const recorded = (...names: string[]) =>
    JSON.stringify({
      schema: "benchgate.recording/1",
      rounds: [
        {
          measurements: names.map((benchmark) => ({
            benchmark,
            metric: "latency",
            unit: "s",
            better: "lower",
            samples: [1],
          })),
        },
      ],
    });
  async function round(
    modules: Record<string, (files: Map<string, string>, output: string) => Record<string, unknown>>,
  ) {
    const { ports, texts, processes } = world(
      (spec, _, files) => modules[spec.argv[2] ?? ""]?.(files, spec.env.BENCHGATE_OUTPUT ?? "") ?? {},
    );
    for (const file of Object.keys(modules)) texts.set(`/head/${file}`, "");
    const { recordings } = await measure(ports, options({ suites: [bench()], rounds: 1 }));
    return { ...recordings.candidate?.rounds[0], processes };
  }
  const writes =
    (...names: string[]) =>
    (files: Map<string, string>, output: string) => {
      files.set(output, recorded(...names));
      return {};
    };

  it("runs each file in a harness of its own and says where each benchmark is defined", async () => {
    const { measurements, failures, processes } = await round({ "a.js": writes("x", "y"), "b.js": writes("z") });
    expect(failures).toEqual([]);
    expect(measurements?.map(({ suite, benchmark, source }) => [suite, benchmark, source?.file])).toEqual([
      ["b", "x", "a.js"],
      ["b", "y", "a.js"],
      ["b", "z", "b.js"],
    ]);
    expect(processes.specs.slice(-2).map(({ argv, cwd }) => [argv, cwd])).toEqual([
      [["node", "/dist/harness.js", "a.js"], "/head"],
      [["node", "/dist/harness.js", "b.js"], "/head"],
    ]);
  });

  /** A world in which a module takes turns of both sides, for as long as each side says that it was told to. */
  function inTurns(fails: (times: string | undefined) => boolean = () => false) {
    const told: (string | undefined)[] = [];
    const { ports, texts } = world((spec, _, files) => {
      const plan: LockstepPlan | null = JSON.parse(spec.input ?? "null");
      const envs = plan?.sides.map(({ env }) => env) ?? [spec.env];
      for (const env of envs) if (!fails(env.BENCHGATE_TIMES)) files.set(env.BENCHGATE_OUTPUT!, recorded("x"));
      told.push(envs[0]!.BENCHGATE_TIMES);
      const sides = envs.map(() => ({ exitCode: 0, signal: null, timedOut: false, output: "", seconds: 1 }));
      return { stdout: JSON.stringify({ cpu: null, sides }) };
    });
    for (const cwd of ["/base", "/head"]) texts.set(`${cwd}/a.js`, "");
    return { ports, told };
  }

  /** What asks whether the code is the same, and finds nothing out. */
  const unwatched = { watch: async () => null, leavesOut: () => false, modulesLeft: () => new Set(), note: () => {} };
  const asked = {
    settle: async () => [],
    takeBack: async () => new Map(),
    lateAudits: async () => [],
    doubts: async () => [],
    settling: [],
  };
  const sameCode = { ...unwatched, ...asked, compared: { same: [], audited: [] } } as unknown as SameCodeFinder;

  it("only tries them in the throw-away turn, unless sides run alone, the code is watched or the files say how long", async () => {
    const keep: Suite = { ...bench(), workload: { kind: "bench", patterns: ["*.js"], times: "keep" } };
    for (const [given, times] of [
      [{ sides: BOTH }, ["brief", "auto", "auto"]],
      [{ sides: CANDIDATE }, ["auto", "auto", "auto"]],
      [{ sides: BOTH, sameCode }, ["auto", "auto", "auto"]],
      [{ sides: BOTH, suites: [keep] }, [undefined, undefined, undefined]],
    ] as const) {
      const { ports, told } = inTurns();
      await measure(ports, options({ suites: [bench()], rounds: 2, ...given }));
      expect(told).toEqual(times);
    }
  });

  it("gives them up where they could be tried and fail in each round", async () => {
    const { ports, told } = inTurns((times) => times === "auto");
    const givenUp: (string | undefined)[] = [];
    const suites = [bench()];
    await measure(ports, options({ suites, sides: BOTH, rounds: 9 }), (progress) => givenUp.push(progress.givenUp));
    expect(told).toEqual(["brief", "auto", "auto"]);
    expect(givenUp.at(-1)).toMatch(/a\.js/);
  });

  it("counts the time in which they were tried, or watched, and does not take it for that of a turn", async () => {
    const own = { suites: [{ ...bench(), timeBudget: 3 }] };
    for (const bound of [{ timeBudget: 3 }, own, { timeBudget: 3, sameCode }, { ...own, sameCode }]) {
      const { ports } = inTurns();
      const forecasts: (number | undefined)[] = [];
      const { recordings, warnings } = await measure(
        ports,
        options({ suites: [bench()], sides: BOTH, rounds: 9, ...bound }),
        ({ secondsLeft }) => forecasts.push(secondsLeft),
      );
      expect(recordings.candidate?.rounds).toHaveLength(2);
      expect(warnings).toEqual([{ code: "time-budget", suite: "b", rounds: 2, planned: 9 }]);
      expect(forecasts.slice(0, 2)).toEqual([undefined, undefined]);
      expect(forecasts[2]).toBeGreaterThan(0);
    }
  });

  it("tells equal names of several files apart by the end of their paths, and leaves the others as they are", async () => {
    const { measurements, failures } = await round({
      "p/a/bench/main.js": writes("x", "y"),
      "p/b/bench/main.js": writes("x"),
      "p/b/bench/z.js": writes("z"),
    });
    expect(failures).toEqual([]);
    expect(measurements?.map(({ benchmark, source }) => [benchmark, source?.file])).toEqual([
      ["a/bench/main.js / x", "p/a/bench/main.js"],
      ["y", "p/a/bench/main.js"],
      ["b/bench/main.js / x", "p/b/bench/main.js"],
      ["z", "p/b/bench/z.js"],
    ]);
  });

  it("asks each file for what is asked about, by its own names and by those that the suite gives", async () => {
    const asked: Record<string, string>[] = [];
    const { ports, texts } = world((spec, _, files) => {
      asked.push({ file: spec.argv[2]!, ...spec.env });
      files.set(spec.env.BENCHGATE_OUTPUT!, recorded("x"));
      return {};
    });
    for (const file of ["a.js", "b.js"]) texts.set(`/head/${file}`, "");
    await measure(ports, options({ suites: [bench()], only: ["b/b.js / *"] }));
    const fitting = (index: number) => {
      const { before, pattern } = JSON.parse(asked[index]!.BENCHGATE_LIKE!);
      return before.some((beginning: string) => new RegExp(pattern).test(`${beginning}x`));
    };
    expect([fitting(0), fitting(1)]).toEqual([false, true]);
    expect(asked.slice(2).map(({ file, BENCHGATE_ONLY }) => [file, BENCHGATE_ONLY])).toEqual([
      ["b.js", '["b.js / x","x"]'],
      ["b.js", '["b.js / x","x"]'],
    ]);
  });

  it("runs a suite in its own folder, and places what it found in the repository", async () => {
    const { ports, texts, processes } = world((spec, _, files) => {
      files.set(spec.env.BENCHGATE_OUTPUT!, recorded("x"));
      return {};
    });
    texts.set("/head/packages/a/m.js", "");
    const { recordings } = await measure(ports, options({ suites: [{ ...bench(), folder: "packages/a" }], rounds: 1 }));
    expect(processes.specs.map(({ argv, cwd }) => [argv[2], cwd])).toEqual([
      ["m.js", "/head/packages/a"],
      ["m.js", "/head/packages/a"],
    ]);
    expect(recordings.candidate?.rounds[0]?.measurements[0]?.source).toEqual({ file: "packages/a/m.js" });
  });

  it("refuses a folder that is not there", async () => {
    const { ports } = world(() => ({}));
    const measured = measure(ports, options({ suites: [{ ...suite("s"), folder: "packages/z" }] }));
    await expect(measured).rejects.toThrow("suites.s: there is no folder packages/z in /head. Correct `cwd`");
  });

  it("keeps the other files where one does not load, and quotes the harness", async () => {
    const tail = "Error: x\nbenchgate: the module does not load (x). Install it.";
    const { measurements, failures } = await round({ "a.js": () => ({ exitCode: 1, tail }), "b.js": writes("z") });
    expect(measurements?.map(({ benchmark }) => benchmark)).toEqual(["z"]);
    expect(failures).toEqual([
      {
        suite: "b",
        benchmark: "*",
        output: tail,
        source: { file: "a.js" },
        reason: "a.js: the module does not load (x). Install it.",
      },
    ]);
  });

  it("refuses a file that is no benchmark once it was run, before the next file, and says what to change in it", async () => {
    const tail = "what it prints\nbenchgate: the module exports no benchmark. Write `export default bench`. Or so.";
    const { ports, texts, processes } = world(() => ({ exitCode: 2, tail }));
    for (const file of ["a.js", "b.js"]) texts.set(`/head/${file}`, "");
    const told: Progress[] = [];
    const measured = measure(ports, options({ suites: [bench()] }), (each) => told.push(each));
    await expect(measured).rejects.toThrow(
      new GateError("the module exports no benchmark", "Write `export default bench`. Or so", { file: "a.js" }),
    );
    expect(processes.specs.map(({ argv }) => argv[2])).toEqual(["a.js"]);
    expect(told.map(({ round }) => round)).toEqual([0]);
  });

  it("says so where a module ends the process itself", async () => {
    const { failures } = await round({ "a.js": () => ({}) });
    expect(failures?.[0]?.reason).toContain("Remove `process.exit()`");
  });

  it("refuses patterns that fit no file before anything is run", async () => {
    const { ports, processes } = world(() => ({}));
    await expect(measure(ports, options({ suites: [suite("s"), bench()] }))).rejects.toThrow(
      new GateError("no file matches `*.js` in /head", "Correct `bench`; node_modules is never searched", {
        path: "suites.b",
      }),
    );
    expect(processes.specs).toEqual([]);
  });
});
