import { GateError } from "../model/error.ts";
import type { Git } from "../ports/index.ts";
import { entryPaths, parseEntry } from "./entry.ts";
import { entriesOf } from "./store.ts";

/** The move of a history from a branch to a ref that clones do not carry. */
export interface Migration {
  readonly branch: string;
  readonly ref: string;
  /** Whether the branch stays. */
  readonly keep: boolean;
}

/** What came of it. */
export interface Migrated {
  /** How many recordings the ref holds now. */
  readonly entries: number;
  /** Null where the branch was removed, "kept" where that was asked for, else why it is still there. */
  readonly removed: string | null;
}

/** How often the move is tried while others push. */
const TRIES = 10;

/**
 * Points the ref at the newest commit of the branch, which copies nothing, then removes the branch, provided that nobody has added to it since. Where the
 * ref is there already, the recordings that it lacks are added to it one by one. Throws a `GateError` where there is nothing to move, or the ref is refused:
 * then the branch is as it was.
 */
export async function migrate({ git }: Migrating, { branch, ref, keep }: Migration): Promise<Migrated> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const tip = await git.fetchTip(branch);
    if (tip === null) throw nothing(branch);
    const paths = await git.list(tip);
    const stranger = paths.find((path) => !path.startsWith("runs/"));
    if (stranger !== undefined) {
      throw new GateError(`branch ${branch} holds other files, such as ${stranger}`, "Name the branch of recordings");
    }
    if (!(await brought(git, ref, tip, paths))) continue;
    const held = await git.fetchTip(ref);
    const entries = entriesOf(held === null ? [] : await git.list(held)).length;
    if (keep) return { entries, removed: "kept" };
    try {
      // Somebody who has added to the branch meanwhile is brought over before it goes.
      if ((await git.move(branch, { from: tip, to: null })) === "moved") continue;
    } catch (error) {
      if (error instanceof GateError) return { entries, removed: error.message };
      throw error;
    }
    return { entries, removed: null };
  }
  throw new GateError(
    `others pushed to branch ${branch} or ${ref} first, ${TRIES} times in a row`,
    "Run it again",
    {},
    "measure",
  );
}

/** The part of the world that a migration needs. */
interface Migrating {
  readonly git: Pick<Git, "fetchTip" | "list" | "read" | "append" | "move">;
}

/** Whether the ref holds what the branch held at `tip`; false where somebody else was first. */
async function brought(git: Migrating["git"], ref: string, tip: string, paths: readonly string[]): Promise<boolean> {
  const first = await git.fetchTip(ref);
  if (first === null) return (await git.move(ref, { from: null, to: tip }).catch(refused(ref))) === "landed";
  const there = new Set(await git.list(first));
  const missing = paths.filter((path) => !placesOf(path).some((place) => there.has(place)));
  const texts = missing.length === 0 ? [] : await git.read(tip, missing);
  let newest: string | null = first;
  for (const [index, path] of missing.entries()) {
    const text = texts[index]!;
    if (typeof text !== "string")
      throw new GateError(
        `${path} cannot be moved, and the branch is as it was: ${text.unreadable}`,
        "Remove it from the branch, or go on with the branch",
        {},
        "measure",
      );
    const to = placesOf(path)[0]!;
    if ((await git.append(ref, newest, { path: to, text }, `Move ${path}`)) === "moved") return false;
    newest = await git.fetchTip(ref);
  }
  return true;
}

/** The paths that a file of the branch may be at on the ref, first the one that it is brought to. */
function placesOf(path: string): readonly string[] {
  const entry = parseEntry(path);
  return entry === null ? [path] : entryPaths(entry, entry.copy);
}

function refused(ref: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof GateError)) throw error;
    const problem = `${ref} could not be made, and the branch is as it was: ${error.problem}`;
    throw new GateError(
      problem,
      `${error.remedy}; a server that takes branches and tags only needs \`baseline-store: branch\``,
      {},
      error.kind,
    );
  };
}

function nothing(branch: string): GateError {
  return new GateError(
    `origin has no branch ${branch}, so there is nothing to move`,
    "Name it by --baseline-branch, or write `baseline-store: ref` in the workflow: a new history begins there",
  );
}
