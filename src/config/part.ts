import { GateError } from "../model/error.ts";
import { MOST_JOBS, type Part, type Shard } from "../model/part.ts";
import { one, type SettingType } from "../model/setting.ts";
import { quote } from "./scalars.ts";

/** A shard as it is asked for: its number and how many there are, or whatever job of the matrix this is. */
export const SHARD: SettingType<Shard | "auto" | null, "value"> = one((word) => {
  if (word === "auto") return "auto";
  const [, index, of] = /^(\d{1,3})\s*\/\s*(\d{1,3})$/.exec(word) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of && shard.of <= MOST_JOBS) return shard;
  throw new GateError(
    `${quote(word)} is not a shard`,
    `Write one such as 2/5, the second of five (${MOST_JOBS} at most), or auto`,
  );
});

/** A pool's name, and how many runners it has where that is said. */
interface PoolName {
  readonly name: string;
  readonly of: number | null;
}

/** A pool: `fleet`, or `fleet/4` where it is to be said how many runners it has. */
export const POOL: SettingType<PoolName | null, "value"> = one((word) => {
  const [, name, of] = /^([\w.-]{1,64})(?:\/(\d{1,3}))?$/.exec(word) ?? [];
  if (name !== undefined && (of === undefined || (Number(of) >= 1 && Number(of) <= MOST_JOBS)))
    return { name, of: of === undefined ? null : Number(of) };
  throw new GateError(
    `${quote(word)} cannot be a pool's name`,
    `Use 64 letters, digits, - _ and . at most, such as fleet, or fleet/4 for four runners (${MOST_JOBS} at most)`,
  );
});

/** Which job of its matrix this is, from 0, and how many there are: `2/5`. Null where the runner has not said so. */
export const MATRIX_JOB: SettingType<{ readonly index: number; readonly total: number } | null, "value"> = one(
  (word) => {
    const [, index, total] = /^(\d{1,3})\/(\d{1,3})$/.exec(word) ?? [];
    return index === undefined ? null : { index: Number(index), total: Number(total) };
  },
);

/** What the inputs say of a part. */
export interface PartInputs {
  readonly shard: Shard | "auto" | null;
  readonly pool: PoolName | null;
  readonly "matrix-job": { readonly index: number; readonly total: number } | null;
  readonly cell: string | null;
}

/** The part that a job measures; null where it measures a gate by itself. Throws where it cannot be told which part that is. */
export function partOf({ shard: asked, pool, "matrix-job": job, cell }: PartInputs): Part | null {
  if (asked === null && pool === null) return null;
  const shard = asked === "auto" ? byItself(job, pool, cell) : asked;
  if (pool === null) return { shard: shard! };
  const { name, of } = pool;
  const known = job !== null && job.total > 1;
  // A matrix that also has cells has more jobs than the pool has runners.
  const guessed = known && cell === null && job.total % (shard?.of ?? 1) === 0 ? job.total / (shard?.of ?? 1) : 0;
  const seat = { pool: name, runner: known ? String(job.index + 1) : "", of: of ?? guessed };
  return { ...(shard !== null && { shard }), seat };
}

function byItself(job: PartInputs["matrix-job"], pool: PoolName | null, cell: string | null): Shard {
  const other = pool !== null ? "pool" : cell !== null ? "cell" : null;
  if (other !== null) {
    throw new GateError(
      `shard: auto takes each job of the matrix for a shard, and ${other} says that it has other dimensions`,
      "Write which shard this is, such as `shard: ${{ matrix.shard }}/5`",
      { path: "input shard" },
    );
  }
  if (job !== null && job.total > 1 && job.total <= MOST_JOBS) return { index: job.index + 1, of: job.total };
  throw new GateError(
    "shard: auto finds no matrix",
    "Give the job a `strategy: matrix`, or write which shard this is, such as `shard: 2/5`",
    { path: "input shard" },
  );
}
