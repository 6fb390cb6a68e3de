import { GateError, type GateErrorKind } from "../../model/error.ts";

/** What git says of a repository that belongs to somebody else. */
export const DUBIOUS = /detected dubious ownership in repository at '(.+?)'/;

/** What git says where the remote does not know who asks. */
const UNKNOWN_CALLER =
  /could not read (?:Username|Password)|Authentication failed|returned error: 401|Permission denied \(|invalid credentials/i;

/** What git, curl and ssh say of a connection that was not made, or broke, and of a server that is not well: the same request may succeed a moment later. */
const PASSING =
  /returned error: (?:5\d\d|429)|HTTP (?:5\d\d|429)|RPC failed|Connection (?:refused|reset|closed|timed out|aborted)|Failed to connect|Couldn't connect|Could not resolve|Empty reply|early EOF|unexpected disconnect|hung up|timed out|time-?out|too slow|Broken pipe|Network is unreachable|No route to host|kex_exchange_identification|SSL_ERROR_SYSCALL|SSL_read|TLS connection was non-properly terminated|GnuTLS (?:recv|handshake)|transfer closed|Recv failure|Send failure|(?:bad|invalid) line length|expected (?:flush|'?packfile|.*packet)|unexpected (?:EOF|end)|invalid index-pack output|inflate: data stream error|protocol error|curl (?:5|6|7|18|28|35|52|55|56|92|95|96)\b/i;

/** What git says of a name that nobody knows: beyond a moment, waiting does not help somebody who is offline. */
const NAMELESS = /Could not resolve/i;

/** What no later request mends, whatever else git says of it: a refusal, a certificate that it does not accept, a thing that is not there. */
const LASTING =
  /returned error: 4(?!29)\d\d|HTTP 4(?!29)\d\d|certificate (?:problem|verif)|verification failed|not our ref|couldn't find remote ref|does not appear to be a git repository/i;

/** Whether what git says is likely to pass, and if so whether it is worth more than a few tries. */
export function passing(stderr: string): "soon" | "perhaps" | null {
  if (UNKNOWN_CALLER.test(stderr) || LASTING.test(stderr) || !PASSING.test(stderr)) return null;
  return NAMELESS.test(stderr) ? "perhaps" : "soon";
}

/** Whether the remote refused because it does not know who asks. */
export function unknownCaller(stderr: string): boolean {
  return UNKNOWN_CALLER.test(stderr);
}

/** What git says, in our words: the first row that matches wins. `problem` and `remedy` may use the pattern's groups. */
const FAILURES: readonly {
  readonly pattern: RegExp;
  readonly kind: GateErrorKind;
  readonly problem: string | null;
  readonly remedy: string;
}[] = [
  {
    pattern: /spawn (?:\S*\/)?git ENOENT/,
    kind: "fix",
    problem: "git could not be started",
    remedy: "Install git 2.32 or newer and put it on PATH; check that the folder exists",
  },
  {
    pattern: DUBIOUS,
    kind: "fix",
    problem: "git refuses to read $1 because it belongs to another user",
    remedy: "Run: git config --global --add safe.directory '$1'",
  },
  {
    pattern: /not a git repository/,
    kind: "fix",
    problem: "this folder is not inside a git repository",
    remedy: "Run Benchgate inside a checkout (actions/checkout in a workflow)",
  },
  {
    pattern: /Permission to \S+ denied|Write access to repository not granted|returned error: 403|not allowed to push/i,
    kind: "measure",
    problem: null,
    remedy: "Give the job `permissions: contents: write` (on pushes to the default branch only)",
  },
  {
    pattern: /GH006|GH013|rule violations|protected branch|hook declined/i,
    kind: "measure",
    problem: null,
    remedy:
      "Exempt the baseline branch from rulesets and branch protection, and give the job `permissions: contents: write`",
  },
  {
    pattern: UNKNOWN_CALLER,
    kind: "measure",
    problem: null,
    remedy: "Give the job `permissions: contents: write` and pass `token`, or fix the credentials of remote origin",
  },
  {
    pattern: /transport '.+' not allowed/,
    kind: "measure",
    problem: null,
    remedy: "Give remote origin an address that starts with https://, ssh:// or file://",
  },
  {
    // What the remote says of its own disk has `remote:` in front.
    pattern:
      /^(?:error|fatal): .*(?:No space left|Disk quota|write error|(?:unable to|could not|cannot|failed to) (?:write|mkdir|create (?!thread)))/im,
    kind: "measure",
    problem: null,
    remedy: "See that there is room on the disks of the checkout and of temporary files, and that git may write there",
  },
  {
    pattern: /unable to access/i,
    kind: "measure",
    problem: null,
    remedy: "Check the network and the address of remote origin, then run again",
  },
  {
    pattern: PASSING,
    kind: "measure",
    problem: null,
    remedy: "Check the network and the address of remote origin, then run again",
  },
];

/** The error for a git command that failed, with the remedy for the failures that we know. */
export function gitError(args: readonly string[], result: { readonly stderr: string }): GateError {
  const said = `git ${args.find((arg) => /^[a-z][a-z-]*$/.test(arg)) ?? ""} failed: ${telling(result.stderr)}`;
  for (const { pattern, kind, problem, remedy } of FAILURES) {
    const match = pattern.exec(result.stderr);
    if (match === null) continue;
    const fill = (text: string): string => text.replaceAll("$1", () => match[1] ?? "");
    return new GateError(problem === null ? said : fill(problem), fill(remedy), {}, kind);
  }
  return new GateError(said, "Fix what git names, then run again", {}, "measure");
}

/** The lines of git's stderr that say why, on one line, without credentials. */
function telling(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !/^(?:hint|warning|To ):?/.test(line));
  const text = lines.slice(-4).join("; ") || "it said nothing";
  return (
    text
      .replaceAll(/\/\/[^/@\s]*@/g, "//")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a remote may send anything
      .replaceAll(/[\u0000-\u001f\u007f]+/g, " ")
      .slice(0, 500)
      .replace(/[.\s]+$/, "")
  );
}

/** A step on git's folders: what the system says of them is a `GateError` too, since whatever runs in the job may have changed them. */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (error instanceof GateError || syscall === undefined) throw error;
    const remedy = "Leave .git and the temporary folder alone while Benchgate runs, and see that there is room in both";
    throw new GateError(`git's folders cannot be used (${message})`, remedy, {}, "measure");
  }
}

/** For a step that may fail: null where the user could do something about it; anything else is a bug and is thrown on. */
export function unlessGateError(error: unknown): null {
  if (error instanceof GateError) return null;
  throw error;
}
