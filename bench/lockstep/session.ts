import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPorts } from "../../src/io/world.ts";
import type { Reading } from "../../src/judge/rows/readings.ts";
import { measure } from "../../src/measure/measure.ts";
import type { MeasuredSide } from "../../src/measure/recorder.ts";
import type { Suite } from "../../src/model/plan.ts";
import { type Latency, latenciesOf } from "./pair-estimates.ts";

/** One side of a benchmark, round by round, in seconds. */
export interface Arm {
  readonly p50: readonly number[];
  readonly p99: readonly number[];
  /** The middles of the slices of each round, in the order of time. */
  readonly medians: readonly (readonly number[])[];
  /** The p99s of the same slices; empty of a round whose slices hold too few samples. */
  readonly tails: readonly (readonly number[])[];
}

/** Both sides of one benchmark. */
export interface Sides {
  readonly baseline: Arm;
  readonly candidate: Arm;
  /** The fewest samples of any round. */
  readonly samples: number;
}

/** Pairs of identical code in lockstep, by benchmark, and how busy the machine was. */
export interface Session {
  readonly load: { readonly before: number; readonly after: number };
  readonly benchmarks: Readonly<Record<string, Sides>>;
}

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ENTRY = new URL("../../src/cli.ts", import.meta.url).href;
const SUITE: Suite = {
  name: "micro",
  workload: { kind: "bench", patterns: ["micro.bench.ts"] },
  timeLimit: 600,
};

/** Measures `pairs` pairs of the micro-benchmarks beside themselves, as a gate would, but all pairs of all of them. */
export async function recordSession(pairs: number, seed: number): Promise<Session> {
  const side = (name: "baseline" | "candidate"): MeasuredSide => ({
    name,
    cwd: HERE,
    revision: { sha: "0".repeat(40), ref: "", committedAt: "2026-01-01T00:00:00Z" },
  });
  const [before] = loadavg();
  const { recordings, warnings } = await measure(createPorts({ entry: ENTRY }), {
    suites: [SUITE],
    sides: [side("baseline"), side("candidate")],
    rounds: pairs,
    timeBudget: null,
    seed,
    session: "session",
  });
  const [after] = loadavg();
  const { baseline, candidate } = recordings;
  const failures = [baseline, candidate].flatMap((each) => each?.rounds.flatMap((round) => round.failures) ?? []);
  if (baseline === undefined || candidate === undefined || failures.length > 0)
    throw new Error(JSON.stringify([failures, warnings]));
  return {
    load: { before: before!, after: after! },
    benchmarks: Object.fromEntries(
      [...latenciesOf(baseline, candidate)].map(([name, latency]) => [name, sidesOf(latency)]),
    ),
  };
}

function sidesOf({ p50, p99 }: Latency): Sides {
  const arm = (median: readonly Reading[], tail: readonly Reading[]): Arm => ({
    p50: median.map(({ value }) => value),
    p99: tail.map(({ value }) => rounded(value)),
    medians: median.map(({ slices = [] }) => slices),
    tails: tail.map(({ slices = [] }) => slices),
  });
  return {
    baseline: arm(p50.baseline[0] ?? [], p99.baseline[0] ?? []),
    candidate: arm(p50.candidate, p99.candidate),
    samples: p50.samples ?? 0,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Writes a session to a folder, under its number. */
export function writeSession(folder: string, number: number, session: Session): void {
  writeFileSync(join(folder, `session-${number}.json`), `${JSON.stringify(session)}\n`);
}

/** Reads what `writeSession` wrote. */
export function readSession(file: string): Session {
  return JSON.parse(readFileSync(file, "utf8")) as Session;
}
