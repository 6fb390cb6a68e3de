import { type Execution, runAlone, runTogether } from "./trial.ts";

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

/** What a design gave: the log ratios of identical code by benchmark, and the seconds of a pair. */
export interface Trials {
  readonly design: Design;
  readonly ratios: ReadonlyMap<string, readonly number[]>;
  readonly seconds: number;
}

/**
 * Log ratios of p50 between two sides that run the same code, `pairs` times by each design. The designs that keep pairs together take
 * turns, so that all of them meet the same machine.
 */
export async function tryDesigns(
  pairs: number,
  time: number,
  onProgress: (line: string) => void,
): Promise<readonly Trials[]> {
  const module = "micro.bench.ts";
  const env = { MICRO_TIME: String(time) };
  const [after, interleaved, ...lockstep] = DESIGNS;
  const drafts = new Map(DESIGNS.map((design) => [design.name as string, new Draft(design)]));

  const runs: Execution[] = [];
  for (let run = 0; run < 2 * pairs; run++) {
    runs.push(await runAlone(module, env));
    onProgress(`${after.name}: ${run + 1} of ${2 * pairs}`);
  }
  for (let pair = 0; pair < pairs; pair++) {
    const [a, b] = [runs[pair]!, runs[pair + pairs]!];
    drafts.get(after.name)!.add(a.p50, b.p50, a.seconds + b.seconds);
  }
  for (let pair = 0; pair < pairs; pair++) {
    const swapped = pair % 2 === 1;
    const [first, second] = [await runAlone(module, env), await runAlone(module, env)];
    const [a, b] = swapped ? [second, first] : [first, second];
    drafts.get(interleaved.name)!.add(a.p50, b.p50, a.seconds + b.seconds);
    for (const { name, lockstep: options } of lockstep) {
      const { sides, seconds } = await runTogether(module, [env, env], { ...options, slice: 3 });
      const [one, other] = swapped ? sides.toReversed() : sides;
      drafts.get(name)!.add(one!, other!, seconds);
    }
    onProgress(`pair ${pair + 1} of ${pairs}`);
  }
  return [...drafts.values()].map((draft) => draft.trials(pairs));
}

class Draft {
  readonly #design: Design;
  readonly #ratios = new Map<string, number[]>();
  #seconds = 0;

  constructor(design: Design) {
    this.#design = design;
  }

  add(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, seconds: number): void {
    this.#seconds += seconds;
    for (const [benchmark, value] of a) {
      const ratios = this.#ratios.get(benchmark) ?? [];
      ratios.push(Math.log(b.get(benchmark)! / value));
      this.#ratios.set(benchmark, ratios);
    }
  }

  trials(pairs: number): Trials {
    return { design: this.#design, ratios: this.#ratios, seconds: this.#seconds / pairs };
  }
}
