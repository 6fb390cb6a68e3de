import { Allowance, type Limits } from "../codec/allowance.ts";
import { decodeUntrusted } from "../codec/untrusted.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import { largest } from "../model/extremes.ts";
import type { Distribution } from "../model/measurement.ts";
import { hasFailures, type Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import { entryPath, entryPaths, parseEntry, type RunIdentity, type StoredEntry } from "./entry.ts";

/** A recording that was read from a store, with the entry it was under. */
interface StoredRecording {
  readonly entry: StoredEntry;
  readonly recording: Recording;
}

/** What reading entries gave: those that could be read, in the order asked for, and a warning for each that could not. */
export interface Loaded {
  readonly recordings: readonly StoredRecording[];
  readonly warnings: readonly Warning[];
}

/** Recordings at rest. Only ever added to, but for `remove`. */
export interface BaselineStore {
  /** Where it is, for people: "branch benchgate-baseline". */
  readonly place: string;
  /** All entries by name, in no order that means anything. Reads no recording. Throws `GateError` where the store cannot be reached. */
  list(): Promise<readonly StoredEntry[]>;
  /** Reads entries of the last `list`. Content that is no recording is a warning, never an error. */
  load(entries: readonly StoredEntry[]): Promise<Loaded>;
  /** Adds a recording, or says in a `not-stored` warning why it did not: failing to store never changes a verdict. */
  save(recording: Recording, run: RunIdentity): Promise<Warning | null>;
  /** Adds many recordings at once, those that are there already left out, or says in a `not-stored` warning why it added none. */
  saveAll(all: readonly { readonly recording: Recording; readonly run: RunIdentity }[]): Promise<Warning | null>;
  /**
   * Removes entries of the last `list`, and nothing that was added since. What stays is moved to where new ones are stored: how many were. Throws `GateError`
   * where it cannot.
   */
  remove(entries: readonly StoredEntry[]): Promise<number>;
}

/** What a recording is to be stored as, or a `not-stored` warning for one that must never be a baseline. */
export function admit(
  recording: Recording,
  run: RunIdentity,
): { readonly entry: StoredEntry } | { readonly warning: Warning } {
  if (hasFailures(recording))
    return { warning: notStored("benchmarks failed in it, and a failed run is never a baseline") };
  if (isEmpty(recording)) return { warning: notStored("nothing was measured in it") };
  const { sha } = recording.revision;
  if (sha === "")
    return { warning: notStored("it was measured outside a git repository: there is no commit to file it under") };
  const facts = { ...run, sha, fingerprint: fingerprint(recording.environment) };
  try {
    return { entry: { ...facts, path: entryPath(facts), copy: 1 } };
  } catch (error) {
    return { warning: notStoredBecause(error) };
  }
}

/** The `not-stored` warning for an error of the world; anything that is no `GateError` is a bug and is thrown on. */
export function notStoredBecause(error: unknown): Warning {
  if (error instanceof GateError) return notStored(error.message);
  throw error;
}

/** The warning that a recording was not stored. */
export function notStored(reason: string): Warning {
  return { code: "not-stored", reason };
}

/** The entries among the paths of a store; other files are not ours. One that is in both its places is one entry: it must not count as two runs. */
export function entriesOf(paths: readonly string[]): readonly StoredEntry[] {
  const present = new Set(paths);
  return paths
    .map(parseEntry)
    .filter((entry) => entry !== null)
    .filter((entry) => entry.path === entryPaths(entry, entry.copy).find((path) => present.has(path)));
}

/** What a store has under an entry's name: a text, nothing (null), or what cannot be read, and why. */
type StoredText = string | null | { readonly unreadable: string };

/** What is read of one entry, and of those that are loaded at once: far more than a stranger's artifact may hold, since those who write here may push. */
const EACH: Limits = {
  characters: 128 * 2 ** 20,
  values: 16_000_000,
  parts: 4_000_000,
  measurements: 200_000,
  percentiles: 2_000_000,
  exits: 100_000,
  said: 16 * 2 ** 20,
  subjects: 50_000,
  inflated: 64 * 2 ** 20,
};
const ALL: Limits = {
  characters: 512 * 2 ** 20,
  values: 64_000_000,
  parts: 16_000_000,
  measurements: 4_000_000,
  percentiles: 16_000_000,
  exits: 1_000_000,
  said: 64 * 2 ** 20,
  subjects: 1_000_000,
  inflated: 256 * 2 ** 20,
};

/** Turns the texts of entries into recordings. One that is damaged, empty, newer, failed or not what its name says is skipped by name. */
export function decodeEntries(texts: readonly { readonly entry: StoredEntry; readonly text: StoredText }[]): Loaded {
  const recordings: StoredRecording[] = [];
  const warnings: Warning[] = [];
  const allowance = new Allowance(EACH, ALL);
  for (const { entry, text } of texts) {
    const result = decodeEntry(entry, text, allowance);
    if (typeof result === "string") warnings.push({ code: "unreadable-baseline", entry: entry.path, reason: result });
    else recordings.push({ entry, recording: result });
  }
  return { recordings, warnings };
}

/** The recording, or why it cannot be used. */
function decodeEntry(entry: StoredEntry, text: StoredText, allowance: Allowance): Recording | string {
  if (text === null) return "it is gone";
  if (typeof text !== "string") return text.unreadable;
  let recording: Recording;
  try {
    recording = decodeUntrusted(text, allowance);
  } catch (error) {
    if (error instanceof GateError) return error.message;
    throw error;
  }
  if (recording.revision.sha !== entry.sha) return "it is of another commit than its name says";
  if (fingerprint(recording.environment) !== entry.fingerprint)
    return "it is of another environment than its name says";
  if (hasFailures(recording)) return "benchmarks failed in it";
  if (isEmpty(recording)) return "nothing was measured in it";
  return beyondBelief(recording) ?? recording;
}

/** Whether a recording holds no measurement: compared with it, everything is new. */
function isEmpty({ rounds }: Recording): boolean {
  return rounds.every(({ measurements }) => measurements.length === 0);
}

/** Nobody has waited longer than this for anything, in seconds: thirty years. */
const LONGEST_WAIT = 1e9;
/** The largest number of any other unit: squares of it, and sums of those, are still finite. */
const LARGEST = 1e100;

/** What no machine has measured, in words; null where there is none. */
function beyondBelief({ rounds }: Recording): string | null {
  for (const { measurements } of rounds) {
    for (const { suite, benchmark, metric, unit, distribution } of measurements) {
      const top = extentOf(distribution);
      if (top > (unit === "s" ? LONGEST_WAIT : LARGEST)) {
        return `the ${metric} of ${suite}/${benchmark} in it is ${top.toExponential(0)} ${unit}, which nobody has measured`;
      }
    }
  }
  return null;
}

/** The largest of a distribution's numbers, whatever their signs. */
function extentOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case "samples":
      return largest(distribution.samples.map(Math.abs));
    case "histogram":
      return largest(distribution.values.map(Math.abs));
    case "value":
      return Math.abs(distribution.value);
    case "quantiles":
      return largest(Object.values(distribution.quantiles).map(Math.abs), Math.abs(distribution.mean ?? 0));
  }
}
