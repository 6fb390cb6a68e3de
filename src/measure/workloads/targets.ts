import { GateError } from "../../model/error.ts";
import type { SuiteNote } from "../../model/measurement.ts";
import type { Targets } from "../../model/plan.ts";
import { type Execution, oneByOne, type Runner, type SlotResult, suiteFailure } from "../execution.ts";

/** How long a deployment may take to answer, in seconds. */
const PATIENCE = 10;
/** From this status on a deployment does not work. */
const BROKEN = 500;

/** A target with its variables in place. */
interface Target {
  readonly side: keyof Targets;
  readonly url: string;
  /** Scheme, host and port: what is told of it. */
  readonly origin: string;
}

/**
 * Runs a load against deployments that are there, one side after the other, each as $BENCHGATE_URL. The load itself is the candidate's on both sides: what is
 * compared is deployed. Before each turn both must answer; that they are two, and no more than that, is said.
 */
export function againstTargets(targets: Targets, run: (execution: Execution) => Promise<SlotResult>): Runner {
  return async (executions) => {
    const [first] = executions;
    if (first === undefined) return [];
    const found = targetsIn(targets, executions);
    if (found instanceof GateError) {
      return executions.map(({ suite }) => ({ ...suiteFailure(suite, `${found.message}.`), refusal: found }));
    }
    const silent = await silentOf(first, found);
    if (silent !== null) return executions.map(({ suite }) => suiteFailure(suite, silent));
    const { cwd } = executions.find(({ side }) => side === "candidate") ?? first;
    const sent = executions.map((execution): Execution => {
      const { url } = found.find(({ side }) => side === sideOf(execution))!;
      return { ...execution, cwd, env: { ...execution.env, BENCHGATE_URL: url } };
    });
    const results = await oneByOne(run)(sent);
    const notes = await notesOn(first, found);
    return results.map((result) => ({ ...result, notes: [...(result.notes ?? []), ...notes] }));
  };
}

/** The control is the candidate's deployment once more. */
function sideOf({ side }: Execution): keyof Targets {
  return side === "baseline" ? "baseline" : "candidate";
}

/** The targets of the sides that are measured; the error that its author has to mend. */
function targetsIn(targets: Targets, executions: readonly Execution[]): readonly Target[] | GateError {
  const [{ ports }] = executions as [Execution];
  try {
    // In one order whatever the turn's, so that all rounds say the same.
    const sides = [...new Set(executions.map(sideOf))].sort();
    const found = sides.map((side) => targetOf(side, targets[side], (name) => ports.host.variable?.(name)));
    const [a, b] = found;
    if (b === undefined || requested(a!.url) !== requested(b.url)) return found;
    return new GateError(
      `Both targets are ${a!.origin}, the same deployment: nothing would be compared`,
      "Deploy both revisions. To compare a deployment with itself, add `control: true`, which measures the candidate twice",
      { path: "targets" },
    );
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
}

function targetOf(side: keyof Targets, written: string, variable: (name: string) => string | undefined): Target {
  const place = { path: `targets.${side}` };
  const text = written.replace(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain!;
    const value = variable(name)?.trim();
    if (value) return value;
    throw new GateError(
      `There is no variable ${name}, which is to hold the URL of the ${side}`,
      `Set it for this step, as in \`env: { ${name}: \${{ needs.deploy.outputs.url }} }\``,
      place,
    );
  });
  // URL takes anything with a colon; what is measured speaks HTTP.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol))
    return { side, url: url.href.replace(/\/$/, ""), origin: url.origin };
  throw new GateError(
    `The ${side}'s target is not a URL: it begins with ${JSON.stringify(text.slice(0, 8))}`,
    "Give one with its scheme, such as https://base.example.com",
    place,
  );
}

/** What a server is asked for: it never sees a fragment. */
function requested(url: string): string {
  return url.replace(/#.*$/, "").replace(/[/?]+$/, "");
}

/** Why nothing can be measured where a deployment does not answer, or says that it does not work; null where both do. */
async function silentOf({ ports: { network } }: Execution, targets: readonly Target[]): Promise<string | null> {
  const answers = await Promise.all(targets.map(({ url }) => network.status(url, PATIENCE)));
  for (const [index, status] of answers.entries()) {
    const { side, origin } = targets[index]!;
    if (status === null)
      return `the ${side}'s deployment at ${origin} does not answer within ${PATIENCE} s. See whether it is up, and reachable from this runner.`;
    if (status >= BROKEN)
      return `the ${side}'s deployment at ${origin} answers with ${status}. See its own logs: it must work before it is measured.`;
  }
  return null;
}

/** What a reader must know of a comparison of deployments. */
async function notesOn(
  { suite, ports: { network } }: Execution,
  targets: readonly Target[],
): Promise<readonly SuiteNote[]> {
  const [a, b] = targets;
  if (b === undefined) return [];
  const machines: SuiteNote = {
    suite,
    benchmark: "*",
    sentence: `the sides are deployments of their own, ${a!.origin} and ${b.origin}, and what their machines differ by counts as change`,
    remedy:
      "deploy both on equal machines, and add `control: true`, which shows what one deployment differs from itself by",
  };
  const [here, there] = await Promise.all([network.addresses(a!.url), network.addresses(b.url)]);
  const shared = here.filter((address) => there.includes(address));
  if (shared.length === 0 || portOf(a!.url) !== portOf(b.url)) return [machines];
  const same: SuiteNote = {
    suite,
    benchmark: "*",
    sentence: `both targets lead to one address, ${shared[0]} port ${portOf(a!.url)}: whatever is there may send both to one deployment`,
    remedy: "see that it tells them apart by host name or path",
  };
  return [machines, same];
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === "https:" ? "443" : "80");
}
