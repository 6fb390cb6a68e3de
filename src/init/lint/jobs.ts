import { duration } from "../../config/fields.ts";
import { GateError } from "../../model/error.ts";
import { mapping } from "./gate-step.ts";
import type { Finding, Rules } from "./rule.ts";

/** More minutes than this no job gets on GitHub's own runners. */
const LONGEST_JOB = 360;

/** The rules for a job around the gate: how it fails, how long it has, and what it installs. */
export const JOB_RULES: Rules = {
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

/** A time budget in minutes; null where there is none, or none that can be read: the action itself refuses that. */
function minutesOf(value: unknown): number | null {
  try {
    return value === undefined ? null : duration(value) / 60;
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}
