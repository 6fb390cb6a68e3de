import { DEFAULT_TIME_BUDGET } from "../config/defaults.ts";
import { changesBetween, followed, isPlain, type RowChange, rowKey } from "../judge/bisect/changes.ts";
import { answered, levelOf, mostGates, placeOf, type Search, startSearch, stepOf } from "../judge/bisect/search.ts";
import { looksOf } from "../judge/undecided.ts";
import type { Open } from "../measure/agenda.ts";
import { type Only, suitesAsked } from "../measure/asked.ts";
import type { Recordings } from "../measure/recorder.ts";
import { measureRevisions } from "../measure/revisions.ts";
import type { Finding } from "../model/bisect.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import { failuresOf, type Recording, reasonLine } from "../model/recording.ts";
import type { LineCommit } from "../ports/index.ts";
import { changeWords, commitWords, rowWords } from "../report/words/bisect.ts";
import type { World } from "./command.ts";
import { newSession } from "./here.ts";

/** How often the two ends are measured before it is said that they do not differ. */
const MOST_TRIES = 3;

/** A search as it goes on: what was measured of each pair of commits so far. */
export class Bisection {
  readonly #world: World;
  readonly #plan: Plan;
  readonly #only: Only;
  readonly #line: readonly LineCommit[];
  readonly #measured = new Map<string, Recordings>();

  constructor(world: World, plan: Plan, only: Only, line: readonly LineCommit[]) {
    this.#world = world;
    this.#plan = plan;
    this.#only = only;
    this.#line = line;
  }

