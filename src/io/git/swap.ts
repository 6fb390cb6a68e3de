import type { Asking } from "./asking.ts";
import { type FailedPush, PUSH, pushed, wholeRef } from "./commit.ts";

/** What a ref of the remote is to be changed from and to: commits that the remote has, null for no ref. */
export interface Swap {
  readonly from: string | null;
  readonly to: string | null;
}

/** Makes, moves or removes a branch or a whole ref of the remote, provided that it is still where it was: whether it is done, somebody else was first, or what else went wrong. */
export async function swap(remote: Asking, name: string, { from, to }: Swap): Promise<"landed" | "moved" | FailedPush> {
  const ref = wholeRef(name);
  const args = [...PUSH, `--force-with-lease=${ref}:${from ?? ""}`, "origin", `${to ?? ""}:${ref}`];
  return pushed(args, await remote.once(args));
}
