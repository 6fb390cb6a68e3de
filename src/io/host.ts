import { availableParallelism, cpus, release, totalmem } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Environment } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Host, Processes } from "../ports/index.ts";
import { canary } from "./canary.ts";
import { childEnvironment } from "./environment.ts";
import { clocking, readVitals } from "./vitals.ts";

/**
 * How long `node --version` may take, in seconds: hooks in NODE_OPTIONS can make it slow, nothing makes it this slow.
 */
const VERSION_LIMIT = 60;

/** Facts that the runner tells, by the name under which they are kept. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  image: ["ImageOS", "ImageVersion"],
  runner: ["RUNNER_ENVIRONMENT"],
};

/** What a host is made of. */
export interface HostOptions {
  /** The `import.meta.url` of the program's entry: the harness lies beside it. */
  readonly entry: string;
  /** The folder where commands run. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly processes: Processes;
}

/** The port to the machine. */
export function createHost({ entry, cwd, env, processes }: HostOptions): Host {
  let environment: Promise<Environment> | undefined;
  return {
    cwd,
    harness: besideEntry(entry, "harness/index.ts", "harness.js"),
    preload: {
      url: pathToFileURL(besideEntry(entry, "harness/preload.ts", "preload.js")).href,
      options: env.NODE_OPTIONS ?? "",
    },
    recorder: besideEntry(entry, "harness/recorder/index.ts", "recorder.cjs"),
    variable: (name) => childEnvironment(env)[name],
    random: Math.random,
    canary,
    vitals: () => readVitals(),
    environment: () => {
      environment ??= describe(cwd, env, processes);
      return environment;
    },
  };
}

/** A bundle beside the entry's bundle; its source where the entry runs unbuilt. */
function besideEntry(entry: string, source: string, bundle: string): string {
  return fileURLToPath(new URL(entry.endsWith(".ts") ? source : bundle, entry));
}

async function describe(cwd: string, env: HostOptions["env"], processes: Processes): Promise<Environment> {
  const told = Object.entries(TOLD).flatMap(([fact, names]) => {
    const values = names.map((name) => env[name]).filter((value) => value !== undefined && value !== "");
    return values.length > 0 ? [[fact, values.join(" ")] as const] : [];
  });
  return {
    os: process.platform,
    arch: process.arch,
    cpu: cpus()[0]?.model.trim() || "unknown",
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    runtime: await nodeVersion(cwd, processes),
    ...clocking(),
    ...Object.fromEntries(told),
  };
}

/**
 * The `node` that benchmarks run in: the one on PATH, which is not the one that runs the action. "none" where there is
 * none.
 */
async function nodeVersion(cwd: string, processes: Processes): Promise<string> {
  try {
    const result = await processes.run({ argv: ["node", "--version"], cwd, env: {}, timeLimit: VERSION_LIMIT });
    const version = /^v(\d+\.\d+\.\d+\S*)\s*$/.exec(result.stdout)?.[1];
    return result.exitCode === 0 && version !== undefined ? `node ${version}` : "none";
  } catch (error) {
    if (error instanceof GateError) return "none";
    throw error;
  }
}
