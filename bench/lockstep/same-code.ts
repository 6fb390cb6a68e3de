// Records identical code in lockstep and prints how the gate ends: unchanged, with a change planted afterwards, with the slices of a pair and without them.
// Run: node bench/lockstep/same-code.ts [sessions] [pairs] [ms a benchmark and side]. The numbers are this machine's.
import { availableParallelism, loadavg } from "node:os";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge } from "../../src/judge/judge.ts";
import { pairRatios } from "../../src/judge/pair-ratio.ts";
import { looksOf, undecided } from "../../src/judge/undecided.ts";
import type { Measurement, ToolMeasurement } from "../../src/model/measurement.ts";
import { keepOnly, type Recording } from "../../src/model/recording.ts";
import type { Outcome } from "../../src/model/verdict.ts";
import { evaluate } from "../../src/stats/statistic.ts";
import { median, standardDeviation } from "./sweep.ts";
import { runAlone, runTogether } from "./trial.ts";

const [sessions, pairs, time] = [6, 24, 50].map((usual, i) => Number(process.argv[2 + i] ?? usual)) as [
  number,
  number,
  number,
];
const ENV = { MICRO_TIME: String(time) };
/** Pairs of whole processes in turns a session, for comparison. */
const WHOLE = 6;
/** Gates in which a change is looked for have this many comparisons of p50. */
const GATE = 40;

/** Both sides of a session, and the log ratios of whole processes by benchmark. */
interface Session {
  readonly sides: readonly [Recording, Recording];
  readonly whole: ReadonlyMap<string, readonly number[]>;
}

const recorded: Session[] = [];
for (let session = 0; session < sessions; session++) {
  recorded.push(await record(session));
  process.stderr.write(`session ${session + 1} of ${sessions}, load ${loadavg()[0]!.toFixed(1)}\n`);
}

const load = loadavg()
  .map((each) => each.toFixed(1))
  .join(", ");
console.log(`${sessions} sessions of ${pairs} pairs, ${time} ms, ${availableParallelism()} cores, load ${load}`);
console.log(`sd of a pair ÷ whole processes in turns: with slices ${noise(true)}, without ${noise(false)}`);
for (const sliced of [true, false]) {
  const outcomes = recorded.map(({ sides }) =>
    ended(
      sides.map((side) => narrowed(side, sliced)),
      0.05,
    ),
  );
  const rows = outcomes.flatMap(({ judgements }) => judgements.filter(({ statistic }) => statistic === "p50"));
  const open = rows.filter(({ verdict }) => verdict === "inconclusive").length;
  const red = rows.filter(({ verdict }) => verdict === "regression").length;
  const taken = rows.reduce((sum, { comparison }) => sum + (comparison?.rounds ?? 0), 0) / rows.length;
  console.log(
    `${sliced ? "slices" : "p50s"}: open ${open} of ${rows.length}, red ${red}, pairs ${taken.toFixed(1)}, gates ${outcomes.map(({ outcome }) => outcome).join(" ")}; ` +
      `+10 % found ${found(0.1, 0.05, sliced)}, +5 % at 2 % found ${found(0.05, 0.02, sliced)}`,
  );
}

async function record(session: number): Promise<Session> {
  const sides: [Measurement[][], Measurement[][]] = [[], []];
  const whole = new Map<string, number[]>();
  for (let pair = 0; pair < pairs; pair++) {
    const { measured } = await runTogether("micro.bench.ts", [ENV, ENV], {});
    const [a, b] = pair % 2 === 0 ? measured : measured.toReversed();
    sides[0].push(filed(a!));
    sides[1].push(filed(b!));
    if (pair >= WHOLE) continue;
    const [first, second] = [await runAlone("micro.bench.ts", ENV), await runAlone("micro.bench.ts", ENV)];
    for (const [name, value] of first.p50) {
      whole.set(name, [...(whole.get(name) ?? []), Math.log(second.p50.get(name)! / value)]);
    }
  }
  const [baseline, candidate] = sides.map((rounds) => recordingOf(rounds, `session ${session}`));
  return { sides: [baseline!, candidate!], whole };
}

function filed(measurements: readonly ToolMeasurement[]): Measurement[] {
  return measurements.map((each) => ({ ...each, suite: "micro" }));
}

function recordingOf(rounds: readonly (readonly Measurement[])[], session: string): Recording {
  return {
    revision: { sha: "0".repeat(40), ref: "", committedAt: "" },
    environment: { os: process.platform, arch: process.arch, cpu: "this one", cores: 0, runtime: process.version },
    rounds: rounds.map((measurements, pair) => ({ session, pair, startedAt: "", failures: [], measurements })),
  };
}

