import { runAction } from "../../src/action/main.ts";
import type { GateError } from "../../src/model/error.ts";
import type { LockstepPlan } from "../../src/model/lockstep.ts";
import { matches } from "../../src/model/plan.ts";
import type { ActionEvent, Interrupt, Ports, ProcessSpec } from "../../src/ports/index.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { MACHINE } from "../builders.ts";
import { fakeClock } from "../fakes/clock.ts";
import { memoryFiles } from "../fakes/files.ts";
import { type FakeGit, fakeGit } from "../fakes/git.ts";
import { type FakeGitHubPort, fakeGitHubPort } from "../fakes/github-port.ts";
import { fakeNetwork } from "../fakes/network.ts";
import { fakeProcesses } from "../fakes/processes.ts";
import { fakeStep, type Said } from "../fakes/step.ts";

/** The costs of the benchmarks of a tree, in seconds by name; a word is the reason for which one fails. */
export type Costs = Readonly<Record<string, number | string>>;

/** Four benchmarks at their usual costs. */
export const FOUR: Costs = { parse: 0.05, render: 0.06, hash: 0.07, sort: 0.08 };

const ROOT = "/repo";
const HARNESS = "/dist/harness.js";
const COSTS = "costs.json";
const REPOSITORY = "octo-org/octo-repo";

/** What a run of the step is told beside its event. */
export interface Run {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Overrides what the event says of itself. */
  readonly event?: Partial<ActionEvent> | GateError;
  readonly variables?: readonly string[];
  /** Called before each process with the number of those before it. */
  readonly onProcess?: (index: number, interrupt: (code: number) => void) => void | Promise<void>;
  /** The folder that gets what an upload of the step's folder would take. */
  readonly upload?: string;
  /** What benchmarks cost on deployments, by the URL of each. */
  readonly deployed?: Readonly<Record<string, Costs>>;
  /** A command that exits with code 1. */
  readonly failing?: string;
  /** Why there is no way to ask GitHub. */
  readonly noWay?: GateError;
  /** Why the page of the HTML report cannot be made. */
  readonly noPage?: GateError;
  /** Why a collector does not get what is sent to it. */
  readonly unsent?: string;
}

/** How a run of the step ended, and what it has said. */
export interface Ran extends Said {
  readonly code: number;
  /** The JSON result; null where there is none. */
  readonly result: {
    readonly outcome: string;
    readonly verdicts: readonly {
      readonly suite: string;
      readonly benchmark: string;
      readonly statistic: string;
      readonly verdict: string;
      readonly severity: string;
      readonly paired: boolean;
      readonly threshold: number | null;
    }[];
    readonly warnings: readonly { readonly code: string }[];
  } | null;
  /** What a named verdict of a benchmark's p50 is, by `suite/benchmark`. */
  readonly p50: Readonly<Record<string, string>>;
  /** What a collector of metrics was sent. */
  readonly sent: readonly { readonly url: string; readonly body: string }[];
  /** The commands that were started, and where. */
  readonly started: readonly Pick<ProcessSpec, "argv" | "cwd">[];
}

/** A repository with its workflow, in memory: the action runs in this process, on fakes of everything that it reaches. */
export interface Scene {
  readonly git: FakeGit;
  readonly github: FakeGitHubPort;
  readonly files: Map<string, string>;
  /** A push to main of these costs and files, and what the step makes of it. */
  push(costs: Costs, files?: Readonly<Record<string, string>>, run?: Run): Promise<Ran>;
  /** Opens a pull request against main. */
  open(costs: Costs, files?: Readonly<Record<string, string>>, from?: { readonly fork?: boolean }): Pull;
  /** Runs the step on an event, in a tree. */
  act(event: ActionEvent, tree: string, run?: Run): Promise<Ran>;
}

/** A pull request of a scene. */
export interface Pull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  readonly event: ActionEvent;
  /** Runs the step on it. */
  judge(run?: Run): Promise<Ran>;
  /** Another commit on its branch. */
  commit(costs: Costs, files?: Readonly<Record<string, string>>): Pull;
  /** The comments that the gate has left there. */
  comments(): readonly string[];
}

