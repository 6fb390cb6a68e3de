import { anchorOf, BACKFILLED, backfillRun, besideAnchor } from "../baseline/backfilled.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import { namedBase } from "../baseline/latest-release.ts";
import { loadOne } from "../baseline/load.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { DEFAULT_TIME_BUDGET, STORED_ROUNDS } from "../config/defaults.ts";
import { measureRevisions } from "../measure/revisions.ts";
import { GateError } from "../model/error.ts";
import { keyOf } from "../model/key.ts";
import type { Plan } from "../model/plan.ts";
import { failuresOf, keepOnly, type Recording, type Revision, reasonLine } from "../model/recording.ts";
import { type FlagTable, TEXT, type Values } from "../model/setting.ts";
import type { Git } from "../ports/index.ts";
import { plural } from "../report/words/format.ts";
import { POINT_FLAGS, pointsOf } from "./backfill-points.ts";
import type { World } from "./command.ts";
import { newSession, refuseOutside } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { refuseUnstored } from "./store-flags.ts";

/** The flags of `baseline backfill`. */
export const BACKFILL_FLAGS = {
  ...POINT_FLAGS,
  anchor: {
    type: TEXT,
    value: "REF",
    about:
      "For backfill: the commit that every other one is measured in turns with. Without it, that of the backfill which is there, else HEAD.",
  },
  ...PLAN_FLAGS,
} as const satisfies FlagTable;

/**
 * Measures old commits, each in turns with one anchor, and stores what each would have taken on the day when the anchor was measured first. What is stored
 * stays stored: the same words go on where they were interrupted. Resolves to the exit code.
 */
export async function backfill(
  { store, given }: { readonly store: BaselineStore; readonly given: Values<typeof BACKFILL_FLAGS> },
  from: string | undefined,
  world: World,
): Promise<number> {
  const { ports, terminal } = world;
  await refuseOutside(ports.git);
  const plan = await planOf(given, ports.files, "side-by-side");
  const anchor = await anchorFor(store, ports.git, given.anchor);
  const points = (await pointsOf(ports.git, given, from)).filter(({ revision }) => revision.sha !== anchor.sha);
  const stored = (await store.list()).filter(({ gate, run }) => gate === BACKFILLED && run === anchor.sha);
  const there = new Set(stored.map(({ sha }) => sha));
  const left = points.filter(({ revision }) => !there.has(revision.sha));
  terminal.err(
    `${plural(points.length, "commit", "commits")} in turns with ${anchor.sha.slice(0, 12)}, ${points.length - left.length} of them there already`,
  );
  const own = stored.find(({ sha }) => sha === anchor.sha);
  if (own === undefined && stored.length > 0) {
    throw new GateError(
      `the anchor's own entry is gone, so that nothing new could be compared with the ${stored.length} commits that are there`,
      "Name another anchor with `--anchor`, and remove the old entries",
    );
  }
  let first = own === undefined ? null : await loaded(store, own);
  let kept = 0;
  for (const [at, { revision, name }] of left.entries()) {
    const say = (what: string) =>
      terminal.err(`${at + 1} of ${left.length}: ${revision.sha.slice(0, 12)}  ${name}: ${what}`);
    const { baseline, candidate } = await measured(world, plan, anchor, revision);
    refuseBroken(anchor, baseline);
    if (first === null && !isEmpty(baseline)) {
      first = anchorOf(baseline);
      await save(store, first, anchor.sha);
    }
    const { whole, failed } = withoutFailed(candidate);
    const { recording, leftOut } =
      first === null ? { recording: whole, leftOut: [] } : besideAnchor(whole, baseline, first);
    if (first === null || isEmpty(recording)) {
      const [failure] = failuresOf(candidate);
      say(`left out: ${failure === undefined ? "it has nothing in common with the anchor" : reasonLine(failure)}`);
      continue;
    }
    await save(store, recording, anchor.sha);
    kept++;
    const without = [
      ...(failed.length > 0 ? [`${failed.join(", ")}, which failed`] : []),
      ...(leftOut.length > 0 ? [`${leftOut.join(", ")}, which the anchor does not have`] : []),
    ];
    say(`stored${without.length === 0 ? "" : `, without ${without.join(", and ")}`}`);
  }
  if (kept === 0 && left.length > 0 && left.length === points.length) {
    const problem = `0 of ${plural(left.length, "commit", "commits")} could be measured`;
    throw new GateError(problem, "See above why, and correct `setup` or name others", {}, "measure");
  }
  terminal.err(
    `${store.place}: ${plural(kept, "commit", "commits")} added. \`benchgate trend\` shows them as the gate ${BACKFILLED}; no check is ever judged by them.`,
  );
  return 0;
}

