import { decodeRecording, encodeRecording } from "../codec/recording.ts";
import type { Recordings } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import type { Recording, Revision } from "../model/recording.ts";
import type { Ports } from "../ports/index.ts";

/** A measurement side by side that the user has interrupted: what it takes to go on with it. */
export interface Unfinished {
  readonly session: string;
  readonly seed: number;
  readonly recordings: Recordings;
}

/** What makes two measurements one experiment: the same work on the same revisions. */
export interface Experimental {
  readonly plan: Plan;
  readonly base: Revision;
  readonly candidate: Revision;
}

const FILE = "benchgate/unfinished.json";

/** Keeps an interrupted measurement in git's own folder. Resolves to whether there was anything to keep. */
export async function keepUnfinished(
  { files, git }: Ports,
  experiment: Experimental,
  { session, seed, recordings }: Unfinished,
): Promise<boolean> {
  if (loadsDeployed(experiment)) return false;
  const kept = Object.entries(recordings).filter(([, { rounds }]) => rounds.length > 0);
  if (kept.length === 0) return false;
  const texts = Object.fromEntries(kept.map(([side, recording]) => [side, encodeRecording(recording)]));
  const state = { identity: identityOf(experiment), session, seed, recordings: texts };
  await files.write(await git.privatePath(FILE), JSON.stringify(state));
  return true;
}

/** The interrupted measurement of the same work on the same revisions. Throws a `GateError` where there is none. */
export async function findUnfinished({ files, git }: Ports, experiment: Experimental): Promise<Unfinished> {
  if (loadsDeployed(experiment)) {
    throw new GateError(
      "A measurement of `targets` cannot be resumed: another version may be deployed by now",
      "Leave --resume out",
    );
  }
  const text = await files.readTextIfAny(await git.privatePath(FILE));
  if (text === null) {
    throw new GateError("There is no interrupted measurement to go on with", "Leave --resume out");
  }
  const { identity, session, seed, recordings } = JSON.parse(text) as {
    identity: string;
    session: string;
    seed: number;
    recordings: Record<string, string>;
  };
  if (identity !== identityOf(experiment)) {
    throw new GateError(
      "The interrupted measurement was of other revisions or of another plan",
      "Give the same flags on the same commits, or leave --resume out",
    );
  }
  const decoded = Object.entries(recordings).map(([side, each]): [string, Recording] => [side, decodeRecording(each)]);
  return { session, seed, recordings: Object.fromEntries(decoded) };
}

/** Forgets the interrupted measurement, once one has come to its end. */
export async function forgetUnfinished({ files, git }: Ports): Promise<void> {
  await files.remove(await git.privatePath(FILE));
}

/** Whether something of it is measured that no revision tells: half of its rounds would be of one version, half of another. */
function loadsDeployed({ plan: { suites } }: Experimental): boolean {
  return suites.some(({ targets }) => targets !== undefined);
}

function identityOf({ plan: { setup, suites, budgets, pairs, control }, base, candidate }: Experimental): string {
  return JSON.stringify({ setup, suites, budgets, pairs, control, base: base.sha, candidate: candidate.sha });
}