/** What every event of the workflow has. */
export function anEvent(parts: Partial<ActionEvent>): ActionEvent {
  return {
    kind: "push",
    name: parts.kind ?? "push",
    ref: "refs/heads/main",
    sha: "",
    defaultBranch: "main",
    fork: false,
    repository: { owner: "octo-org", repo: "octo-repo" },
    serverUrl: "https://github.com",
    apiUrl: "https://api.github.com",
    runId: "1234567890",
    attempt: 1,
    workflow: "Benchmarks",
    job: "bench",
    step: "",
    workflowRef: `${REPOSITORY}/.github/workflows/benchmarks.yml@refs/heads/main`,
    ...parts,
  };
}

/** A new scene: main holds one commit with `FOUR`, and nothing is stored. */
export function aScene(): Scene {
  const git = fakeGit(ROOT);
  const github = fakeGitHubPort();
  const files = new Map<string, string>();
  let runs = 0;
  git.branches.set("main", git.commit(null, { [COSTS]: JSON.stringify(FOUR) }));

  /** The real folder of a tree, which a process runs in. */
  const costsIn = (cwd: string): Costs => {
    const sha = git.worktrees.get(cwd) ?? git.head;
    return JSON.parse(git.commits.get(sha)!.files.get(COSTS) ?? "{}") as Costs;
  };

  async function act(event: ActionEvent, tree: string, run: Run = {}): Promise<Ran> {
    runs += 1;
    git.head = tree;
    for (const path of [...files.keys()]) if (!path.startsWith("/")) files.delete(path);
    for (const [path, text] of git.commits.get(tree)!.files) files.set(path, text);
    const folder = `/runner/${runs}/benchgate`;
    const controller = new AbortController();
    let interrupted: number | null = null;
    const interrupt: Interrupt = { signal: controller.signal, exitCode: () => interrupted };
    const clock = fakeClock();
    const processes = fakeProcesses(async (spec, index) => {
      clock.pass(1);
      await run.onProcess?.(index, (code) => {
        interrupted = code;
        controller.abort();
      });
      if (run.failing !== undefined && spec.argv.includes(run.failing)) return { exitCode: 1, tail: "it failed" };
      if (spec.argv[1] === HARNESS) {
        const sides: LockstepPlan["sides"] = spec.input
          ? (JSON.parse(spec.input) as LockstepPlan).sides
          : [{ ...spec, env: spec.env ?? {}, timeLimit: 0 }];
        return harness(sides, files, (cwd, side) => answer(costsIn(cwd), 1000 * runs + 10 * index + side));
      }
      const url = spec.env?.BENCHGATE_URL;
      return answer(url === undefined ? costsIn(spec.cwd) : run.deployed![url]!, 1000 * runs + index);
    });
    const network = fakeNetwork((url) => (run.deployed?.[url] === undefined ? null : 200));
    const ports: Ports = {
      processes,
      // Modules lie in the tree that is checked out, and in the base's.
      files: {
        ...memoryFiles(files),
        glob: async (patterns) =>
          [...files.keys()].filter(
            (path) => !path.startsWith("/") && patterns.some((pattern) => matches(pattern, path)),
          ),
      },
      git,
      clock,
      host: { cwd: ROOT, harness: HARNESS, random: () => 0.5, environment: async () => MACHINE },
      network: run.unsent === undefined ? network : { ...network, otlp: async () => run.unsent! },
    };
    const inputs = { run: "bench", tool: "benchgate", threshold: "p50=20%", token: "a-token", ...run.inputs };
    const told = run.event instanceof Error ? run.event : { ...event, runId: String(9_000_000 + runs), ...run.event };
    const { step, said } = fakeStep({
      event: told,
      inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== "")),
      ...(run.variables && { variables: run.variables }),
      github: () => {
        if (run.noWay !== undefined) throw run.noWay;
        return github;
      },
      folder,
    });
    const code = await runAction({
      step,
      interrupt,
      ports: () => ports,
      pageProgram: async () => {
        if (run.noPage !== undefined) throw run.noPage;
        return {
          script: { text: "", hash: "sha256-A" },
          style: { text: "", hash: "sha256-B" },
          trend: { script: { text: "", hash: "" }, style: { text: "", hash: "" } },
        };
      },
    });
    if (run.upload !== undefined) {
      for (const [path, text] of [...files]) {
        if (path.startsWith(`${folder}/`)) files.set(`${run.upload}${path.slice(folder.length)}`, text);
      }
    }
    const result = JSON.parse(files.get(`${folder}/result.json`) ?? "null") as Ran["result"];
    const p50 = result?.verdicts.filter(({ statistic }) => statistic === "p50") ?? [];
    return {
      ...said,
      code,
      result,
      p50: Object.fromEntries(p50.map(({ suite, benchmark, verdict }) => [`${suite}/${benchmark}`, verdict])),
      sent: network.sent,
      started: processes.specs,
    };
  }

  function pullOf(number: number, base: string, head: string, fork: boolean): Pull {
    const ref = `change-${number}`;
    const repository = fork ? "mallory/octo-repo" : REPOSITORY;
    const entry = { number, head: { sha: head, ref, repository }, base: { sha: base, ref: "main" } };
    const index = github.pulls.findIndex((each) => each.number === number);
    github.pulls.splice(index < 0 ? github.pulls.length : index, 1, entry);
    const event = anEvent({
      kind: "pull_request",
      pull: number,
      baseSha: base,
      headSha: head,
      baseRef: "main",
      headRef: ref,
      ref: `refs/pull/${number}/merge`,
      sha: head,
      fork,
    });
    return {
      number,
      head,
      base,
      event,
      judge: (run) => act(event, head, run),
      commit: (costs, more = {}) =>
        pullOf(number, base, git.commit(head, { [COSTS]: JSON.stringify(costs), ...more }), fork),
      comments: () => github.told.filter(({ pull }) => pull === number).map(({ body }) => body),
    };
  }

  return {
    git,
    github,
    files,
    act,
    push(costs, more = {}, run = {}) {
      const before = git.branches.get("main")!;
      const sha = git.commit(before, { [COSTS]: JSON.stringify(costs), ...more });
      git.branches.set("main", sha);
      const event = anEvent({ baseSha: before, headSha: sha, baseRef: "main", headRef: "main", sha });
      return act(event, sha, run);
    },
    open(costs, more = {}, { fork = false } = {}) {
      const base = git.branches.get("main")!;
      const head = git.commit(base, { [COSTS]: JSON.stringify(costs), ...more });
      return pullOf(github.pulls.length + 1, base, head, fork);
    },
  };
}

