import { type FoundLoad, shellWord } from "../found.ts";
import { addressesIn, addressText, withoutHashes } from "./addresses.ts";
import type { Imports } from "./script-imports.ts";

/** How many users a load has whose tasks follow each other at once, and the most that a load has. */
const [FEW_USERS, MOST_USERS] = [10, 50];

/** What stands before an address that no request goes to: where a page was recorded from, and a value in the body of a request. */
const UNASKED = /(?:\breferer["']?\s*[:=,]\s*["']|[(,]\s*(?:json|data)=\s*[{[](?:[^{}()]|\{[^{}()]*\}|\(\))*)$/i;

/** A locustfile; null where the text is none. */
export function locust(path: string, text: string, imports: Imports): FoundLoad | null {
  const isOne =
    path.endsWith(".py") &&
    /\bimport\s+.*\b(Fast)?HttpUser\b|^[ \t]*import locust\b|\bimport\s*\([^)]*\b(Fast)?HttpUser\b/m.test(text) &&
    /class\s+\w+\([^:]*\b(Fast)?HttpUser\b/.test(text);
  if (!isOne) return null;
  const { texts, unread } = imports(path, text);
  const stranger = [text, ...texts].flatMap((each) => addressesIn(codeOf(each), UNASKED))[0];
  const elsewhere =
    unread ??
    (stranger === undefined
      ? null
      : `It may send requests to ${addressText(stranger)}, whichever side is measured: leave the address out, so that they go to --host, and run \`benchgate init\` again`);
  const most = usersFor(text);
  return {
    path,
    tool: "locust",
    why: `${path} is a locustfile`,
    text,
    ...(elsewhere !== null && { elsewhere }),
    notes: () =>
      isNamedByValue(text)
        ? [
            `${path} puts values into the paths that it asks for, and each path is a benchmark of its own: \`name=\` in the call makes them one.`,
          ]
        : [],
    run: ({ seconds, users }) => {
      const count = Math.min(most, Math.max(users, FEW_USERS));
      return `locust -f ${shellWord(path)} --headless --only-summary -u ${count} -r ${count} -t ${seconds}s --host $BENCHGATE_URL --csv benchgate >&2; code=$?; mv benchgate_stats.csv $BENCHGATE_OUTPUT 2>/dev/null; rm -f benchgate_*.csv; exit $code`;
    },
  };
}

/** Only what is executed, without the address of the users, for which `--host` stands: a name `host` that is read is not that. */
function codeOf(text: string): string {
  // A long text that begins in the middle of a line is a value, and its end begins none.
  const code = withoutHashes(text).replace(
    /(^[ \t]*)?[rRfFbB]?("""|''')[\s\S]*?\2/gm,
    (whole: string, start: string | undefined) => (start === undefined ? whole : ""),
  );
  const isRead = /(?<![\w.'"-])host\b(?!\s*(?::\s*str\s*)?=(?!=))/.test(code);
  return isRead ? code : code.replace(/^[ \t]+host[ \t]*(?::[ \t]*str[ \t]*)?=.*$/gm, "");
}

/** Whether Locust would name requests by what is put into their paths. */
function isNamedByValue(text: string): boolean {
  return /\bclient\.\w+\(\s*f["'][^"']*\{/.test(text) && !/\bname\s*=/.test(text);
}

/** As many users as make about ten requests in a second, by how long they wait between two: fewer than a hundred in a round say little. */
function usersFor(text: string): number {
  const waits = [...text.matchAll(/\b(?:between|constant|constant_pacing)\(\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)/g)];
  const means = waits.map(([, least, most]) => (Number(least) + Number(most ?? least)) / 2);
  const longest = means.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(MOST_USERS, Math.max(FEW_USERS, Math.ceil(FEW_USERS * longest)));
}
