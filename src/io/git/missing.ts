import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GateError } from "../../model/error.ts";
import type { GitCommand } from "./command.ts";
import { unlessGateError } from "./errors.ts";
import type { Repository } from "./repository.ts";
import { hasLfs, isPartial, isSparse } from "./settings.ts";

/** How git is made to fetch: it leaves neither tags nor notes behind, and does not go on to other things. */
export const FETCH = [
  "fetch",
  "--quiet",
  "--no-tags",
  "--no-write-fetch-head",
  "--no-recurse-submodules",
  "--no-auto-maintenance",
] as const;

/** Objects by their names, which are read from stdin. git must not negotiate: whoever has the commit is taken to have them. */
export const FETCH_OBJECTS = [
  "-c",
  "fetch.negotiationAlgorithm=noop",
  ...FETCH,
  "--filter=blob:none",
  "--stdin",
  "origin",
] as const;

/** Whether a commit is in a repository. Asked before anything else is done with a name from outside. */
export async function present(git: GitCommand, sha: string): Promise<boolean> {
  if (sha.startsWith("-")) throw new GateError(`${JSON.stringify(sha)} is not a revision`, "Give a commit hash");
  return (await git.attempt(["rev-parse", "--verify", "--quiet", `${sha}^{commit}`])).code === 0;
}

/** Whether the history of a repository is cut off. */
export async function shallow(git: GitCommand): Promise<boolean> {
  return (await git.text(["rev-parse", "--is-shallow-repository"])) === "true";
}

/** Brings a commit with its files into the user's repository; as deep as that repository is. */
export async function ensure({ local, remote }: Repository, sha: string): Promise<void> {
  if (await present(local, sha)) return;
  const depth = (await shallow(local)) ? ["--depth=1"] : [];
  const result = await remote?.attempt([...FETCH, "--refmap=", ...depth, "origin", sha]);
  if (result?.code === 0 && (await present(local, sha))) return;
  throw new GateError(
    `commit ${sha} is neither here nor to be had from remote origin`,
    "Check the revision; in a workflow give actions/checkout `fetch-depth: 0`",
  );
}

/** A commit's whole hash. */
export const FULL_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A name that a branch or a tag may have: no `HEAD~1`, no `main@{1}`. */
const PLAIN = /^(?!HEAD$)[^\s~^:?*[\\@{}]+$/;

/** The commit of a branch or tag that only the remote knows, in a clone that is too shallow to hold it; null where it has none. */
async function remoteTip({ remote }: Repository, ref: string): Promise<string | null> {
  const names = [`refs/heads/${ref.replace(/^origin\//, "")}`, `refs/tags/${ref}^{}`, `refs/tags/${ref}`];
  const listing = await remote?.attempt(["ls-remote", "--quiet", "origin", ...names]);
  const rows = listing?.stdout.toString("utf8").split("\n").filter(Boolean) ?? [];
  const tips = new Map(rows.map((row) => row.split("\t").reverse() as [string, string]));
  return names.map((name) => tips.get(name)).find((tip) => tip !== undefined) ?? null;
}

/** The commit that the remote has under a name which a shallow clone lacks, once it is here; else null. */
export async function fetchedName(found: Repository, ref: string): Promise<string | null> {
  if (!PLAIN.test(ref) || FULL_SHA.test(ref) || found.checkout.root === null || !(await shallow(found.local))) {
    return null;
  }
  try {
    const tip = await remoteTip(found, ref);
    if (tip !== null) await ensure(found, tip);
    return tip;
  } catch (error) {
    return unlessGateError(error);
  }
}

/**
 * Brings what a partial clone lacks of a commit that is here: its folders, and with `files` its files as well, as far as this tree checks
 * them out. git would fetch them one by one, with the settings of whoever asks for them.
 */
export async function complete(repository: Repository, sha: string, files: boolean): Promise<void> {
  const { checkout, local, remote } = repository;
  if (remote === null || !isPartial(checkout)) return;
  const filter = files ? await sparseFilter(repository) : ["--filter=blob:none"];
  for (let before = ""; ; ) {
    const listing = await local.text(["rev-list", "--objects", "--no-walk", "--missing=print", ...filter, sha]);
    const missing = listing.split("\n").flatMap((row) => (row.startsWith("?") ? [row.slice(1)] : []));
    const wanted = missing.join("\n");
    // What the remote does not have either will be missed where it is read.
    if (wanted === "" || wanted === before) return;
    await remote.output(FETCH_OBJECTS, { input: `${wanted}\n` });
    before = wanted;
  }
}

/** Brings one object that a partial clone lacks. */
export async function bringObject({ checkout, local, remote }: Repository, oid: string): Promise<void> {
  if (remote === null || !isPartial(checkout) || (await local.attempt(["cat-file", "-e", oid])).code === 0) return;
  await remote.output(FETCH_OBJECTS, { input: `${oid}\n` });
}

/** What leaves out the files that a sparse tree does. */
async function sparseFilter({ checkout, local }: Repository): Promise<readonly string[]> {
  const patterns = join(checkout.gitDir, "info", "sparse-checkout");
  if (!isSparse(checkout) || !existsSync(patterns)) return [];
  const input = await readFile(patterns, "utf8");
  return [`--filter=sparse:oid=${await local.text(["hash-object", "-w", "--no-filters", "--stdin"], { input })}`];
}

/** Fetches the LFS files of a commit, so that its tree can be filled without anybody asking for them. Where that fails, the filter does without. */
export async function bringLfs({ checkout, lfs }: Repository, sha: string): Promise<void> {
  if (lfs === null || !hasLfs(checkout)) return;
  await mkdir(join(checkout.commonDir, "lfs"), { recursive: true });
  await lfs.once(["lfs", "fetch", "origin", sha]);
}
