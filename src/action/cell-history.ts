import { type History, history } from "../baseline/history.ts";
import type { Cell } from "../judge/cells/cell.ts";
import type { Compared } from "../judge/rows/compared.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import { keyOf } from "../model/key.ts";
import { keepOnly, type Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Left, ReadCell } from "./left.ts";
import type { Opened } from "./step.ts";
import { missingSuites, type Trusted, undecidable, withoutSuites } from "./trust.ts";

/** A cell, or a part of one, that left something. */
type LeftCell = Extract<ReadCell, { readonly left: Left }>;

/** Cells beside the stored runs that they were held against, and what is to be said of those. */
export async function withHistory(
  { ports, store }: Pick<Opened, "ports" | "store">,
  { baseSha = "" }: { readonly baseSha: string | undefined },
  read: readonly ReadCell[],
  trusted: Trusted,
): Promise<{ readonly cells: readonly Cell[]; readonly warnings: readonly Warning[] }> {
  const warnings: Warning[] = [];
  const found = new Map<string, Promise<History | string>>();
  // The shards of a cell are held against the same runs, which are read once.
  const historyOf = ({ note: { gate } }: Left, { environment }: Recording) => {
    const key = keyOf(gate, fingerprint(environment));
    const known = found.get(key) ?? asked(history(ports, store, { sha: baseSha, gate, environment }));
    found.set(key, known);
    return known;
  };
  const asked = async (answer: Promise<History>): Promise<History | string> => {
    try {
      const of = await answer;
      for (const warning of of.warnings) warnings.push(warning);
      return of;
    } catch (error) {
      return outOfReach(error);
    }
  };
  const cells = await Promise.all(
    read.map(async (cell): Promise<Cell> => {
      if ("missing" in cell) return cell;
      const { name, runner, left } = cell;
      const parts = read.filter((each): each is LeftCell => "left" in each && each.name === name);
      const missing =
        parts[0] === cell
          ? missingSuites(
              trusted.suites,
              parts.map((part) => part.left),
            )
          : [];
      const { screened, baseline, candidate, note } = left;
      const { looks, confirmed } = note;
      const told = (compared: readonly Compared[]): Cell => ({
        name,
        ...(runner !== undefined && { runner }),
        comparisons: compared.map((each) => ({ ...each, candidate: withoutSuites(each.candidate, missing) })),
        looks,
        confirmed,
      });
      const beside: Compared[] =
        baseline === undefined || candidate === undefined
          ? []
          : [{ kind: "side-by-side", baseline: [baseline], candidate }];
      if (screened === undefined) return told(beside);
      const stored = await historyOf(left, screened);
      if (typeof stored === "string") return { name, missing: stored };
      const reason = await undecidable(left, stored, trusted, store);
      if (reason !== null) return { name, missing: reason };
      const own = ownOf(screened, parts);
      const runs = own === null ? stored.recordings : stored.recordings.map((each) => keepOnly(each, own));
      return told([{ kind: "stored", baseline: runs, candidate: screened }, ...beside]);
    }),
  );
  return { cells, warnings };
}

/** What of a history is for one part of a cell: what it measured, and what no part did. Null where it is the whole cell. */
function ownOf(
  screened: Recording,
  parts: readonly LeftCell[],
): ((suite: string, benchmark: string) => boolean) | null {
  if (parts.length < 2) return null;
  const [own, others] = [[screened], parts.flatMap(({ left }) => left.screened ?? [])].map(namesIn) as [
    ReadonlySet<string>,
    ReadonlySet<string>,
  ];
  return (suite, benchmark) => {
    const name = keyOf(suite, benchmark);
    return benchmark === "*" || own.has(name) || !others.has(name);
  };
}

function namesIn(recordings: readonly Recording[]): ReadonlySet<string> {
  const names = recordings.flatMap(({ rounds }) =>
    rounds.flatMap(({ measurements, failures }) => [...measurements, ...failures]),
  );
  return new Set(names.map(({ suite, benchmark }) => keyOf(suite, benchmark)));
}

/** Why a cell cannot be judged without the store: comment and status are to say so, since an old one may be green. */
function outOfReach(error: unknown): string {
  if (error instanceof GateError && error.kind === "measure")
    return `It cannot be compared, since the stored runs are out of reach: ${error.message}`;
  throw error;
}
