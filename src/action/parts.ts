import { largest } from "../model/extremes.ts";
import { type DealtBenchmark, shardText } from "../model/part.ts";
import type { Warning } from "../model/warning.ts";
import type { ReadCell } from "./left.ts";
import { type NotedPart, newest, type ReadPart, type SoundPart, shardOf, shardsOf } from "./newest.ts";

/** Why there is nothing of what is expected. */
export const NOTHING_LEFT = "It left no recording: see why in its job";

/** The most benchmarks that are named of a shard that is missing. */
const NAMED = 10;

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
  const groups = new Map<string, NotedPart[]>();
  for (const each of parts) {
    const { name, note } = each;
    if (note?.part === undefined)
      cells.push("left" in each ? { name, left: each.left } : { name, missing: each.missing });
    else groups.set(note.cell ?? "", [...(groups.get(note.cell ?? "") ?? []), { ...each, note }]);
  }
  for (const [cell, group] of groups) {
    const found = assembleCell(cell, group);
    for (const cell of found.cells) cells.push(cell);
    for (const warning of found.warnings) warnings.push(warning);
  }
  return { cells, warnings };
}

function assembleCell(name: string, group: readonly NotedPart[]): ReturnType<typeof assemble> {
  const shards = shardsOf(group[0]!);
  const strangers = group.filter((part) => shardsOf(part) !== shards);
  const own = group.filter((part) => shardsOf(part) === shards);
  const { kept, leftOut } = newest(own.filter(isSound));
  const bad = own.flatMap((part) => ("missing" in part ? [part] : []));
  const dealt = own.flatMap(({ note }) => note.dealt ?? []);
  const present = presentShards(own, kept);
  const missing = Array.from({ length: shards }, (_, index) => index + 1).filter((index) => !present.has(index));
  const cells: ReadCell[] = [
    ...kept.map((part) => ({ name, left: part.left, runner: part.name })),
    ...missing.map((index) => missingShard(name, { index, of: shards }, bad, dealt)),
    ...strangers.map((part) => ({
      name,
      shard: part.name,
      missing: `It is one of ${shardsOf(part)} shards, and the others are ${shards}: let all jobs say the same, or give each matrix a \`cell\``,
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

/**
 * The shards of which there is what there should be. Jobs of several names may share out the shards among them; where two of them have the same one, each is a
 * matrix of its own, and has to have all.
 */
function presentShards(own: readonly NotedPart[], kept: readonly SoundPart[]): ReadonlySet<number> {
  const byGate = new Map<string, Set<number>>();
  for (const part of own) byGate.set(part.note.gate, (byGate.get(part.note.gate) ?? new Set()).add(shardOf(part)));
  const named = [...byGate.values()].flatMap((shards) => [...shards]);
  const matrices = new Set(named).size < named.length ? [...byGate.keys()] : [];
  const has = (gate: string, index: number) => kept.some((part) => part.note.gate === gate && shardOf(part) === index);
  return new Set(kept.map(shardOf).filter((index) => matrices.every((gate) => has(gate, index))));
}

function isSound(part: NotedPart): part is SoundPart {
  return "left" in part;
}

function missingShard(
  name: string,
  shard: { readonly index: number; readonly of: number },
  bad: readonly (NotedPart & { readonly missing: string })[],
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
  kept: readonly SoundPart[],
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
function missingRunners(name: string, own: readonly NotedPart[], kept: readonly SoundPart[]): readonly Warning[] {
  const pools = new Set(own.flatMap(({ note }) => note.part?.seat?.pool ?? []));
  return [...pools].flatMap((pool) => {
    const isOf = ({ note }: NotedPart) => note.part?.seat?.pool === pool;
    const shards = new Map<number, number>();
    for (const part of kept.filter(isOf)) shards.set(shardOf(part), (shards.get(shardOf(part)) ?? 0) + 1);
    const runners = largest([...shards.values(), ...own.filter(isOf).map(({ note }) => note.part?.seat?.of ?? 0)]);
    const of = own[0]!.note.part?.shard?.of;
    return [...shards].flatMap(([index, count]): Warning[] => {
      const shard = of === undefined ? "" : `shard ${shardText({ index, of })}`;
      const where = [name, shard].filter(Boolean).join(" ");
      return count < runners ? [{ code: "runners-missing", pool, of: where, missing: runners - count, runners }] : [];
    });
  });
}

function lower(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
