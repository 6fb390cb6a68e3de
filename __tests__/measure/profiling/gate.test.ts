import { describe, expect, it } from "vitest";
import { cpu, gated, good, isProfiled, type Left, type Profiler } from "./kit.ts";

describe("a gate that is red", () => {
  it("is explained from ten rounds of its own, in turns, and only those are profiled", async () => {
    const { outcome, specs } = await gated("red", good);
    expect(outcome.outcome).toBe("fail");
    expect(outcome.explanations).toMatchObject([
      { kind: "profiled", suite: "s", benchmark: "*", rounds: 5, culprits: [{ name: "fold", file: "src/lex.mjs" }] },
    ]);
    const first = specs.findIndex(isProfiled);
    expect(specs.slice(0, first).some(isProfiled)).toBe(false);
    const profiled = specs.slice(first);
    expect(profiled.map(isProfiled)).toEqual(Array(10).fill(true));
    const sides = profiled.map(({ cwd }) => (cwd === "/repo/head" ? "H" : "B")).join("");
    expect(sides).toBe("BHHBBHHBBH");
    for (const { env } of profiled) {
      expect(env.NODE_OPTIONS).toBe("--max-old-space-size=64 --import file:///dist/preload.js");
      expect(env.BENCHGATE_ROUND).toBe("0");
    }
  });

  it("compares no profiled round: recordings and verdicts are those of a gate that profiles nothing", async () => {
    const never = await gated("never", good);
    const red = await gated("red", good);
    expect(never.specs.some(isProfiled)).toBe(false);
    expect(never.outcome.explanations).toBeUndefined();
    expect(red.comparisons).toEqual(never.comparisons);
    const { explanations: _, ...outcome } = red.outcome;
    expect(outcome).toEqual(never.outcome);
  });

  const BROKEN: readonly (readonly [string, Profiler, RegExp])[] = [
    ["that leaves nothing", () => ({}), /left no profile/],
    [
      "that leaves something else",
      () => ({ left: { "1-0.cpuprofile": "hello" } }),
      /not a profile that Benchgate reads/,
    ],
    [
      "whose profile is cut off",
      () => ({ left: { "1-0.cpuprofile": '{"nodes":[{"id":1' } }),
      /not a profile that Benchgate reads/,
    ],
    ["that does not end", () => ({ exitCode: null, timedOut: true }), /took longer than its limit/],
    ["that is killed", () => ({ exitCode: null, signal: "SIGKILL" }), /SIGKILL/],
    [
      "with a defect of ours",
      () => {
        throw new TypeError("x is undefined");
      },
      /profiling failed.*x is undefined/,
    ],
    ["that saw next to nothing", (...given) => ({ left: short(good(...given).left!) }), /too short/],
  ];

  it.each(BROKEN)(
    "keeps its verdict with a profiler %s, and says why it is not explained",
    async (_name, profiler, reason) => {
      const never = await gated("never", profiler);
      const { outcome, comparisons } = await gated("red", profiler);
      const { explanations, ...rest } = outcome;
      expect(rest).toEqual(never.outcome);
      expect(comparisons).toEqual(never.comparisons);
      expect(explanations).toMatchObject([{ kind: "not-profiled", reason: expect.stringMatching(reason) }]);
    },
  );

  it("tries a round again whose profiler did not start, and gives up after three tries", async () => {
    const never = await gated("never", good);
    let tries = 0;
    const unsteady: Profiler = (spec, side, round) =>
      // Every second one leaves nothing.
      tries++ % 2 === 0 ? {} : good(spec, side, Math.ceil(round / 2));
    const tried = await gated("red", unsteady);
    expect(tried.outcome.explanations).toMatchObject([{ kind: "profiled", culprits: [{ name: "fold" }] }]);
    expect(tried.comparisons).toEqual(never.comparisons);
    const broken = await gated("red", () => ({}));
    expect(broken.specs.filter(isProfiled)).toHaveLength(3);
    // One that took more than half of the time that there is would not end in it again.
    const slow = await gated("red", () => ({}), 70);
    expect(slow.specs.filter(isProfiled)).toHaveLength(1);
  });

  it("tells of what nobody has proven slower only what the change has touched", async () => {
    const work: Profiler = (_, side, round) => {
      const more = side === "head" ? 1500 : 900;
      return { left: { "1-0.cpuprofile": cpu(side, { work: more + round, steady: 2000 + round }) } };
    };
    const named = async (head: number, text: string) => {
      const text0 = "// first\n\nfunction work() {}\n";
      const files = { base: { "a.js": text0 }, head: { "a.js": text } };
      const { outcome } = await gated("always", work, 0.1, { head, files });
      const [found] = outcome.explanations!;
      return found!.kind === "profiled" ? found!.culprits.map(({ name }) => name) : found!.reason;
    };
    expect(await named(1000, "// first\n\nfunction work() {}\n")).toEqual([]);
    expect(await named(1000, "// first\n\nfunction work() { again(); }\n")).toEqual(["work"]);
    expect(await named(1150, "// first\n\nfunction work() {}\n")).toEqual(["work"]);
  });

  it("takes three rounds a side more where five of the last look show nothing, and there is time", async () => {
    const command = { kind: "argv", argv: ["node", "a.js"] } as const;
    const suite = { name: "s", timeLimit: 600, workload: { kind: "run", command, tool: "go", output: null } } as const;
    const plan = { suites: [{ ...suite, profile: { kind: "argv", argv: ["perf"] } as const }] };
    // One of the first five rounds of the head is as fast as the base: five prove nothing.
    const noisy: Profiler = (_, side, round) => {
      const work = side === "head" && round !== 3 ? 1500 : 900;
      return { left: { "": cpu(side, { work: work + round, steady: 2000 + round }) } };
    };
    const found = await gated("red", noisy, 1, { plan });
    expect(found.outcome.explanations).toMatchObject([{ rounds: 8, culprits: [{ name: "work" }] }]);
    expect(found.specs.filter(isProfiled)).toHaveLength(16);
    const short = await gated("red", noisy, 9, { plan });
    expect(short.outcome.explanations).toMatchObject([{ rounds: 5, culprits: [] }]);
    expect(short.outcome.explanations![0]!.seconds).toBeLessThanOrEqual(120);
    // What did not work out again leaves what is known.
    const broken: Profiler = (spec, side, round) => (round > 5 ? {} : noisy(spec, side, round));
    expect((await gated("red", broken, 1, { plan })).outcome.explanations).toMatchObject([{ rounds: 5, culprits: [] }]);
  });

  it("looks at nothing twice in the time of what it has not looked at", async () => {
    const command = { kind: "argv", argv: ["node", "a.js"] } as const;
    const workload = { kind: "run", command, tool: "go", output: null } as const;
    const suites = ["s", "t"].map((name) => ({ name, timeLimit: 600, workload }));
    const nothing: Profiler = (_, side, round) => ({ left: { "1-0.cpuprofile": cpu(side, { steady: 2000 + round }) } });
    const { outcome } = await gated("red", nothing, 5, { plan: { suites } });
    expect(outcome.explanations!.map(({ kind }) => kind)).toEqual(["profiled", "profiled"]);
  });

  it("begins no rounds that would take longer than two minutes together", async () => {
    const never = await gated("never", good, 20);
    const { outcome, seconds, specs } = await gated("red", good, 20);
    expect(outcome.explanations).toMatchObject([
      { kind: "not-profiled", reason: expect.stringMatching(/longer than the 120 s/) },
    ]);
    // Each process has only what is left of it.
    expect(specs.filter(isProfiled).map(({ timeLimit }) => timeLimit)).toEqual([120, 100]);
    expect(seconds - never.seconds).toBeLessThanOrEqual(120);
    expect(outcome.explanations![0]!.seconds).toBe(40);
  });
});

/** The profile without its samples. */
function short(left: Left): Left {
  return Object.fromEntries(
    Object.entries(left).map(([name, text]) => [
      name,
      JSON.stringify({ ...JSON.parse(text), samples: [], timeDeltas: [] }),
    ]),
  );
}
