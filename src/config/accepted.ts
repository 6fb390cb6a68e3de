import { GateError } from "../model/error.ts";
import type { Acceptance } from "../model/plan.ts";
import type { DatedAcceptance } from "../model/trend.ts";
import { parseConfig } from "./config.ts";
import type { ConfigChecks } from "./suite.ts";

/** The history that a configuration file is followed through. */
interface History {
  /** The commits that changed a file, oldest first. */
  changes(
    to: string,
    path: string,
    limit: number,
  ): Promise<readonly Pick<DatedAcceptance, "sha" | "subject" | "committedAt">[]>;
  show(sha: string, path: string): Promise<string | null>;
  prefix(): Promise<string>;
  names(): Promise<{ readonly shallow: boolean }>;
}

/** The most versions of the configuration that are read. */
const VERSIONS = 200;

/** What the configuration has accepted in the history of a commit, oldest first, whether it still does or not. A version that cannot be read says nothing. */
export async function acceptedOnce(
  git: History,
  { to, file, checks }: { readonly to: string; readonly file: string; readonly checks: ConfigChecks },
): Promise<readonly DatedAcceptance[]> {
  // Where history was cut off, the first commit that is there seems to have brought everything.
  if ((await git.names()).shallow) return [];
  const path = `${await git.prefix()}/${file}`.replace(/^\//, "");
  const found = new Map<string, DatedAcceptance>();
  for (const { sha, subject, committedAt } of await git.changes(to, path, VERSIONS)) {
    for (const each of acceptedIn(await git.show(sha, path), path, checks)) {
      if (!found.has(nameOf(each))) found.set(nameOf(each), { ...each, sha, subject, committedAt });
    }
  }
  return [...found.values()];
}

/** Acceptances in force, dated where the history tells since when they are. */
export function datedBy(
  accept: readonly Acceptance[],
  once: readonly DatedAcceptance[],
): readonly (Acceptance | DatedAcceptance)[] {
  const dated = new Map(once.map((each) => [nameOf(each), each]));
  return accept.map((each) => ({ ...dated.get(nameOf(each)), ...each }));
}

function acceptedIn(text: string | null, path: string, checks: ConfigChecks): readonly Acceptance[] {
  try {
    return text === null ? [] : parseConfig(text, path, checks).accept;
  } catch (error) {
    if (error instanceof GateError) return [];
    throw error;
  }
}

function nameOf({ match, upTo, reason }: Acceptance): string {
  return JSON.stringify([match, upTo, reason]);
}
