import type { Environment } from "../model/environment.ts";
import type { Failure, Measurement, SuiteNote, ToolExit } from "../model/measurement.ts";
import type { Recording, Revision, Round, SuiteTime } from "../model/recording.ts";
import type { SlotResult } from "./execution.ts";
import type { Side } from "./schedule.ts";

/** A tree that is measured. */
export interface MeasuredSide {
  readonly name: Side;
  readonly cwd: string;
  readonly revision: Revision;
}

/** What was recorded of each side; a side that was not measured is absent. */
export type Recordings = Partial<Record<Side, Recording>>;

/** A round in the making. */
interface Draft {
  readonly startedAt: string;
  readonly measurements: Measurement[];
  readonly failures: Failure[];
  readonly notes: SuiteNote[];
  readonly exits: ToolExit[];
  readonly seconds: SuiteTime[];
}

/** The recordings of all sides as they grow. A suite's results enter when all sides of the pair have them: both have the same pairs. */
export class Recorder {
  readonly #sides: readonly MeasuredSide[];
  readonly #environment: Environment;
  readonly #session: string;
  readonly #rounds: ReadonlyMap<Side, Map<number, Draft>>;
  readonly #before: Recordings;

  /** `before` holds what was recorded until an interruption; its rounds stay as they are. */
  constructor(sides: readonly MeasuredSide[], environment: Environment, session: string, before: Recordings = {}) {
    this.#sides = sides;
    this.#environment = environment;
    this.#session = session;
    this.#before = before;
    this.#rounds = new Map(sides.map(({ name }) => [name, new Map()]));
  }

  /** Adds what one suite gave in one pair, and how long an execution of it took where that is known. */
  add(pair: number, startedAt: string, results: ReadonlyMap<Side, SlotResult>, took?: SuiteTime): void {
    for (const [side, { measurements, failures, notes = [], exits = [] }] of results) {
      const rounds = this.#rounds.get(side)!;
      const draft = rounds.get(pair) ?? {
        startedAt,
        measurements: [],
        failures: [],
        notes: [],
        exits: [],
        seconds: [],
      };
      for (const each of measurements) draft.measurements.push(each);
      for (const each of failures) draft.failures.push(each);
      for (const each of notes) draft.notes.push(each);
      for (const each of exits) draft.exits.push(each);
      if (took !== undefined) draft.seconds.push(took);
      rounds.set(pair, draft);
    }
  }

  /** Forgets a pair that is not whole. */
  drop(pair: number): void {
    for (const rounds of this.#rounds.values()) rounds.delete(pair);
  }

  /** Everything recorded so far, pairs in order; with `first`, only that many pairs. */
  recordings(first: number = Number.POSITIVE_INFINITY): Recordings {
    const recordings = this.#sides.map(({ name, revision }): [Side, Recording] => {
      const drafts = [...this.#rounds.get(name)!].sort(([a], [b]) => a - b);
      const rounds = drafts.map(
        ([pair, { notes, exits, seconds, ...draft }]): Round => ({
          session: this.#session,
          pair,
          ...draft,
          ...(notes.length === 0 ? {} : { notes }),
          ...(exits.length === 0 ? {} : { exits }),
          ...(seconds.length === 0 ? {} : { seconds }),
        }),
      );
      const before = this.#before[name]?.rounds ?? [];
      const kept = [...before, ...rounds].filter((round) => round.pair < first);
      return [name, { revision, environment: this.#environment, rounds: kept }];
    });
    return Object.fromEntries(recordings);
  }
}
