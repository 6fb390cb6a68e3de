import type { MeasuredSide } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import type { Revision } from "../model/recording.ts";
import type { Git, Ports } from "../ports/index.ts";

const NOWHERE: Revision = { sha: "", ref: "", committedAt: "" };

/** Throws a `GateError` outside a repository, where no revision has a name. */
export async function refuseOutside(git: Git): Promise<void> {
  if ((await git.root()) !== null) return;
  throw new GateError("this folder is not inside a git repository", "Run Benchgate inside a checkout");
}

/** The commits that HEAD descends from, itself included, newest first and so many at most; none outside a repository. */
export async function ancestorsOfHead(
  git: Pick<Git, "revision" | "ancestors">,
  most: number,
): Promise<readonly string[]> {
  const head = await git.revision("HEAD");
  return head === null ? [] : git.ancestors(head.sha, most);
}

/** The working tree as the candidate; outside a repository it has no revision, and can still be measured. */
export async function herePlace({ git, host }: Ports): Promise<MeasuredSide> {
  return { name: "candidate", cwd: host.cwd, revision: (await git.revision("HEAD")) ?? NOWHERE };
}

/** A session of its own: no round of another can form a pair with one of these by accident. */
export function newSession({ clock, host }: Ports): { session: string; seed: number } {
  const seed = Math.floor(host.random() * 2 ** 32);
  return { session: `${clock.now().toISOString()}/${seed.toString(36)}`, seed };
}