function changed(side: Recording, change: (each: Measurement) => Measurement): Recording {
  return {
    ...side,
    rounds: side.rounds.map((round) => ({ ...round, measurements: round.measurements.map(change) })),
  };
}

function narrowed(side: Recording, sliced: boolean): Recording {
  return sliced ? side : changed(side, ({ medians: _, ...each }) => each);
}

/** A gate as it would have ended: at each look only what is open is measured on. */
function ended(sides: readonly Recording[], threshold: number): Outcome {
  const looks = looksOf(pairs);
  const budgets = DEFAULT_BUDGETS.map((budget) =>
    budget.metric === "latency" && budget.statistic === "p50" ? { ...budget, threshold } : budget,
  );
  const rules = { budgets, accept: [], onInconclusive: "warn", today: "2026-01-01", looks } as const;
  let stopped = new Map<string, number>();
  for (const look of looks) {
    const [baseline, candidate] = sides.map((side) => ({
      ...side,
      rounds: side.rounds.map(
        (round, pair) =>
          keepOnly({ ...side, rounds: [round] }, (_, name) => pair < (stopped.get(name) ?? look)).rounds[0]!,
      ),
    }));
    const outcome = judge({ kind: "side-by-side", recordings: [baseline!] }, candidate!, rules);
    const open = undecided(outcome, pairs).open.get("micro") ?? [];
    if (look === pairs || open.length === 0) return outcome;
    stopped = new Map(
      sides[0]!.rounds[0]!.measurements.filter(({ benchmark }) => !open.includes(benchmark)).map(({ benchmark }) => [
        benchmark,
        stopped.get(benchmark) ?? look,
      ]),
    );
  }
  throw new RangeError("there is always a last look");
}

/** How often a change of one benchmark is found among `GATE` comparisons: the benchmarks of several sessions are one gate. */
function found(change: number, threshold: number, sliced: boolean): string {
  let [tried, hits] = [0, 0];
  for (const [index, { sides }] of recorded.entries()) {
    const names = sides[0].rounds[0]!.measurements.map(({ benchmark }) => benchmark);
    const others = Math.ceil(GATE / names.length) - 1;
    const beside = Array.from(
      { length: others },
      (_, i) => recorded[(index + 1 + (i % Math.max(1, sessions - 1))) % sessions]!,
    );
    for (const name of names) {
      const all = [0, 1].map((side) => ({
        ...sides[side]!,
        rounds: sides[side]!.rounds.map((round, pair) => ({
          ...round,
          measurements: [
            ...round.measurements.map((each) => (side === 1 && each.benchmark === name ? slower(each, change) : each)),
            ...beside.flatMap((other, i) =>
              other.sides[side]!.rounds[pair]!.measurements.map((each) => ({
                ...each,
                benchmark: `${each.benchmark} ${i}`,
              })),
            ),
          ].filter((each) => each.distribution.kind === "samples"),
        })),
      }));
      const { judgements } = ended(
        all.map((side) => narrowed(side, sliced)),
        threshold,
      );
      const verdict = judgements.find((each) => each.benchmark === name && each.statistic === "p50")?.verdict;
      tried++;
      if (verdict === "regression") hits++;
    }
  }
  return `${hits} of ${tried}`;
}

function slower(each: Measurement, change: number): Measurement {
  const { distribution, medians } = each;
  if (distribution.kind !== "samples") return each;
  return {
    ...each,
    distribution: { kind: "samples", samples: distribution.samples.map((sample) => sample * (1 + change)) },
    ...(medians !== undefined && { medians: medians.map((value) => value * (1 + change)) }),
  };
}

/** The median over benchmarks of the sd of a pair's log ratio in lockstep, over that of whole processes in turns. */
function noise(sliced: boolean): string {
  const names = recorded[0]!.sides[0].rounds[0]!.measurements.map(({ benchmark }) => benchmark);
  const ratios = names.map((name) => {
    const own = recorded.flatMap(({ sides }) => {
      const arm = (side: Recording) =>
        side.rounds.map((round, pair) => {
          const each = round.measurements.find(({ benchmark }) => benchmark === name)!;
          const value = evaluate(each.distribution, "p50", null)!;
          return { session: "", pair, value, ...(sliced && each.medians !== undefined && { slices: each.medians }) };
        });
      const [a, b] = [arm(sides[0]), arm(sides[1])];
      return pairRatios(a.map((reading, i) => [reading, b[i]!]));
    });
    return standardDeviation(own) / standardDeviation(recorded.flatMap(({ whole }) => whole.get(name) ?? []));
  });
  return median(ratios).toFixed(3);
}
