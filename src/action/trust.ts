import { gatePrefix, wholeGate } from "../baseline/entry.ts";
import type { History } from "../baseline/history.ts";
import { damaged } from "../baseline/history.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { keepOnly, type Recording } from "../model/recording.ts";
import type { Left } from "./left.ts";

/** What a trusted job knows that what was left must agree with. */
export interface Trusted {
  /** The suites of the base revision's configuration. */
  readonly suites: readonly string[];
  /** The workflow that left it; absent where that is not known, or its author may name it. */
  readonly workflow: string | undefined;
}

/**
 * Why stored runs cannot decide about what was left: they are damaged, of a gate that nobody knows, or missing where they alone were to decide. Null where
 * they can, or need not.
 */
export async function undecidable(
  { note, baseline }: Left,
  found: History,
  { workflow }: Trusted,
  store: Pick<BaselineStore, "list">,
): Promise<string | null> {
  const beside = baseline !== undefined;
  if (beside || found.recordings.length > 0) return null;
  const broken = damaged(found);
  if (broken !== null) return `It cannot be compared: ${broken.message}`;
  if (note.confirmed) return "It left no side-by-side measurement and no stored run to compare with: run its job again";
  if (workflow === undefined) return null;
  const prefix = gatePrefix(workflow);
  const gates = new Set((await store.list()).map(wholeGate));
  if (gates.has(note.gate)) return null;
  const others = [...gates].filter((gate) => gate === prefix || gate.startsWith(`${prefix}-`)).sort();
  if (others.length === 0) return null;
  return `Nothing is stored of its gate ${note.gate}, but of ${others.slice(0, 3).join(", ")}: give the job and the step the names that they have on the default branch`;
}

/** A recording in which suites that should be there, and are not whole, have failed. */
export function withoutSuites(recording: Recording, missing: readonly string[]): Recording {
  if (missing.length === 0) return recording;
  const { rounds } = keepOnly(recording, (suite) => !missing.includes(suite));
  const reason = "The configuration of the base revision has this suite, and nothing of it was left";
  const failures = missing.map((suite) => ({ suite, benchmark: "*", reason, output: "" }));
  const round = { session: "", pair: 0, startedAt: "", measurements: [], failures };
  return { ...recording, rounds: [...rounds, round] };
}

/**
 * The suites of which one kind of recording (screened, baseline, candidate) holds nothing, in any part of a cell.
 *
 * @param parts the recordings of each part.
 */
export function missingSuites(suites: readonly string[], parts: readonly Partial<Left>[]): readonly string[] {
  const held = (["screened", "baseline", "candidate"] as const).flatMap((kind) => {
    const recordings = parts.flatMap((part) => part[kind] ?? []);
    return recordings.length === 0 ? [] : [new Set(recordings.flatMap(suitesIn))];
  });
  return suites.filter((suite) => held.some((names) => !names.has(suite)));
}

function suitesIn({ rounds }: Recording): readonly string[] {
  return rounds.flatMap(({ measurements, failures }) => [...measurements, ...failures].map(({ suite }) => suite));
}
