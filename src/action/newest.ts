import type { CellNote } from "../codec/cell.ts";
import { largest } from "../model/extremes.ts";
import type { Distribution } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import type { Left } from "./left.ts";

/** What one artifact holds; `note`: where it could be read, whatever became of the rest. */
export type ReadPart = { readonly name: string; readonly note?: CellNote } & (
  | { readonly left: Left }
  | { readonly missing: string }
);

/** An artifact whose note could be read. */
export type NotedPart = ReadPart & { readonly note: CellNote };

/** A part of a cell with what it measured. */
export type SoundPart = Extract<NotedPart, { readonly left: Left }>;

/** The shard that a part is of, from 1. */
export function shardOf({ note }: NotedPart): number {
  return note.part?.shard?.index ?? 1;
}

/** How many shards there are, as far as a part says. */
export function shardsOf({ note }: NotedPart): number {
  return note.part?.shard?.of ?? 1;
}

/**
 * Each measurement once, and the newest attempt of those that one job made, with why the others do not count. What one attempt left twice is of two jobs, and
 * what jobs of different names left is not the same either: all of that counts.
 */
export function newest(parts: readonly SoundPart[]): {
  readonly kept: readonly SoundPart[];
  readonly leftOut: readonly { readonly part: SoundPart; readonly reason: string }[];
} {
  const leftOut: { part: SoundPart; reason: string }[] = [];
  const bySignature = new Map<string, SoundPart>();
  const byJob = new Map<string, SoundPart[]>();
  for (const part of parts) {
    const signature = signatureOf(part.left);
    const copied = bySignature.get(signature);
    if (copied !== undefined) {
      leftOut.push({ part, reason: `it is the same as ${copied.name || "another one"}` });
      continue;
    }
    bySignature.set(signature, part);
    const { seat } = part.note.part!;
    // Where nothing tells a pool's runners apart, each is one of its own.
    const runner = seat === undefined ? "" : seat.runner || part.name;
    const job = `${part.note.gate} ${shardOf(part)} ${runner}`;
    byJob.set(job, [...(byJob.get(job) ?? []), part]);
  }
  const kept = [...byJob.values()].flatMap((own) => {
    const last = largest(own.map(attemptOf));
    const of = own.filter((part) => attemptOf(part) === last);
    for (const part of own)
      if (!of.includes(part)) leftOut.push({ part, reason: `${of[0]!.name || "another one"} has measured the same` });
    return of;
  });
  return { kept, leftOut };
}

/** The attempt of the run that measured a part; 0 where it measured nothing. */
function attemptOf({ left }: SoundPart): number {
  return Number(/\/(\d{1,9})$/.exec(candidateOf(left)?.rounds[0]?.session ?? "")?.[1] ?? 0);
}

function candidateOf({ candidate, screened }: Left): Recording | undefined {
  return candidate ?? screened;
}

/** What two measurements never share: where their rounds stand, and what was seen first in each. */
function signatureOf(left: Left): string {
  const rounds = candidateOf(left)?.rounds ?? [];
  // What was dealt nothing has nothing that could be counted twice.
  if (rounds.length === 0) return `${left.note.cell}/${JSON.stringify(left.note.part)}`;
  return JSON.stringify(
    rounds.map(({ session, pair, startedAt, measurements }) => {
      const [first] = measurements;
      const values = first === undefined ? [] : firstValues(first.distribution);
      return [session, pair, startedAt, measurements.length, first?.suite, first?.benchmark, ...values];
    }),
  );
}

function firstValues(distribution: Distribution): readonly number[] {
  switch (distribution.kind) {
    case "samples":
      return [...distribution.samples.slice(0, 4)];
    case "histogram":
      return [...distribution.values.slice(0, 2), ...distribution.values.slice(-2)];
    case "quantiles":
      return Object.values(distribution.quantiles);
    case "value":
      return [distribution.value];
  }
}
