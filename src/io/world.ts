import type { Ports, Terminal } from "../ports/index.ts";
import { createClock } from "./clock.ts";
import { childEnvironment } from "./environment.ts";
import { createFiles } from "./files.ts";
import { createGit } from "./git.ts";
import { createHost } from "./host.ts";
import { createNetwork } from "./network.ts";
import { createProcesses } from "./processes.ts";
import { forgetSecrets } from "./secrets.ts";
import { createTerminal } from "./terminal.ts";

/** What the real world needs to know beyond the environment of the process. */
export interface WorldOptions {
  /** The `import.meta.url` of the program's entry. */
  readonly entry: string;
  /** For a remote that the checkout has no credentials for. */
  readonly token?: string;
  readonly serverUrl?: string;
}

/** The real ports, on the folder and the environment of this process. */
export function createPorts({ entry, token, serverUrl }: WorldOptions): Ports {
  const cwd = process.cwd();
  // On the command line git may need a token that it finds there; in a workflow it is handed one, and only where it asks the remote.
  const env = { ...process.env };
  forgetSecrets();
  const processes = createProcesses(env);
  const files = createFiles();
  return {
    processes,
    files,
    git: createGit({
      cwd,
      env: token === undefined ? env : childEnvironment(env),
      temporaryFolder: files.temporaryFolder,
      ...(token === undefined ? {} : { token }),
      ...(serverUrl === undefined ? {} : { serverUrl }),
    }),
    clock: createClock(),
    host: createHost({ entry, cwd, env, processes }),
    network: createNetwork(),
  };
}

/** The real ports with the terminal that the process was started from. */
export function createWorld(options: WorldOptions): { readonly ports: Ports; readonly terminal: Terminal } {
  return { ports: createPorts(options), terminal: createTerminal() };
}
