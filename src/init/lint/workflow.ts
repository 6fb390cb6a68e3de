import { duration } from "../../config/fields.ts";
import { readYaml, type YamlSource } from "../../config/source.ts";
import { GateError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { matches } from "../../model/plan.ts";
import { type GateStep, gateSteps, lacks, mapping, type Path, runsOn, triggersOf, uses } from "./gate-step.ts";
import type { Mistake, SetupFacts, SetupFile } from "./mistake.ts";

/** What one rule says of a step: where, what is wrong and what mends it. */
type Finding = readonly [path: Path, problem: string, remedy: string];
type Rule = (
  gate: GateStep,
  facts: SetupFacts & { readonly timeBudget: number | null; readonly hasSetup: boolean },
) => readonly Finding[];

/** More minutes than this no job gets on GitHub's own runners. */
const LONGEST_JOB = 360;

/** The rules by name, in the order in which their findings are told. */
const RULES: Readonly<Record<string, Rule>> = {
  "unknown-input": ({ with: given, stepPath }, { inputs }) =>
    Object.keys(given)
      .filter((name) => !inputs.includes(name))
      .map((name) => {
        const near = nearest(name, inputs);
        return [
          [...stepPath, "with", name],
          `There is no input "${name}"`,
          near === null ? "Remove it" : `Did you mean "${near}"?`,
        ];
      }),
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
  "cannot-fail": ({ step, stepPath, job, jobPath, with: given }) => {
    const findings: Finding[] = [];
    const remedy = "Remove it once you trust the gate: `on-inconclusive` is for doubts";
    if (step["continue-on-error"] === true)
      findings.push([[...stepPath, "continue-on-error"], "A regression leaves this job green", remedy]);
    if (job["continue-on-error"] === true)
      findings.push([[...jobPath, "continue-on-error"], "A regression leaves this workflow green", remedy]);
    if (given.fail === false || given.fail === "false")
      findings.push([[...stepPath, "with", "fail"], "A regression leaves this step green", remedy]);
    return findings;
  },
  "job-too-short": ({ job, jobPath, with: given }, { timeBudget }) => {
    const minutes = typeof job["timeout-minutes"] === "number" ? job["timeout-minutes"] : LONGEST_JOB;
    const budget = minutesOf(given["time-budget"]) ?? (timeBudget === null ? null : timeBudget / 60);
    return budget !== null && budget >= minutes
      ? [
          [
            [...jobPath, "timeout-minutes"],
            `The job ends after ${minutes} minutes, and the time budget alone is ${Math.round(budget)}`,
            "Give the job more time than time-budget, setup and builds together",
          ],
        ]
      : [];
  },
  "no-job-limit": ({ job, jobPath }) =>
    job["timeout-minutes"] === undefined && job.uses === undefined
      ? [[jobPath, "Nothing ends this job before six hours are over", "Add `timeout-minutes: 30`"]]
      : [],
  "matrix-without-cell": ({ job, with: given, stepPath }) =>
    mapping(job.strategy).matrix !== undefined && given.cell === undefined && given["fan-in"] === undefined
      ? [
          [
            stepPath,
            "The jobs of a matrix share one history and one comment",
            "Add `cell: ${{ matrix.os }}`, or whatever tells them apart",
          ],
        ]
      : [],
  "installed-outside-setup": ({ with: given, steps, stepPath }, { hasSetup }) => {
    const index = steps.findIndex(({ run }) => /\bpip3? install\b.*(\s-e\b|\s\.(\s|\[|$))/m.test(String(run ?? "")));
    if (index < 0 || hasSetup || given.setup !== undefined || given.config !== undefined) return [];
    return [
      [
        [...stepPath.slice(0, -1), index],
        "The base side may import the pull request's code: it is installed once, for both",
        "Install it in `setup`, into an environment of each side's own",
      ],
    ];
  },
  "no-setup": ({ with: given, steps, stepPath }, { hasSetup, paths }) => {
    const lock = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"].find((file) => paths.includes(file));
    const installs = steps.some(({ run }) =>
      String(run ?? "")
        .split("\n")
        .some((line) => /\b(npm (ci|install|i)|pnpm (i|install)|yarn)\b(?!.*\s(-g|--global)\b)/.test(line)),
    );
    // Another configuration may hold the setup, and is not read here.
    const isOpen = ["setup", "fan-in", "config"].every((name) => given[name] === undefined);
    return lock !== undefined && installs && !hasSetup && isOpen
      ? [
          [
            stepPath,
            `Only the pull request's tree gets what ${lock} names: the base is measured in a tree of its own, without it`,
            "Add `setup: npm ci` to the step, or to benchgate.yml",
          ],
        ]
      : [];
  },
};

/**
 * The names of the rules for workflows.
 *
 * @internal Exported for its tests.
 */
export const WORKFLOW_RULES = Object.keys(RULES);

/** What is wrong with a workflow that runs the gate; nothing where it runs none. A file that is not YAML is a mistake of its own. */
export function lintWorkflow({ file, text }: SetupFile, facts: Parameters<Rule>[1]): readonly Mistake[] {
  if (!/benchgate@/.test(text)) return [];
  const source = sourceOf(text, file);
  if (!("value" in source)) return [source];
  return gateSteps(source.value).flatMap((gate) =>
    Object.entries(RULES).flatMap(([rule, check]) =>
      check(gate, facts).map(([path, problem, remedy]) => ({ rule, problem, remedy, position: placeOf(source, path) })),
    ),
  );
}

function placeOf(source: YamlSource, path: Path): Mistake["position"] {
  const { path: _, ...position } = source.position(path);
  return position;
}

function sourceOf(text: string, file: string): YamlSource | Mistake {
  try {
    return readYaml(text, file);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { problem, remedy, position } = error;
    return { rule: "not-yaml", problem, remedy, position };
  }
}

/** A time budget in minutes; null where there is none, or none that can be read: the action itself refuses that. */
function minutesOf(value: unknown): number | null {
  try {
    return value === undefined ? null : duration(value) / 60;
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}
