import { type Command, commandText, type Shell } from "../../model/plan.ts";

/** An argument vector, the program first. */
export type Argv = readonly [string, ...string[]];

/**
 * How each shell is told to run one line and to stop at the first error, as the runner itself does
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell). `cmd` gets
 * the quotes that `/s` takes off.
 */
const SHELL_ARGV: Readonly<Record<Shell, (line: string) => Argv>> = {
  sh: (line) => ["sh", "-c", line],
  bash: (line) => ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line],
  pwsh: (line) => ["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", strict(line)],
  cmd: (line) => ["cmd", "/d", "/s", "/c", `"${line}"`],
};

/** The argument vector that runs a command without any shell that the user has not named. */
export function argvOf(command: Command): Argv {
  return command.kind === "argv" ? command.argv : SHELL_ARGV[command.shell](command.line);
}

/** What stands in a command for the benchmarks that are still to be measured. */
const BENCHMARKS = "{benchmarks}";

/** Whether a command is told which benchmarks to run. */
export function namesBenchmarks(command: Command): boolean {
  return commandText(command).includes(BENCHMARKS);
}

/** What cmd looks for inside of quotes, too. */
const SEEN_BY_CMD = /["%!^&<>\r\n]/;

/** How each shell is given a text as one word, whatever it holds. */
const QUOTED: Readonly<Record<Shell, (text: string) => string>> = {
  sh: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  bash: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  // PowerShell takes typographic quotes for plain ones.
  pwsh: (text) => `'${text.replace(/['\u2018-\u201B]/g, "$&$&")}'`,
  // Nothing keeps cmd from looking into quotes: what it would find there is left to match any character, and an anchor to match anywhere.
  cmd: (text) =>
    `"${text.replace(/\\(.)|["%!^&<>\r\n]/gs, (found, escaped?: string) => {
      if (escaped === undefined) return found === "^" ? "" : ".";
      return SEEN_BY_CMD.test(escaped) ? "." : found;
    })}"`,
};

/** The command with `filter` in that place: one word, quoted as its shell needs it. */
export function withBenchmarks(command: Command, filter: string): Command {
  if (command.kind === "shell") {
    return { ...command, line: command.line.replaceAll(BENCHMARKS, () => QUOTED[command.shell](filter)) };
  }
  const [program, ...rest] = command.argv.map((word) => word.replaceAll(BENCHMARKS, () => filter));
  return { kind: "argv", argv: [program!, ...rest] };
}

/** PowerShell neither stops at an error nor passes on a program's exit code unless it is told to. */
function strict(line: string): string {
  return [
    "$ErrorActionPreference = 'stop'",
    line,
    "if (Test-Path -LiteralPath variable:\\LASTEXITCODE) { exit $LASTEXITCODE }",
  ].join("\n");
}
