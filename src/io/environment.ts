/**
 * The names that never reach a child: tokens, the runner's own credentials and addresses, the action's inputs, and the
 * files through which a step speaks to the runner. Everything else stays, GITHUB_SHA and the like included. Windows
 * compares names without case, so do we.
 *
 * Source: the variables that the runner adds for JavaScript actions (`NodeScriptActionHandler.cs`,
 * `FileCommandManager.cs`).
 */
const WITHHELD: readonly RegExp[] = [
  /^(GITHUB|GH)_(ENTERPRISE_)?TOKEN$/i,
  /^ACTIONS_(RUNTIME|ID_TOKEN|CACHE)_/i,
  /^ACTIONS_(RESULTS_URL|ORCHESTRATION_ID)$/i,
  /^INPUT_/i,
  /^OTEL_EXPORTER_OTLP_(METRICS_)?HEADERS$/i,
  /^GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$/i,
  /^GITHUB_ARTIFACTS/i,
];

/**
 * The environment that a child process may see: `env` without secrets and without the runner's internals. It keeps
 * honest programs from leaking what they should not have; it is no wall against code that hunts through the memory of
 * its parent.
 */
export function childEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !WITHHELD.some((pattern) => pattern.test(name))) kept[name] = value;
  }
  return kept;
}
