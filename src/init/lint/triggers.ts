import { matches } from "../../model/plan.ts";
import { mapping, runsOn, triggersOf } from "./gate-step.ts";
import type { Rules } from "./rule.ts";

/** The rules for what starts a workflow, and what ends it early. */
export const TRIGGER_RULES: Rules = {
  "path-filter": ({ workflow }) => {
    const trigger = mapping(triggersOf(workflow).pull_request);
    const key = ["paths", "paths-ignore"].find((each) => trigger[each] !== undefined);
    return key === undefined
      ? []
      : [
          [
            ["on", "pull_request", key],
            "A pull request that fits no path never starts this check, and waits for ever where it is required",
            "Remove the filter: what cannot have changed is decided quickly",
          ],
        ];
  },
  "pull-request-target": (gate) => {
    if (!runsOn(gate, "pull_request_target")) return [];
    const isHead = gate.steps.some((step) => /pull_request\.head|head_ref/.test(JSON.stringify(step.with ?? {})));
    return isHead
      ? [
          [
            ["on", "pull_request_target"],
            "The code of strangers runs with this repository's token",
            "Use `pull_request`, and the workflow of docs/forks.md for comments on forks",
          ],
        ]
      : [];
  },
  "never-on-pull-requests": (gate) =>
    ["pull_request", "pull_request_target", "merge_group", "workflow_run", "workflow_call"].some((event) =>
      runsOn(gate, event),
    )
      ? []
      : [[["on"], "No pull request is ever judged", "Add `pull_request:` to `on`"]],
  "never-recorded": (gate, { branch }) => {
    if (
      gate.with.compare === "side-by-side" ||
      gate.with["fan-in"] !== undefined ||
      runsOn(gate, "workflow_call") ||
      runsOn(gate, "workflow_run")
    )
      return [];
    const push = triggersOf(gate.workflow).push;
    if (push === undefined && !runsOn(gate, "schedule") && gate.with.compare === "stored")
      return [
        [["on"], "`compare: stored` needs baselines, and no push records one", "Add `push: { branches: [main] }`"],
      ];
    const branches = mapping(push).branches;
    if (branch === null || !Array.isArray(branches) || branches.some((each) => matches(String(each), branch)))
      return [];
    return [
      [
        ["on", "push", "branches"],
        `Pull requests go to ${branch}, whose pushes are not among these: nothing is recorded`,
        `Add ${branch}`,
      ],
    ];
  },
  "cancelled-recording": ({ workflow, job, jobPath }) => {
    const own = job.concurrency !== undefined;
    const { group, "cancel-in-progress": cancel } = mapping(own ? job.concurrency : workflow.concurrency);
    // A push whose group has a name of its own is ended by none.
    const isAlone = /github\.(run_id|sha)\b/.test(String(group));
    return cancel === true && !isAlone && triggersOf(workflow).push !== undefined
      ? [
          [
            [...(own ? jobPath : []), "concurrency", "cancel-in-progress"],
            "A push ends the recording of the push before it, whose baseline is lost",
            "Write `cancel-in-progress: ${{ github.event_name == 'pull_request' }}`",
          ],
        ]
      : [];
  },
};