  /** Pairs of a gate, at most: what is noisy is measured on, twice as far as a verdict needs. */
  get #pairs(): number {
    return 2 * this.#plan.pairs;
  }

  /** Commits after the good one. */
  get #commits(): number {
    return this.#line.length - 1;
  }

  /** What changed from the good commit to the bad one, and where. Throws a `GateError` where nothing did, or an end cannot be measured. */
  async run(): Promise<{ readonly row: RowChange; readonly finding: Finding }> {
    const { row, gates } = await this.#ends();
    let search = startSearch(this.#commits, row, gates);
    for (;;) {
      const step = stepOf(search);
      if (step.kind === "done") return { row, finding: step.finding };
      search = answered(search, step, await this.#answer(search, row, step));
    }
  }

  /** What has changed from the good commit to the bad one, and what that cost. */
  async #ends(): Promise<{ readonly row: RowChange; readonly gates: number }> {
    const at = this.#commits;
    const all: Open = new Map(this.#suites().map(({ name }) => [name, null]));
    for (let gates = 1; gates <= MOST_TRIES; gates++) {
      const recordings = await this.#gate({ at, from: 0 }, all, (changes) => followed(changes) !== null);
      for (const end of ["baseline", "candidate"] as const) {
        const reason = brokenIn(recordings[end]!);
        if (reason === null) continue;
        const which = end === "baseline" ? "the good" : "the bad";
        throw new GateError(
          `${which} commit cannot be measured: ${reason}`,
          "Name another one, or correct `setup`",
          {},
          "measure",
        );
      }
      const changes = this.#changes(recordings);
      if (changes.length === 0) {
        throw new GateError(
          "the two commits have nothing in common that could be compared",
          "Both must have the benchmark, under one name and with enough samples",
        );
      }
      const row = followed(changes);
      if (row !== null) {
        this.#say(at, `${rowWords(row)}: ${changeWords(row, row)}`, gates);
        return { row, gates };
      }
      if (!changes.some(({ lower, upper, matters }) => Math.max(upper, -lower) > matters)) break;
    }
    throw new GateError(
      `Nothing has changed between the two commits by more than half of its threshold, as far as ${this.#pairs} pairs can tell`,
      "Name two commits further apart, narrow it with `--only`, or look for less with `--threshold 1%`",
    );
  }

  /** What one commit says beside another. */
  async #answer(search: Search, row: RowChange, step: { readonly at: number; readonly from: number }) {
    const key = rowKey(row);
    const open: Open = new Map([[row.suite, [row.benchmark]]]);
    const isTold = (changes: readonly RowChange[]) =>
      changes.some((change) => (step.from === 0 ? placeOf(search, change) !== "open" : isPlain(change)));
    const recordings = await this.#gate(step, open, isTold, key);
    const [change] = this.#changes(recordings, key);
    if (change !== undefined) {
      this.#say(step.at, changeWords(row, change), search.gates + 1);
      return { kind: "measured", change } as const;
    }
    const reason = brokenIn(recordings.baseline!);
    if (reason !== null) {
      throw new GateError(
        `${this.#line[step.from]!.sha.slice(0, 12)} could be measured before, and cannot now: ${reason}`,
        "Run it again",
        {},
        "measure",
      );
    }
    this.#say(step.at, `left out: ${brokenIn(recordings.candidate!) ?? `it has no ${rowWords(row)}`}`, search.gates);
    return { kind: "unbuilt" } as const;
  }

  /** Measures two commits side by side until `isDone`; what was measured of the two before counts as well. */
  async #gate(
    { at, from }: { readonly at: number; readonly from: number },
    open: Open,
    isDone: (changes: readonly RowChange[]) => boolean,
    row?: string,
  ): Promise<Recordings> {
    const { ports, interrupt } = this.#world;
    const { setup, timeBudget } = this.#plan;
    const pairs = this.#pairs;
    const before = this.#measured.get(`${from} ${at}`);
    // Pairs that are added are looked at once, at their end.
    const looks = before === undefined ? looksOf(pairs) : [pairs];
    const { recordings, interrupted } = await measureRevisions(ports, {
      suites: this.#suites().filter(({ name }) => open.has(name)),
      candidate: this.#line[at]!,
      revision: this.#line[from]!,
      definitions: ports.host.cwd,
      setup,
      ...newSession(ports),
      only: this.#only,
      open,
      rounds: pairs,
      looks: {
        at: looks,
        open: (soFar) => {
          const done = isDone(this.#changes(soFar, row));
          return { open: done ? new Map() : open, slower: 0, fine: done ? open.size : 0, of: open.size };
        },
      },
      ...(timeBudget === null ? { timeBudget: DEFAULT_TIME_BUDGET, reserved: looks[0]! } : { timeBudget }),
      signal: interrupt.signal,
    });
    if (interrupted) throw new GateError("interrupted before the search was done", "Run it again", {}, "measure");
    const all = before === undefined ? recordings : joined(before, recordings);
    this.#measured.set(`${from} ${at}`, all);
    return all;
  }

  #suites() {
    return suitesAsked(this.#plan.suites, this.#only);
  }

  #changes({ baseline, candidate }: Recordings, row?: string): readonly RowChange[] {
    const { budgets } = this.#plan;
    return changesBetween(baseline!, candidate!, {
      budgets,
      looks: looksOf(this.#pairs),
      level: levelOf(this.#commits),
      ...(row !== undefined && { row }),
    });
  }

  #say(at: number, what: string, gates: number): void {
    const most = mostGates(this.#commits);
    this.#world.terminal.err(`gate ${gates} of at most ${most}: ${commitWords(this.#line[at]!)}: ${what}`);
  }
}

/** Why a commit cannot be measured; null where it can, or where the other one kept it from being tried. */
function brokenIn(recording: Recording): string | null {
  if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
  const [failure] = failuresOf(recording);
  return failure === undefined ? null : reasonLine(failure);
}

function joined(before: Recordings, after: Recordings): Recordings {
  const side = (name: "baseline" | "candidate"): Recording => ({
    ...after[name]!,
    rounds: [...before[name]!.rounds, ...after[name]!.rounds],
  });
  return { baseline: side("baseline"), candidate: side("candidate") };
}