/** The anchor that is named, that of what is there, or HEAD. */
async function anchorFor(store: BaselineStore, git: Git, named: string | null): Promise<Revision> {
  if (named !== null) return namedBase(git, named);
  const runs = [...new Set((await store.list()).filter(({ gate }) => gate === BACKFILLED).map(({ run }) => run))];
  if (runs.length > 1) {
    throw new GateError(
      `There are backfills with ${runs.length} anchors`,
      `Name one: ${runs.map((run) => `--anchor ${run.slice(0, 12)}`).join(", ")}`,
    );
  }
  return namedBase(git, runs[0] ?? "HEAD");
}

/** Both in turns. Throws a `GateError` where the user ended it: nothing of this commit is kept. */
async function measured(
  { ports, interrupt, terminal }: World,
  { suites, setup, rounds, timeBudget }: Plan,
  anchor: Revision,
  revision: Revision,
): Promise<{ readonly baseline: Recording; readonly candidate: Recording }> {
  const { recordings, interrupted } = await measureRevisions(ports, {
    suites,
    candidate: revision,
    revision: anchor,
    definitions: ports.host.cwd,
    setup,
    ...newSession(ports),
    rounds,
    ...(timeBudget === null ? { timeBudget: DEFAULT_TIME_BUDGET, reserved: STORED_ROUNDS } : { timeBudget }),
    signal: interrupt.signal,
  });
  if (interrupted || interrupt.signal.aborted) {
    terminal.err("benchgate: interrupted; the same command goes on where it was");
    throw new GateError("interrupted", "The same command goes on where it was", {}, "measure");
  }
  return { baseline: recordings.baseline!, candidate: recordings.candidate! };
}

async function loaded(store: BaselineStore, entry: StoredEntry): Promise<Recording> {
  const found = await loadOne(store, entry);
  if (!("unreadable" in found)) return found;
  throw new GateError(
    `the anchor cannot be read: ${found.unreadable}`,
    "Remove its entries from the store, or name another one with `--anchor`",
    { file: entry.path },
  );
}

/** A recording without the benchmarks that failed in it, which old code often does not have: what is stored judges nothing. */
function withoutFailed(recording: Recording): { readonly whole: Recording; readonly failed: readonly string[] } {
  const failures = failuresOf(recording);
  const names = new Set(failures.map(({ suite, benchmark }) => keyOf(suite, benchmark)));
  const whole = keepOnly(
    recording,
    (suite, benchmark) => !names.has(keyOf(suite, benchmark)) && !names.has(keyOf(suite, "*")),
  );
  return { whole, failed: failures.map(({ suite, benchmark }) => `${suite}/${benchmark}`) };
}

function isEmpty({ rounds }: Recording): boolean {
  return rounds.every(({ measurements }) => measurements.length === 0);
}

function refuseBroken({ sha }: Revision, recording: Recording): void {
  const [failure] = failuresOf(recording);
  if (failure === undefined) return;
  throw new GateError(
    `the anchor ${sha.slice(0, 12)} cannot be measured: ${reasonLine(failure)}`,
    "Name another one with `--anchor`, or correct `setup`",
    {},
    "measure",
  );
}

async function save(store: BaselineStore, recording: Recording, anchor: string): Promise<void> {
  refuseUnstored(await store.save(recording, backfillRun(anchor)), "The same command goes on where it was");
}
