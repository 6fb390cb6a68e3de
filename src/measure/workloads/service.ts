import { keyOf } from "../../model/key.ts";
import { type Measurement, SERVICE_BENCHMARK } from "../../model/measurement.ts";
import { identityOf } from "../../model/metric.ts";
import { commandText, type Service } from "../../model/plan.ts";
import type { Network, Usage } from "../../ports/index.ts";
import { type Execution, type Runner, type SlotResult, suiteFailure, withinBudget } from "../execution.ts";
import { ask } from "./readiness.ts";
import { type Started, startService, type UpService } from "./service-start.ts";
import { warmUp } from "./warmup.ts";

/** Said of a service that runs elsewhere, such as behind the client of a container engine. */
const ELSEWHERE = {
  benchmark: SERVICE_BENCHMARK,
  sentence:
    "what the service takes is not measured, because no process that `serve` started listens on its port: it runs elsewhere",
  remedy: "have `serve` start the service itself, not a client of what runs it, where its CPU time and memory matter",
} as const;

/** How long a question to a service that should be gone may take, in seconds. */
const LAST_QUESTION = 1;

/** What is done to a service that is up. */
interface Load {
  run(execution: Execution): Promise<SlotResult>;
  /** Whether one whole execution before the one that counts is thrown away. */
  readonly warmup: boolean;
}

/**
 * Runs a load against a service that is started anew for each round: each side's service in that side's tree, on ports of its own. All
 * start at the same time, so that none is older than another, and are up while the loads take turns, so that each has the same neighbours.
 * All are stopped before the results are given. Services that have a port of their own are up one after the other instead, each for its own load alone.
 *
 * Note: a round has one burst a side. Several, merged, would need raw samples of every tool; shorter rounds and more of them say more.
 */
export function underLoad(service: Service, load: Load): Runner {
  const together = upTogether(service, load);
  if (service.fixedPort === undefined) return together;
  return async (executions) => {
    const results: SlotResult[] = [];
    for (const each of executions) for (const result of await together([withinBudget(each)])) results.push(result);
    return results;
  };
}

function upTogether(service: Service, load: Load): Runner {
  return async (executions) => {
    const [first] = executions;
    if (first === undefined) return [];
    const ports = await portsFor(service, executions.length, first.ports.network);
    const attempts = await Promise.allSettled(
      executions.map((execution, index) =>
        startService(service, execution, ports.slice(index * service.ports, (index + 1) * service.ports)),
      ),
    );
    const started = attempts.flatMap((each): Started[] => (each.status === "fulfilled" ? [each.value] : []));
    const results: SlotResult[] = [];
    try {
      for (const each of attempts) if (each.status === "rejected") throw each.reason;
      for (const each of started)
        results.push(
          "failed" in each
            ? each.failed
            : await burst(service, load, { ...each, execution: withinBudget(each.execution) }),
        );
    } finally {
      await Promise.all(started.map((each) => ("failed" in each ? undefined : each.running.stop())));
    }
    return Promise.all(results.map((result, index) => withLeftovers(service, started[index]!, result)));
  };
}

/** The ports of so many services, one service's after the other's. */
async function portsFor({ ports, fixedPort }: Service, services: number, network: Network): Promise<readonly number[]> {
  if (fixedPort === undefined) return network.freePorts(services * ports);
  // One more than it needs, since the fixed one is free as well.
  const others = ports > 1 ? await network.freePorts(ports) : [];
  return [fixedPort, ...others.filter((port) => port !== fixedPort).slice(0, ports - 1)];
}

/** One load on one side, with what the service took meanwhile. */
async function burst(service: Service, load: Load, up: UpService): Promise<SlotResult> {
  const { running, execution } = up;
  if (execution.signal?.aborted) return suiteFailure(execution.suite, "interrupted.");
  const warm = load.warmup ? await warmUp(load.run, execution) : { failed: null, rest: execution };
  const mine = running.listens(up.ports);
  const before = running.usage();
  const result = warm.failed ?? (await load.run(warm.rest));
  const after = running.usage();
  const ended = await Promise.race([running.exited, null]);
  if (ended !== null && !execution.signal?.aborted) {
    const how = ended.signal === null ? `exited with code ${ended.exitCode}` : `was ended by ${ended.signal}`;
    const remedy = "See the end of its output; it must run until it is stopped";
    return suiteFailure(
      execution.suite,
      `the service \`${commandText(service.serve)}\` ${how} under load. ${remedy}.`,
      {
        output: running.tail(),
      },
    );
  }
  if (result.measurements.length === 0) return withWords(result, running.tail());
  if (mine === false) {
    return { ...result, notes: [...(result.notes ?? []), { ...ELSEWHERE, suite: execution.suite }] };
  }
  return { ...result, measurements: withUsage(result.measurements, execution.suite, before, after) };
}

/** The load's failures with the service's last lines below the load's own: often only the service knows why. */
function withWords(result: SlotResult, words: string): SlotResult {
  if (words === "") return result;
  const quote = (output: string) => [output, "the service:", words].filter((part) => part !== "").join("\n");
  return { ...result, failures: result.failures.map((each) => ({ ...each, output: quote(each.output) })) };
}

/** CPU time of this burst alone, and the peak of the service since it was started. What the tool itself says of them comes first. */
function withUsage(
  measurements: readonly Measurement[],
  suite: string,
  before: Usage | null,
  after: Usage | null,
): readonly Measurement[] {
  if (before === null || after === null) return measurements;
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  const common = { suite, benchmark: SERVICE_BENCHMARK } as const;
  const value = (value: number) => ({ kind: "value", value, exact: false }) as const;
  const own: Measurement[] = [
    { ...common, ...identityOf("memory"), distribution: value(after.peakMemory) },
    // A worker that ended and that nobody waited for has taken its time with it: what is left is not the burst's.
    ...(cpuSeconds < 0
      ? []
      : [
          {
            ...common,
            ...identityOf("cpu-time"),
            distribution: value(cpuSeconds),
            resolution: after.resolution,
          },
        ]),
  ];
  const key = ({ benchmark, metric }: Measurement) => keyOf(benchmark, metric);
  const given = new Set(measurements.map(key));
  return [...measurements, ...own.filter((each) => !given.has(key(each)))];
}

/** The result, and a failure beside it where somebody still answers after the service was stopped: the next round must not meet it. */
async function withLeftovers(service: Service, started: Started, result: SlotResult): Promise<SlotResult> {
  if ("failed" in started) return result;
  const { execution, ready } = started;
  const answer = await ask(execution.ports.network, ready, LAST_QUESTION);
  if (answer === null) return result;
  const problem = `the service \`${commandText(service.serve)}\` was stopped, and ${ready.url} still answers`;
  const reason = `${problem}: a process has left its group. Have \`serve\` run the service in the foreground, not as a daemon.`;
  const failure = { suite: execution.suite, benchmark: SERVICE_BENCHMARK, reason, output: started.running.tail() };
  return { ...result, failures: [...result.failures, failure] };
}
