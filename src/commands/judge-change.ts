import { type Against, gate } from "../gate.ts";
import * as step from "../io/action-io.ts";
import { createGitHub } from "../io/github.ts";
import { GateError } from "../model/error.ts";
import { countVerdicts, type Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { publishComment } from "../publish.ts";
import { annotations } from "../report/annotations.ts";
import { PLAIN } from "../report/ink.ts";
import { resultJson } from "../report/json.ts";
import { commentBody, summaryMarkdown } from "../report/markdown.ts";
import { messageLine } from "../report/messages.ts";
import { marker } from "../report/sticky.ts";
import { exitCodeOf } from "./exit-code.ts";
import { reproduceLine } from "./reproduce.ts";
import { gateOf, keep, request, type Step } from "./workflow-step.ts";

/** Measures a change, judges it, and says so everywhere. Resolves to the exit code. */
export async function judgeChange(prepared: Step): Promise<number> {
  const { ports, log, inputs, event, plan, planWarnings, candidate, signal } = prepared;
  const against = await againstWhat(prepared);
  const gated = await gate(ports, { plan, candidate, against, ...request(event, log), only: null, signal });
  const outcome: Outcome = { ...gated.outcome, warnings: [...planWarnings, ...gated.outcome.warnings] };

  // Everything that cannot fail comes before the calls that can: GitHub being down changes no verdict.
  const now = ports.clock.now().toISOString();
  const key = `${event.workflow}/${event.job}${event.step}`;
  const options = {
    now,
    ...(event.baseSha === undefined ? {} : { reproduce: reproduceLine(event.baseSha.slice(0, 12), inputs) }),
  };
  const summary = summaryMarkdown(outcome, options);
  step.writeSummary(summary);
  const counts = countVerdicts(outcome.judgements);
  step.setOutputs({
    outcome: outcome.outcome,
    verdicts: await keep(ports, "result.json", resultJson(outcome)),
    regressions: counts.regression,
    improvements: counts.improvement,
    inconclusive: counts.inconclusive,
    report: "",
    summary: await keep(ports, "summary.md", summary),
  });
  for (const annotation of annotations(outcome)) step.annotate(annotation);
  for (const { failure } of outcome.judgements) if (failure !== null) log.quote(failure.output);

  const body = commentBody(outcome, {
    marker: marker(key),
    links: { run: `${event.serverUrl}/${event.repository.owner}/${event.repository.repo}/actions/runs/${event.runId}` },
    ...options,
  });
  for (const warning of await comment(prepared, key, body, changed(outcome))) log.warn(messageLine(warning, PLAIN));
  return inputs.fail ? exitCodeOf(outcome) : 0;
}

async function againstWhat({ ports, plan, event, store }: Step): Promise<Against> {
  const base = event.kind === "push" ? undefined : event.baseSha;
  if (plan.compare !== "side-by-side") return { kind: "stored", store, gate: gateOf(event), from: base ?? event.sha };
  const revision = base === undefined ? null : await ports.git.revision(base);
  if (revision === null) {
    throw new GateError(
      "There is no base revision to measure side by side",
      "Use `compare: side-by-side` on pull requests, with `fetch-depth: 0` for actions/checkout.",
    );
  }
  return { kind: "side-by-side", revision: { ...revision, ref: event.baseRef ?? revision.ref } };
}

async function comment(
  { inputs, event }: Step,
  key: string,
  body: string,
  changed: boolean,
): Promise<readonly Warning[]> {
  if (event.pull === undefined || inputs.comment === "never") return [];
  if (inputs.token === "")
    return [{ code: "forbidden", action: "comment on the pull request", permission: "pull-requests: write" }];
  const github = createGitHub({ token: inputs.token, repository: event.repository, apiUrl: event.apiUrl });
  return publishComment(github, { pull: event.pull, key, body, when: inputs.comment, changed });
}

/** Whether a reviewer has something to see: anything but benchmarks that are all as they were. */
function changed({ judgements, baseline }: Outcome): boolean {
  return (
    baseline.kind === "none" ||
    judgements.some(({ verdict, severity }) => verdict !== "unchanged" && severity === "gate")
  );
}
