import { lacks, mapping, runsOn, uses } from "./gate-step.ts";
import type { Finding, Rules } from "./rule.ts";

/** The rules for what a job has at hand: the history, actions of others, and a token with its permissions. */
export const ACCESS_RULES: Rules = {
  "fetch-depth": ({ steps, stepPath, with: given }) => {
    if (given["fan-in"] !== undefined) return [];
    const index = steps.findIndex(
      (step) => uses(step).startsWith("actions/checkout") && mapping(step.with).repository === undefined,
    );
    if (index < 0)
      return [
        [stepPath, "Nothing checks the repository out before this step", "Add actions/checkout with fetch-depth: 0"],
      ];
    const depth = mapping(steps[index]!.with)["fetch-depth"];
    if (depth === 0 || depth === "0") return [];
    return [
      [
        [...stepPath.slice(0, -1), index],
        "The checkout has no history, so that no baseline can be found and the base commit is not here",
        "Add `fetch-depth: 0` to actions/checkout",
      ],
    ];
  },
  "persisted-credentials": ({ steps, stepPath }) =>
    steps.flatMap((step, index): readonly Finding[] => {
      const { "persist-credentials": persisted } = mapping(step.with);
      if (!uses(step).startsWith("actions/checkout") || persisted === false || persisted === "false") return [];
      return [
        [
          [...stepPath.slice(0, -1), index],
          "The checkout leaves the token in .git/config, where a benchmark of the pull request can read it",
          "Add `persist-credentials: false` to actions/checkout",
        ],
      ];
    }),
  "unpinned-action": ({ steps, stepPath }) =>
    steps.flatMap((step, index): readonly Finding[] => {
      const [, version] = /^[^@]+@(.*)$/.exec(uses(step)) ?? [];
      const isLocal = uses(step) === "" || uses(step).startsWith(".") || uses(step).startsWith("docker:");
      if (isLocal || (version !== undefined && !/^(main|master|HEAD|latest|develop|trunk)$/.test(version))) return [];
      return [
        [
          [...stepPath.slice(0, -1), index, "uses"],
          `${uses(step)} is whatever its branch holds on the day`,
          "Pin it to a release (@v1) or a commit",
        ],
      ];
    }),
  "no-contents-permission": (gate) => {
    if (!runsOn(gate, "push") || gate.with["baseline-store"] === "directory" || gate.with["fan-in"] !== undefined)
      return [];
    return lacks(gate, "contents", "write")
      ? [[gate.jobPath, "A push may not store its baseline", "Add `contents: write` to permissions"]]
      : [];
  },
  "no-comment-permission": (gate) => {
    if (!runsOn(gate, "pull_request") || gate.with.comment === "never") return [];
    return lacks(gate, "pull-requests", "write")
      ? [
          [
            gate.jobPath,
            "The token may not comment on pull requests",
            "Add `pull-requests: write` to permissions, or `comment: never`",
          ],
        ]
      : [];
  },
  "no-status-permission": (gate) =>
    gate.with.status === true || gate.with.status === "true"
      ? lacks(gate, "statuses", "write")
        ? [[gate.jobPath, "The token may not set a status", "Add `statuses: write` to permissions"]]
        : []
      : [],
  "no-issue-permission": (gate) =>
    gate.with.alert === "issue" && lacks(gate, "issues", "write")
      ? [[gate.jobPath, "The token may not open an issue", "Add `issues: write` to permissions"]]
      : [],
  "broad-permissions": ({ workflow, job, jobPath }) =>
    [job.permissions ?? workflow.permissions].includes("write-all")
      ? [
          [
            job.permissions === undefined ? ["permissions"] : [...jobPath, "permissions"],
            "The code of a pull request runs next to a token that may write everything",
            "Name the permissions: contents and pull-requests",
          ],
        ]
      : [],
};
