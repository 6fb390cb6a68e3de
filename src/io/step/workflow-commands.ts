import { randomUUID } from "node:crypto";

/** What the runner takes for the end of a line, and what no line of a log needs: text with one of these is quoted. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** What the runner's comparison of texts does not see (.NET compares by the rules of a culture): it may stand before and within a mark. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{C}]/gu;

/**
 * The most bytes that one write may have and still be in one piece, whoever else writes: PIPE_BUF of Linux (pipe(7)), less what stands around
 * a command.
 */
const LARGEST = 4096 - 256;

/** The properties of a command; absent ones are left out. */
type CommandProperties = Readonly<Record<string, string | number | undefined>>;

/**
 * How a process speaks to the runner that reads its output: in plain lines and in workflow commands.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export interface WorkflowCommands {
  /**
   * Ends the reading of commands by the runner, once and for all but for those that `issue` gives: whatever a process writes that somehow reaches the same
   * descriptors, none of it is a command.
   */
  stop(): void;
  /** Has the runner read commands again, for whatever comes after this process in the same step. */
  resume(): void;
  /** Gives a command, also while they are stopped. */
  issue(name: string, message: string, properties?: CommandProperties): void;
  /** Prints a line that cannot be a command, whatever it holds. */
  say(line: string): void;
  /** Prints text of others, of as many lines as it has; nothing for none. */
  quote(text: string): void;
}

/**
 * Workflow commands on what `write` writes to. Each token is drawn when all that it must not be known to is written; while commands are stopped, one of ours
 * goes out with its resumption and the next stop in a single write, which no other writer can come between.
 */
export function createWorkflowCommands(
  write: (text: string) => void = (text) => void process.stdout.write(text),
): WorkflowCommands {
  let stopped: string | null = null;
  const quote = (text: string) => {
    const lines = `${text.replace(/\n$/, "")}\n`;
    if (stopped !== null) return write(lines);
    const token = randomUUID();
    write(`::stop-commands::${token}\n${lines}::${token}::\n`);
  };
  return {
    stop: () => {
      if (stopped !== null) return;
      stopped = randomUUID();
      write(`::stop-commands::${stopped}\n`);
    },
    resume: () => {
      if (stopped !== null) write(`\n::${stopped}::\n`);
      stopped = null;
    },
    issue: (name, message, properties = {}) => {
      if (stopped === null) return write(`${commandLine(name, message, properties)}\n`);
      const next = randomUUID();
      // Somebody may have left a line without its end.
      write(`\n::${stopped}::\n${fittingLine(name, message, properties)}\n::stop-commands::${next}\n`);
      stopped = next;
    },
    say: (line) => {
      if (looksLikeCommand(line)) quote(line);
      else write(`${line}\n`);
    },
    quote: (text) => {
      if (text !== "") quote(text);
    },
  };
}

/**
 * Whether the runner could take something of a text for a command: it ends lines at `\n` and `\r`, ignores leading white space (U+0085 too), looks for the
 * old `##[name]` form anywhere in a line, and does not see characters without a width. Source: ActionCommand.cs.
 */
function looksLikeCommand(text: string): boolean {
  const seen = text.replace(IGNORED, "");
  return UNPRINTABLE.test(text) || seen.includes("##[") || seen.trimStart().startsWith("::");
}

/** A command whose message is cut so that it can be written in one piece. */
function fittingLine(name: string, message: string, properties: CommandProperties): string {
  let line = commandLine(name, message, properties);
  for (let kept = message; Buffer.byteLength(line) > LARGEST && kept.length > 0; ) {
    kept = kept.slice(0, Math.floor(kept.length * 0.9));
    line = commandLine(name, `${kept}…`, properties);
  }
  return line;
}

function commandLine(name: string, message: string, properties: CommandProperties): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
  return `::${name}${given.length > 0 ? ` ${given.join(",")}` : ""}::${escaped(message)}`;
}

const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
