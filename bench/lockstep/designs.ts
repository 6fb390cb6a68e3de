import { Layouts } from "../../src/measure/layout.ts";
import type { Measurement, ToolMeasurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { latenciesOf, pairEstimates } from "./pair-estimates.ts";
import { runAlone, runTogether, type SideEnv } from "./trial.ts";

/** A way to measure two sides. */
export interface Design {
  readonly name: string;
  readonly about: string;
  readonly lockstep: { readonly pin: boolean } | null;
}

/** The four designs that are compared, worst first. */
export const DESIGNS = [
  {
    name: "one run after another",
    about: "all rounds of the one, then all rounds of the other",
    lockstep: null,
  },
  { name: "whole processes interleaved", about: "A B, B A, …: a process each", lockstep: null },
  { name: "lockstep", about: "both processes alive, in turns of 3 ms", lockstep: { pin: false } },
  { name: "lockstep, pinned", about: "the same, both bound to one CPU", lockstep: { pin: true } },
] as const satisfies readonly Design[];

/** What a design gave: the judge's log ratios of identical code by benchmark, and the seconds of a pair. */
export interface Trials {
  readonly design: Design;
  readonly ratios: ReadonlyMap<string, readonly number[]>;
  readonly seconds: number;
}

/** How long a benchmark is measured: so many ms after as many of warm-up, or `auto`, as a gate does it. */
export type Time = number | "auto";

/** The module that is measured, and what its times are set by. */
const MODULE = "micro.bench.ts";

/**
 * Log ratios of p50 between two sides that run the same code, `pairs` times by each design. The designs that keep pairs together take
 * turns, so that all of them meet the same machine.
 */
export async function tryDesigns(
  pairs: number,
  time: Time,
  onProgress: (line: string) => void,
): Promise<readonly Trials[]> {
  const layouts = new Layouts(1);
  const env = (): SideEnv => ({
    ...layouts.next(),
    ...(time === "auto" ? { BENCHGATE_TIMES: "auto" } : { MICRO_TIME: String(time) }),
  });
  const [after, interleaved, ...lockstep] = DESIGNS;
  const drafts = new Map(DESIGNS.map((design) => [design.name as string, new Draft(design)]));

  const runs = [];
  for (let run = 0; run < 2 * pairs; run++) {
    runs.push(await runAlone(MODULE, env()));
    onProgress(`${after.name}: ${run + 1} of ${2 * pairs}`);
  }
  for (let pair = 0; pair < pairs; pair++) {
    const [a, b] = [runs[pair]!, runs[pair + pairs]!];
    drafts.get(after.name)!.add([a.measured, b.measured], a.seconds + b.seconds);
  }
  for (let pair = 0; pair < pairs; pair++) {
    const swapped = pair % 2 === 1;
    const inOrder = <T>(both: readonly T[]) => (swapped ? both.toReversed() : both);
    const [first, second] = [await runAlone(MODULE, env()), await runAlone(MODULE, env())];
    const whole = inOrder([first.measured, second.measured]);
    drafts.get(interleaved.name)!.add(whole, first.seconds + second.seconds);
    for (const { name, lockstep: options } of lockstep) {
      const { sides, seconds } = await runTogether(MODULE, [env(), env()], options);
      drafts.get(name)!.add(inOrder(sides), seconds);
    }
    onProgress(`pair ${pair + 1} of ${pairs}`);
  }
  return [...drafts.values()].map((draft) => draft.trials());
}

class Draft {
  readonly #design: Design;
  readonly #pairs: (readonly (readonly ToolMeasurement[])[])[] = [];
  #seconds = 0;

  constructor(design: Design) {
    this.#design = design;
  }

  /** Adds a pair, the baseline first. */
  add(pair: readonly (readonly ToolMeasurement[])[], seconds: number): void {
    this.#seconds += seconds;
    this.#pairs.push(pair);
  }

  trials(): Trials {
    const [baseline, candidate] = [0, 1].map((side) => recordingOf(this.#pairs.map((pair) => pair[side]!)));
    const ratios = [...latenciesOf(baseline!, candidate!)].map(
      ([name, { p50 }]) => [name, pairEstimates(p50)] as const,
    );
    return { design: this.#design, ratios: new Map(ratios), seconds: this.#seconds / this.#pairs.length };
  }
}

function recordingOf(rounds: readonly (readonly ToolMeasurement[])[]): Recording {
  const filed = (each: ToolMeasurement): Measurement => ({ ...each, suite: "micro" });
  return {
    revision: { sha: "0".repeat(40), ref: "", committedAt: "" },
    environment: { os: process.platform, arch: process.arch, cpu: "", cores: 0, runtime: process.version },
    rounds: rounds.map((measurements, pair) => ({
      session: "bench",
      pair,
      startedAt: "",
      failures: [],
      measurements: measurements.map(filed),
    })),
  };
}
