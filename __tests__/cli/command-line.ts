import type { World } from "../../src/cli/command.ts";
import { main } from "../../src/cli/main.ts";
import { GateError } from "../../src/model/error.ts";
import type { Clock, Git, Terminal } from "../../src/ports/index.ts";
import { MACHINE } from "../builders.ts";
import { fakeClock } from "../fakes/clock.ts";
import { memoryFiles } from "../fakes/files.ts";
import { fakeGit } from "../fakes/git.ts";
import { fakeNetwork } from "../fakes/network.ts";
import { type Answer, fakeProcesses } from "../fakes/processes.ts";
import { fakeServices } from "../fakes/services.ts";
import { fakeTerminal } from "../fakes/terminal.ts";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where command lines are typed in a test. */
export interface Place {
  /** The files of the folder, by path. */
  readonly files: Map<string, string>;
  readonly git: Git;
  /** Why there is no page program. */
  readonly noPage?: boolean;
  /** What the programs do that are started; without it, all of them fail. */
  readonly answer?: Answer;
  readonly clock?: Clock;
}

/** A folder in memory; outside a repository unless one is given. */
export function aPlace(files: Readonly<Record<string, string>> = {}, git?: Git): Place {
  const outside: Git = { ...fakeGit("/here"), root: async () => null };
  return { files: new Map(Object.entries(files)), git: git ?? outside };
}

/** Runs `benchgate` with these words in this process. It starts no child: programs are the place's answers. */
export async function benchgate(args: readonly string[], place: Place, input = ""): Promise<Ended> {
  const terminal = fakeTerminal(input);
  const code = await main(args, aWorld(place, terminal));
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** The world of a command that is run in a place. */
export function aWorld(place: Place, terminal: Terminal = fakeTerminal()): World {
  return {
    terminal,
    version: "1.2.3",
    interrupt: { signal: new AbortController().signal, exitCode: () => null },
    ports: {
      processes: { ...fakeProcesses(place.answer ?? (() => ({ exitCode: 1 }))), start: fakeServices().start },
      files: memoryFiles(place.files),
      git: place.git,
      clock: place.clock ?? fakeClock(),
      host: { cwd: "/here", harness: "/dist/harness.js", random: () => 0.5, environment: async () => MACHINE },
      network: fakeNetwork(() => 200),
    },
    pageProgram: async () => {
      if (place.noPage) throw new GateError("a part of the HTML report is missing", "Install Benchgate again");
      return {
        script: { text: "", hash: "sha256-A" },
        style: { text: "", hash: "sha256-B" },
        trend: { script: { text: "", hash: "sha256-C" }, style: { text: "", hash: "sha256-D" } },
      };
    },
  };
}
