import type { CellNote } from "../codec/cell.ts";
import { largest } from "../model/extremes.ts";
import { type DealtBenchmark, shardText } from "../model/part.ts";
import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Left, ReadCell } from "./left.ts";

/** What one artifact holds; `note`: where it could be read, whatever became of the rest. */
export type ReadPart = { readonly name: string; readonly note?: CellNote } & (
  | { readonly left: Left }
  | { readonly missing: string }
);

/** Why there is nothing of what is expected. */
export const NOTHING_LEFT = "It left no recording: see why in its job";

/** The most benchmarks that are named of a shard that is missing. */
const NAMED = 10;

type Noted = ReadPart & { readonly note: CellNote };
type Sound = Extract<Noted, { readonly left: Left }>;

/**
 * The cells that artifacts are, or are parts of. Parts of one cell: of each shard the runners that measured it, each once and the newest attempt of it. A shard of
 * which nothing is left is `missing`, with what it should have measured; a runner that is missing from a pool is told, and the others decide.
 */
export function assemble(parts: readonly ReadPart[]): {
  readonly cells: readonly ReadCell[];
  readonly warnings: readonly Warning[];
} {
  const cells: ReadCell[] = [];
  const warnings: Warning[] = [];
  const groups = new Map<string, Noted[]>();
  for (const each of parts) {
    const { name, note } = each;
    if (note?.part === undefined)
      cells.push("left" in each ? { name, left: each.left } : { name, missing: each.missing });
    else groups.set(note.cell ?? "", [...(groups.get(note.cell ?? "") ?? []), { ...each, note }]);
  }
  for (const [cell, group] of groups) {
    const found = cellOf(cell, group);
    for (const cell of found.cells) cells.push(cell);
    for (const warning of found.warnings) warnings.push(warning);
  }
  return { cells, warnings };
}

function cellOf(name: string, group: readonly Noted[]): ReturnType<typeof assemble> {
  const shards = group[0]!.note.part?.shard?.of ?? 1;
  const strangers = group.filter(({ note }) => (note.part?.shard?.of ?? 1) !== shards);
  const own = group.filter((part) => !strangers.includes(part));
  const { kept, leftOut } = newest(own.filter(isSound));
  const bad = own.flatMap((part) => ("missing" in part ? [part] : []));
  const dealt = own.flatMap(({ note }) => note.dealt ?? []);
  const present = new Set(kept.map(shardOf));
  const missing = Array.from({ length: shards }, (_, index) => index + 1).filter((index) => !present.has(index));
  const cells: ReadCell[] = [
    ...kept.map((part) => ({ name, left: part.left, runner: part.name })),
    ...missing.map((index) => missingShard(name, { index, of: shards }, bad, dealt)),
    ...strangers.map((part) => ({
      name,
      shard: part.name,
      missing: `It is one of ${part.note.part?.shard?.of ?? 1} shards, and the others are ${shards}: let all jobs say the same`,
    })),
    ...holes(name, kept, dealt, present),
  ];
  const told = bad.filter((part) => present.has(shardOf(part)));
  return {
    cells,
    warnings: [
      ...leftOut.map(({ part, reason }): Warning => ({ code: "part-left-out", part: part.name, reason })),
      ...told.map((part): Warning => ({ code: "part-left-out", part: part.name, reason: lower(part.missing) })),
      ...missingRunners(name, own, kept),
    ],
  };
}

function isSound(part: Noted): part is Sound {
  return "left" in part;
}

function shardOf({ note }: Noted): number {
  return note.part?.shard?.index ?? 1;
}

/** Each measurement once, and the newest of those that the same job made, with why the others do not count. */
function newest(parts: readonly Sound[]): {
  readonly kept: readonly Sound[];
  readonly leftOut: readonly { readonly part: Sound; readonly reason: string }[];
} {
  const leftOut: { part: Sound; reason: string }[] = [];
  const bySignature = new Map<string, Sound>();
  const byJob = new Map<string, Sound>();
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
    const job = `${shardOf(part)} ${runner}`;
    const before = byJob.get(job);
    const [keep, drop] = before === undefined || isNewer(part, before) ? [part, before] : [before, part];
    byJob.set(job, keep);
    if (drop !== undefined) leftOut.push({ part: drop, reason: `${keep.name || "another one"} has measured the same` });
  }
  return { kept: [...byJob.values()], leftOut };
}