/** What the benchmark program of a tree prints: a recording with 1 % of noise, drawn from a seed. */
function answer(costs: Costs, seed: number) {
  const random = xoshiro128(seed);
  const entries = Object.entries(costs);
  const crashed = entries.filter(([, cost]) => typeof cost === "string");
  const measurements = entries.flatMap(([benchmark, cost]) => {
    if (typeof cost === "string") return [];
    const level = cost * Math.exp(0.01 * gaussian(random));
    const samples = Array.from({ length: 9 }, () => level * Math.exp(0.01 * gaussian(random)));
    return [{ benchmark, metric: "latency", unit: "s", better: "lower", samples }];
  });
  const failures = crashed.map(([benchmark, reason]) => ({ benchmark, reason }));
  const rounds = [{ measurements, failures }];
  return {
    stdout: JSON.stringify({ schema: "benchgate.recording/1", rounds }),
    tail: crashed.map(([, why]) => why).join("\n"),
  };
}

/** What the harness does with a module that has the benchmarks of a tree's costs: each side's recording without what nobody asks for, and how it ended. */
function harness(
  sides: LockstepPlan["sides"],
  files: Map<string, string>,
  measured: (cwd: string, side: number) => { readonly stdout: string },
) {
  for (const [side, { cwd, env }] of sides.entries()) {
    const { rounds, ...rest } = JSON.parse(measured(cwd, side).stdout) as {
      rounds: { measurements: { benchmark: string }[] }[];
    };
    const only = env.BENCHGATE_ONLY === undefined ? null : (JSON.parse(env.BENCHGATE_ONLY) as string[]);
    const wanted = (name: string) => only?.includes(name) ?? true;
    const left = rounds
      .flatMap(({ measurements }) => measurements.map(({ benchmark }) => benchmark))
      .filter((name) => !wanted(name));
    const kept = rounds.map((round) => ({
      ...round,
      measurements: round.measurements.filter(({ benchmark }) => wanted(benchmark)),
    }));
    files.set(env.BENCHGATE_OUTPUT!, JSON.stringify({ ...rest, rounds: kept, left }));
  }
  const ends = sides.map(() => ({ exitCode: 0, signal: null, timedOut: false, output: "", seconds: 1 }));
  return { stdout: JSON.stringify({ cpu: null, sides: ends }) };
}
