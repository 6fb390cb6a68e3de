import type { PageProgram } from "../model/report-program.ts";
import type { Interrupt, Ports, Terminal } from "../ports/index.ts";
import { createClock } from "./clock.ts";
import { childEnvironment } from "./environment.ts";
import { createFiles } from "./files.ts";
import { createGit } from "./git/git.ts";
import { createHost } from "./host.ts";
import { handleInterrupts } from "./interrupt.ts";
import { createNetwork } from "./network.ts";
import { createProcesses } from "./processes.ts";
import { readPageProgram } from "./report-program.ts";
import { forgetSecrets } from "./secrets.ts";
import { createWorkflowCommands } from "./step/workflow-commands.ts";
import { createTerminal } from "./terminal.ts";
import { createTrees } from "./trees/trees.ts";

/** What the real world needs to know beyond the environment of the process. */
export interface WorldOptions {
  /** The `import.meta.url` of the program's entry. */
  readonly entry: string;
  /** For a remote that the checkout has no credentials for. */
  readonly token?: string;
  readonly serverUrl?: string;
  /** Called before the first line of the repository's code can run. */
  readonly beforeChildren?: () => void;
}

/** The real ports, on the folder and the environment of this process. */
export function createPorts({ entry, token, serverUrl, beforeChildren }: WorldOptions): Ports {
  const cwd = process.cwd();
  // On the command line git may need a token that it finds there; in a workflow it is handed one, and only where it asks the remote.
  const env = { ...process.env };
  forgetSecrets();
  const files = createFiles();
  const git = createGit({
    cwd,
    env: token === undefined ? env : childEnvironment(env),
    temporaryFolder: files.temporaryFolder,
    ...(token === undefined ? {} : { token }),
    ...(serverUrl === undefined ? {} : { serverUrl }),
  });
  // What the first child writes into the checkout's settings comes too late.
  const processes = createProcesses(env, async () => {
    await git.prepared();
    beforeChildren?.();
  });
  return {
    processes,
    files,
    git,
    clock: createClock(),
    host: createHost({ entry, cwd, env, processes }),
    network: createNetwork(env),
    trees: createTrees(),
  };
}

/** What a command line finds: the real ports, the terminal that it was typed into, and the user who may interrupt it. */
export function createWorld(entry: string): {
  readonly ports: Ports;
  readonly terminal: Terminal;
  readonly interrupt: Interrupt;
  readonly pageProgram: () => Promise<PageProgram>;
} {
  return {
    interrupt: handleInterrupts(),
    ports: createPorts({ entry, ...(process.env.GITHUB_ACTIONS === "true" && { beforeChildren: withoutCommands() }) }),
    terminal: createTerminal(),
    pageProgram: () => readPageProgram(),
  };
}

/** Stops workflow commands until this program ends, in a step that runs it in a shell; on stderr, since stdout may be a document. */
function withoutCommands(): () => void {
  const commands = createWorkflowCommands((text) => void process.stderr.write(text));
  process.once("exit", commands.resume);
  return commands.stop;
}