/** Whether a part is of a later attempt, or began later: neither tells what was found. */
function isNewer(a: Sound, b: Sound): boolean {
  const [first, second] = [a, b].map(({ left }) => {
    const round = candidateOf(left)?.rounds[0];
    return { attempt: Number(/\/(\d{1,9})$/.exec(round?.session ?? "")?.[1] ?? 0), at: round?.startedAt ?? "" };
  }) as [{ attempt: number; at: string }, { attempt: number; at: string }];
  return first.attempt !== second.attempt ? first.attempt > second.attempt : first.at > second.at;
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

function firstValues(
  distribution: Recording["rounds"][number]["measurements"][number]["distribution"],
): readonly number[] {
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

function missingShard(
  name: string,
  shard: { readonly index: number; readonly of: number },
  bad: readonly (Noted & { readonly missing: string })[],
  dealt: readonly DealtBenchmark[],
): ReadCell {
  const reason = bad.find((part) => shardOf(part) === shard.index)?.missing ?? NOTHING_LEFT;
  const own = namesOf(dealt.filter((each) => each.shard === shard.index));
  const should = own.length === 0 ? "" : `. It should have measured ${listed(own)}`;
  return { name, shard: `shard ${shardText(shard)}`, missing: `${reason}${should}` };
}

/** What the shards that are there should have measured and did not: they did not deal alike, and nobody has seen it. */
function holes(
  name: string,
  kept: readonly Sound[],
  dealt: readonly DealtBenchmark[],
  present: ReadonlySet<number>,
): readonly ReadCell[] {
  const measured = new Set<string>();
  for (const { left } of kept) {
    for (const recording of [left.screened, left.candidate, left.baseline]) {
      for (const { measurements, failures } of recording?.rounds ?? []) {
        for (const { suite, benchmark } of [...measurements, ...failures])
          measured.add(`${suite}/${benchmark}`).add(`${suite}/`);
        for (const { suite, benchmark } of failures) if (benchmark === "*") measured.add(`${suite}/*`);
      }
    }
  }
  const isSeen = ({ suite, benchmark }: DealtBenchmark) =>
    measured.has(`${suite}/*`) || measured.has(benchmark === "*" ? `${suite}/` : `${suite}/${benchmark}`);
  const unseen = namesOf(dealt.filter((each) => present.has(each.shard) && !isSeen(each)));
  if (unseen.length === 0) return [];
  return [{ name, shard: "no shard", missing: `No shard measured ${listed(unseen)}: run all shards again` }];
}

function namesOf(dealt: readonly DealtBenchmark[]): readonly string[] {
  return [...new Set(dealt.map(({ suite, benchmark }) => `${suite}/${benchmark}`))].sort();
}

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** The pools of a cell of which some shard has fewer runners than the pool has. */
function missingRunners(name: string, own: readonly Noted[], kept: readonly Sound[]): readonly Warning[] {
  const pool = own.find(({ note }) => note.part?.seat)?.note.part?.seat?.pool;
  if (pool === undefined) return [];
  const shards = new Map<number, number>();
  for (const part of kept) shards.set(shardOf(part), (shards.get(shardOf(part)) ?? 0) + 1);
  const runners = largest([...shards.values(), ...own.map(({ note }) => note.part?.seat?.of ?? 0)]);
  const of = own[0]!.note.part?.shard?.of;
  return [...shards].flatMap(([index, count]): Warning[] => {
    const shard = of === undefined ? "" : `shard ${shardText({ index, of })}`;
    const where = [name, shard].filter(Boolean).join(" ");
    return count < runners ? [{ code: "runners-missing", pool, of: where, missing: runners - count, runners }] : [];
  });
}

function lower(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
