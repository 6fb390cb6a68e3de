import { GateError } from "../model/error.ts";
import type { Targets, Workload } from "../model/plan.ts";
import { unfit } from "./command.ts";
import { quote } from "./scalars.ts";
import type { WrittenSuite } from "./schema.ts";

/** The deployments that a suite puts under load, or null. Throws with the offending key as `path`. */
export function targetsOf({ targets, serve }: WrittenSuite, kind: Workload["kind"]): Targets | null {
  if (targets === undefined) return null;
  if (kind !== "run") throw unfit("targets", "a `run`");
  if (serve !== undefined) {
    throw new GateError("targets cannot be combined with serve: what is deployed is not started", "Keep one of them", {
      path: "targets",
    });
  }
  for (const url of [targets.baseline, targets.candidate]) checkTarget(url);
  if (targets.baseline === targets.candidate) {
    throw new GateError(
      "Both targets are the same: nothing would be compared",
      "Deploy both revisions. To compare a deployment with itself, add `control: true`, which measures the candidate twice",
      { path: "targets" },
    );
  }
  return targets;
}

/** What may stand where a scheme is: `http://…`, or a variable that holds the whole of it. */
const URL_OR_VARIABLE = /^(?:https?:\/\/\S+|\$\{?[A-Za-z_]\w*\}?\S*)$/;

function checkTarget(url: string): void {
  if (URL_OR_VARIABLE.test(url)) return;
  throw new GateError(
    `${quote(url)} is not the URL of a deployment`,
    "Write it like https://base.example.com, or name a variable that holds it: $BASE_URL",
    { path: "targets" },
  );
}
