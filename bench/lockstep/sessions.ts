// Records pairs of identical code in lockstep, and says how gates of such pairs end: unchanged, and with one benchmark made slower.
// node bench/lockstep/sessions.ts record FOLDER [--sessions 6] [--pairs 24] [--busy 2]
// node bench/lockstep/sessions.ts replay FOLDER [--gates 300] [--seed 1]
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { slicedRatios, wholeRatios } from "../../src/judge/rows/pair-ratio.ts";
import type { Reading } from "../../src/judge/rows/readings.ts";
import { median, variance } from "../../src/stats/summary.ts";
import { keepBusy } from "./busy.ts";
import { asRecorded, drawnFrom, type Ended, replay, type Trial } from "./replay.ts";
import { type Arm, readSession, recordSession, type Session, type Sides, writeSession } from "./session.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    sessions: { type: "string", default: "6" },
    pairs: { type: "string", default: "24" },
    /** Processes that are kept busy all the while. */
    busy: { type: "string", default: "2" },
    gates: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
  },
});
const [action, folder] = positionals;
if (action === "record" && folder !== undefined) await record(folder);
else if (action === "replay" && folder !== undefined) replayed(folder);
else throw new Error("usage: sessions.ts record FOLDER | replay FOLDER");

async function record(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const stop = keepBusy(Number(values.busy));
  try {
    for (let session = 1; session <= Number(values.sessions); session++) {
      const began = performance.now();
      const recorded = await recordSession(Number(values.pairs), session);
      writeSession(folder, session, recorded);
      const { before, after } = recorded.load;
      const seconds = (performance.now() - began) / 1000;
      process.stderr.write(`session ${session}: ${seconds.toFixed(0)} s, load average ${before} to ${after}\n`);
    }
  } finally {
    stop();
  }
}

function replayed(folder: string): void {
  const sessions = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readSession(join(folder, name)));
  const [own, forty] = [asRecorded(sessions), drawnFrom(sessions, 40)];
  const common = {
    threshold: 0.05,
    planted: null,
    tails: "none",
    counted: "p50",
    gates: Number(values.gates),
  } as const;
  const all = { p50: 0.1, p99: 0.1, tails: 0.1 };
  const tails = (way: "whole" | "sliced"): readonly Trial[] => {
    const p99 = { ...common, tails: way, counted: "p99" } as const;
    const name = `p99 by ${way === "whole" ? "whole rounds" : "slices too"}`;
    return [
      { ...p99, name: `${name}: unchanged, a session a gate`, members: own },
      { ...p99, name: `${name}: unchanged, gates of 40`, members: forty },
      { ...p99, name: `${name}: one of 40 +20 %`, members: forty, planted: { p50: 0, p99: 0.2, tails: 0.2 } },
      { ...p99, name: `${name}: one of 40 +30 %`, members: forty, planted: { p50: 0, p99: 0.3, tails: 0.3 } },
      { ...p99, name: `${name}: one of 40 +20 % in bursts`, members: forty, planted: { p50: 0, p99: 0.2, tails: 0 } },
      { ...p99, name: `${name}: one of 40 +30 % in bursts`, members: forty, planted: { p50: 0, p99: 0.3, tails: 0 } },
      { ...p99, name: `${name}: one of 40 +50 % in bursts`, members: forty, planted: { p50: 0, p99: 0.5, tails: 0 } },
      { ...p99, name: `${name}: one of 40 × 2 in bursts`, members: forty, planted: { p50: 0, p99: 1, tails: 0 } },
    ];
  };
  const trials: readonly Trial[] = [
    { ...common, name: "unchanged, a session a gate, p50", members: own },
    { ...common, name: "unchanged, a session a gate, p50 and p99", members: own, tails: "sliced" },
    { ...common, name: "unchanged, gates of 40, p50", members: forty },
    { ...common, name: "unchanged, gates of 40, p50 at 2 %", members: forty, threshold: 0.02 },
    { ...common, name: "one of 40 +10 %, threshold 5 %", members: forty, planted: all },
    {
      ...common,
      name: "one of 40 +5 %, threshold 2 %",
      members: forty,
      planted: { p50: 0.05, p99: 0.05, tails: 0.05 },
      threshold: 0.02,
    },
    ...tails("whole"),
    ...tails("sliced"),
  ];
  const ended = trials.map((trial) => replay(trial, Number(values.seed)));
  const loads = sessions.map(({ load }) => `${load.before} to ${load.after}`).join(", ");
  process.stdout.write(`${sessions.length} sessions, load averages ${loads}\n\n`);
  process.stdout.write(
    `${markdownTable([["gates", "open rows", "green", "yellow", "red", "red rows", "covered", "not judged", "found", "let through", "pairs"], ...ended.map(rowOf)])}\n\n`,
  );
  process.stdout.write("Noise of a pair's p99, the median over sessions of its standard deviation, in %:\n\n");
  process.stdout.write(`${markdownTable([["benchmark", "whole rounds", "slices"], ...noises(sessions)])}\n\n`);
  process.stdout.write("Open, or missed where it was made slower, by benchmark, in %:\n\n");
  const names = [...ended[0]!.doubtful.keys()];
  const share = ({ doubtful }: Ended, name: string) => {
    const { hits, of } = doubtful.get(name) ?? { hits: 0, of: 0 };
    return of === 0 ? "-" : percent(hits / of);
  };
  process.stdout.write(
    `${markdownTable([["gates", ...names], ...ended.map((each) => [each.trial.name, ...names.map((name) => share(each, name))])])}\n`,
  );
}

/** The benchmarks by the noise of their p99, of whole rounds and of slices, and their median. */
function noises(sessions: readonly Session[]): readonly string[][] {
  const names = Object.keys(sessions[0]!.benchmarks);
  const found = names.map((name) => {
    const pairs = sessions.map(({ benchmarks }) => pairsOf(benchmarks[name]!));
    return [wholeRatios, slicedRatios].map((ratios) =>
      middle(
        pairs
          .flatMap((each) => [ratios(each) ?? []])
          .filter(({ length }) => length > 1)
          .map((each) => Math.sqrt(variance(each))),
      ),
    );
  });
  const rows = [...found, [0, 1].map((way) => middle(found.map((each) => each[way]!).filter(Number.isFinite)))];
  return rows.map((each, at) => [
    names[at] ?? "**median**",
    ...each.map((noise) => (Number.isNaN(noise) ? "-" : percent(noise))),
  ]);
}

/** NaN where there is nothing. */
function middle(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : median(values);
}

function pairsOf({ baseline, candidate }: Sides) {
  const reading = ({ p99, tails }: Arm, pair: number): Reading => ({
    session: "",
    pair,
    value: p99[pair]!,
    slices: tails[pair]!,
  });
  return baseline.p99.map((_, pair) => [reading(baseline, pair), reading(candidate, pair)] as const);
}

function rowOf({ trial, rows, open, slower, covered, unjudged, gates, found, passed, pairs }: Ended): string[] {
  const { pass, warn, fail } = gates;
  return [
    trial.name,
    `${percent(open / rows)} %`,
    ...[pass, warn, fail].map((each) => `${percent(each / trial.gates)} %`),
    String(slower),
    rows === 0 ? "-" : `${percent(covered / rows)} %`,
    String(unjudged),
    ...[found, passed].map((each) => (trial.planted === null ? "-" : `${percent(each / trial.gates)} %`)),
    pairs.toFixed(1),
  ];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
