import { createGitStore, type GitStorePorts } from "./git-store.ts";
import { BASELINE_BRANCH, BASELINE_REF, branchPlace, refPlace } from "./places.ts";
import type { BaselineStore } from "./store.ts";

/**
 * Recordings on a ref of `origin` that is neither branch nor tag. Until the ref is there, a default branch that is there goes on being read and written:
 * half a history is none.
 */
export function createRefStore(ports: GitStorePorts, ref = BASELINE_REF): BaselineStore {
  const own = refPlace(ref);
  return createGitStore(ports, [own, branchPlace(BASELINE_BRANCH)], own);
}
