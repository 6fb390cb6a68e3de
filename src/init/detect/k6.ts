import { largest } from "../../model/extremes.ts";
import { type FoundLoad, type LoadSize, shellWord } from "../found.ts";
import { folderOf, within } from "../repository.ts";
import { targetOf } from "./k6-target.ts";
import type { Imports } from "./script-imports.ts";

/** A script of k6; null where the text is none, or a part of one. */
export function k6(path: string, text: string, imports: Imports): FoundLoad | null {
  if (!/\.(m?[jt]s)$/.test(path) || !/from\s+["']k6(\/[\w/]+)?["']/.test(text)) return null;
  const entry = /export\s+default|as default/.test(text) ? "" : defaultOf(text);
  if (entry === null) return null;
  const common = { path, tool: "k6", why: `${path} is a script of k6`, runtime: "k6", text } as const;
  const nowhere = (elsewhere: string): FoundLoad => ({ ...common, run: () => "", elsewhere });
  const { texts, unread } = imports(path, text);
  if (unread !== null) return nowhere(unread);
  const target = targetOf(text, texts);
  if (target.by === "nothing")
    return nowhere(`${target.why}: let __ENV.BASE_URL be the only address in it, and run \`benchgate init\` again`);
  const literal = target.by === "literal" ? target.origin : null;
  const variables = target.by === "variables" ? target.flags : "";
  const place = folderOf(path) === "" ? "" : `cd ${shellWord(folderOf(path))} && `;
  const file = shellWord(within(folderOf(path), path));
  const script =
    literal === null ? `cat ${file}` : `sed "s#${literal.replace(/[[\].]/g, "\\$&")}#$BENCHGATE_URL#g" ${file}`;
  const source = entry === "" ? script : `{ ${script}; printf '%s\\n' '' ${shellWord(entry)}; }`;
  const isPiped = literal !== null || entry !== "";
  const called = entry === "" ? namedFunctions(text) : [];
  const notes = (size: LoadSize) => [
    ...(literal === null
      ? []
      : [
          `${path} has the address ${literal} in it; the command replaces it. \`__ENV.BASE_URL\` in the script is plainer.`,
        ]),
    ...(sizeFlags(text, size) === ""
      ? []
      : [
          `${path} is longer than a round, or its load changes: the command replaces its users and stages. Many short rounds decide.`,
          ...(called.length === 0
            ? []
            : [
                `The command runs the default function of ${path} alone. What slows ${called.join(", ")} is not seen: call ${called.length === 1 ? "it" : "them"} in the default function, or add a suite for ${called.length === 1 ? "it" : "each"}.`,
              ]),
        ]),
  ];
  const run = (size: LoadSize) => {
    const flags = ["--quiet", sizeFlags(text, size), variables].filter((each) => each !== "").join(" ");
    const command = (script: string) => `k6 run ${flags} --out json=$BENCHGATE_OUTPUT ${script}`;
    return isPiped ? `${place}${source} | ${command("-")}` : command(shellWord(path));
  };
  return { ...common, run, notes };
}

/** The entry of a script whose scenarios name functions of it, so that a short load runs them in turn; null where it has none. */
function defaultOf(text: string): string | null {
  const functions = namedFunctions(text);
  if (functions.length === 0) return null;
  return `export default function (data) { ${functions.map((name) => `${name}(data);`).join(" ")} }`;
}

/** The functions that a script's scenarios name and that it has, but for the default one. */
function namedFunctions(text: string): readonly string[] {
  const named = [...text.matchAll(/\bexec["']?\s*:\s*["'`](\w+)["'`]/g)].map(([, name]) => name!);
  return [...new Set(named)].filter((name) =>
    new RegExp(`export\\s+(?:async\\s+)?(?:function|const|let|var)\\s+${name}\\b`).test(text),
  );
}

/** As many users as a short load has at least whose users pause between two requests. */
const FEW_USERS = 10;

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;

/** The flags that give a load another length, with as many users as it has and the size allows; none where its own are short. */
function sizeFlags(text: string, { seconds, users }: LoadSize): string {
  const lengths = [...text.matchAll(/\bduration["']?\s*:\s*(?:["'`]((?:[\d.]+(?:ms|[smh]))+)["'`]|\S)/g)].map(
    ([, length]) => (length === undefined ? Number.POSITIVE_INFINITY : secondsIn(length)),
  );
  const counts = [...text.matchAll(/\b(?:target|vus|preAllocatedVUs)\s*:\s*(\d+)/g)].map(([, count]) => Number(count));
  const most = largest(counts, 1);
  const length = lengths.reduce((sum, each) => sum + each, 0);
  const pauses = /\bsleep\(/.test(text);
  const isFew = pauses && most < FEW_USERS;
  if (length > 0 && length <= seconds && !isFew && most <= users) return "";
  const wanted = Math.max(most, isFew || counts.length === 0 ? FEW_USERS : 1);
  return `--vus ${Math.min(users, wanted)} --duration ${seconds}s`;
}

/** The seconds of a length as k6 has it: `1m30s`, `500ms`. */
function secondsIn(length: string): number {
  const parts = [...length.matchAll(/([\d.]+)(ms|[smh])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}
