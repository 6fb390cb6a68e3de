import { GateError } from "../model/error.ts";
import type { GitPlace } from "./git-store.ts";

/** The branch that recordings are kept on where the user names none. */
export const BASELINE_BRANCH = "benchgate-baseline";

/** The ref that recordings are kept on where the user names none: outside branches and tags, so that no clone and no `fetch-depth: 0` carries it. */
export const BASELINE_REF = "refs/benchgate/baselines";

/** A branch of recordings. */
export function branchPlace(branch: string): GitPlace {
  return { name: branch, words: `branch ${branch}`, another: "name another `baseline-branch`" };
}

/** A ref of recordings that is no branch. */
export function refPlace(ref: string): GitPlace {
  return {
    name: ref,
    words: `ref ${ref}`,
    another: "name another `baseline-ref`",
    refused: "If the server takes no refs other than branches and tags, use `baseline-store: branch`",
  };
}

/** A branch name in the characters that need no second thought in a refspec. Throws a `GateError` on any other. */
export function branchName(word: string): string {
  if (isPlain(word)) return word;
  throw new GateError(
    `${JSON.stringify(word)} is not a branch name`,
    `Write one such as ${BASELINE_BRANCH}, without refs/heads/`,
  );
}

/** What servers keep for themselves, and what clones carry. */
const TAKEN =
  /^refs\/(?:heads|tags|remotes|pull|merge-requests|pipelines|environments|keep-around|replace|stash)(?:\/|$)/;

/** A whole ref that is no branch, no tag and none of the server's own. Throws a `GateError` on any other. */
export function refName(word: string): string {
  if (isPlain(word) && /^refs\/[^/]+\/./.test(word) && !TAKEN.test(word)) return word;
  throw new GateError(
    `${JSON.stringify(word)} is not a ref that baselines can be kept on`,
    `Write one such as ${BASELINE_REF}, outside refs/heads/ and refs/tags/`,
  );
}

function isPlain(word: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(word) && !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(word);
}
