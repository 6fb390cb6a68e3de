import { createGitStore, type GitStorePorts } from "./git-store.ts";
import { BASELINE_BRANCH, BASELINE_REF, branchPlace, refPlace } from "./places.ts";
import type { BaselineStore } from "./store.ts";

/** Recordings on an orphan branch of `origin`. Those of the default branch may have been moved to the default ref: where that is there it is the one in use. */
export function createBranchStore(ports: GitStorePorts, branch = BASELINE_BRANCH): BaselineStore {
  const own = branchPlace(branch);
  return createGitStore(ports, branch === BASELINE_BRANCH ? [refPlace(BASELINE_REF), own] : [own], own);
}
