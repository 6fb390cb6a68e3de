import { GateError } from "../model/error.ts";
import { fnv1a } from "../model/hash.ts";
import type { Shard } from "../model/part.ts";

/** The run that a recording comes from. In a workflow: run id, run attempt, and the gate of workflow and job. */
export interface RunIdentity {
  readonly run: string;
  readonly attempt: string;
  /** A slug, as `gateName` makes it. Baselines of one gate are never those of another. */
  readonly gate: string;
}

/** One stored recording, known by its name alone: what is needed to select it without reading it. */
export interface StoredEntry extends RunIdentity {
  readonly path: string;
  /** The commit that was measured, in full. */
  readonly sha: string;
  /** The environment's fingerprint. */
  readonly fingerprint: string;
  /** 1, or more where the same run stored several. */
  readonly copy: number;
}

const SHA = "[0-9a-f]{40}|[0-9a-f]{64}";

/** Either place, in this order: a folder of the commit's own, or the shelf of all commits whose names begin alike. */
const PATH = new RegExp(
  `^runs/(?:(${SHA})/|([0-9a-f]{2})/(?=\\2)(${SHA})-)` +
    "([A-Za-z0-9_-]{1,64})\\.([A-Za-z0-9_-]{1,64})\\.([a-z0-9-]{1,80})\\.([0-9a-f]{12})(?:-([1-9][0-9]{0,5}))?\\.json$",
);

/** The entry that a path in a store names, or null where it is no recording's. */
export function parseEntry(path: string): StoredEntry | null {
  const match = PATH.exec(path);
  if (match === null) return null;
  const [, own, , shelved, run = "", attempt = "", gate = "", fingerprint = "", copy = "1"] = match;
  return { path, sha: own ?? shelved ?? "", run, attempt, gate, fingerprint, copy: Number(copy) };
}

/** What a recording is named after. */
type Named = RunIdentity & Pick<StoredEntry, "sha" | "fingerprint">;

/**
 * The path of a recording in a directory: `runs/<sha>/<run>.<attempt>.<gate>.<fingerprint>.json`. Earlier versions stored it there in git, too. Throws
 * `GateError` where a part does not fit.
 */
export function entryPath(entry: Named, copy = 1): string {
  const path = ownPath(entry, copy);
  if (parseEntry(path) !== null) return path;
  throw new GateError(
    `${JSON.stringify(path)} is not a name of a stored recording`,
    "Give a full commit hash, and a run, an attempt and a gate of letters, digits, - and _ (a gate in lower case)",
  );
}

/**
 * The path of a recording in git: `runs/<two digits>/<sha>-<run>.<attempt>.<gate>.<fingerprint>.json`; the digits are the first of the commit. Whoever adds a
 * file to git writes the list of its folder anew, and the lists of the folders around it: here those of one shelf and of 256 shelves, not that of all commits.
 *
 * Note: a folder a month was rejected. The list of a busy month may be as long as that of a whole history, and two clocks would put one run into two places.
 */
export function shelfPath(entry: Named, copy = 1): string {
  return `runs/${entry.sha.slice(0, 2)}/${entry.sha}-${fileName(entry, copy)}`;
}

/** Every path that a recording may be at. Where both are taken the first one counts. */
export function entryPaths(entry: Named, copy = 1): readonly [shelf: string, own: string] {
  return [shelfPath(entry, copy), ownPath(entry, copy)];
}

function ownPath(entry: Named, copy: number): string {
  return `runs/${entry.sha}/${fileName(entry, copy)}`;
}

function fileName({ run, attempt, gate, fingerprint }: Named, copy: number): string {
  return `${run}.${attempt}.${gate}.${fingerprint}${copy === 1 ? "" : `-${copy}`}.json`;
}

/**
 * The name of a gate as a slug: lower-case letters, digits and `-`, at most 69 characters.
 *
 * Names that differ in more than case, spaces and `_` stay apart: where other characters had to go, a hash of the name is added.
 */
export function gateName(workflow: string, job: string): string {
  const name = [workflow, job]
    .filter((part) => part !== "")
    .join("-")
    .toLowerCase();
  const slug = name.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  if (slug === "") return name === "" ? "gate" : `gate-${hash(name)}`;
  return slug.length <= 60 && /^[a-z0-9 _-]+$/.test(name) ? slug : `${slug.slice(0, 60)}-${hash(name)}`;
}

/** What parts the name of a gate from that of its shard: no gate's own name has two in a row. */
const SHARD = "--";

/** The gate under which a shard of a gate stores what it measured. */
export function shardGate(gate: string, { index, of }: Shard): string {
  return `${gate}${SHARD}${index}-${of}`;
}

/** The gate of which an entry is all, or a shard. */
export function wholeGate({ gate }: Pick<StoredEntry, "gate">): string {
  const at = gate.indexOf(SHARD);
  return at < 0 ? gate : gate.slice(0, at);
}

/** What the names of all gates of a workflow begin with. */
export function gatePrefix(workflow: string): string {
  return workflow
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 60);
}

/** Eight hexadecimal digits. */
function hash(text: string): string {
  return fnv1a(text, 32).toString(16).padStart(8, "0");
}

/** Orders runs of one commit: earlier runs, attempts and copies first. Numbers count as numbers. Where they are stored makes no difference. */
export function byRun(a: StoredEntry, b: StoredEntry): number {
  const first = natural(a.run, b.run) || natural(a.attempt, b.attempt) || a.copy - b.copy;
  return first || natural(fileName(a, a.copy), fileName(b, b.copy));
}

function natural(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) {
    const [first, second] = [BigInt(a), BigInt(b)];
    if (first !== second) return first < second ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
