import type { ToolOutput } from "./adapter.ts";
import { field, isObject, stripMark } from "./reading/json.ts";

/** A kind of profile: `fits` is cheap, goes by content alone and never throws. */
interface Profile {
  readonly what: string;
  fits(output: ToolOutput): boolean;
}

/** Whether an output is a JSON object with all of `keys`. */
function holding({ json }: ToolOutput, ...keys: readonly string[]): boolean {
  const root = json();
  return isObject(root) && keys.every((key) => field(root, key) !== undefined);
}

const PROFILES: readonly Profile[] = [
  {
    what: "a CPU profile of V8 (.cpuprofile)",
    fits: (output) => holding(output, "nodes", "timeDeltas") || holding(output, "head", "startTime", "endTime"),
  },
  { what: "a profile for speedscope", fits: (output) => holding(output, "profiles", "shared") },
  { what: "a profile of stackprof", fits: (output) => holding(output, "mode", "interval", "frames") },
  // A protocol buffer whose first `sample_type` is the first two of its texts: https://github.com/google/pprof/blob/main/proto/profile.proto.
  { what: "a profile for pprof", fits: ({ text }) => text.slice(0, 200).includes("\n\u0004\b\u0001\u0010\u0002") },
  // Files in gzip are unpacked as they are read; this is what a program printed. Read as UTF-8, the second byte of its mark (0x8b) is a replacement character.
  {
    what: "a gzip file, which is how profiles for pprof are stored",
    fits: ({ text }) => text.startsWith("\u001f\ufffd\b"),
  },
  { what: "a report of pprof", fits: ({ text }) => /^ +flat +flat% +sum% +cum +cum%\r?$/m.test(text.slice(0, 4096)) },
  {
    what: "a report of Python's cProfile",
    fits: ({ text }) => /^ +ncalls +tottime +percall +cumtime +percall /m.test(text.slice(0, 4096)),
  },
  {
    what: "a dump of Python's cProfile (pstats)",
    fits: ({ text }) =>
      /^[\ufffd{]/.test(text) && text.slice(0, 200).includes("\ufffd") && /\.py|<method '/.test(text.slice(0, 65_536)),
  },
  { what: "a file of folded stacks", fits: isFolded },
];

/** What kind of profile a text is, or null. A profile says where time went, not how much a benchmark took: it is evidence, never a measurement. */
export function profileKind(output: ToolOutput): string | null {
  return PROFILES.find(({ fits }) => fits(output))?.what ?? null;
}

/** `main;parse;read 42` on every one of the first lines. */
function isFolded({ text }: ToolOutput): boolean {
  const lines = stripMark(text)
    .slice(0, 4096)
    .split(/\r?\n/)
    .slice(0, 10)
    .filter((line) => line.trim() !== "");
  const whole = text.length > 4096 && lines.length < 10 ? lines.slice(0, -1) : lines;
  return whole.length > 0 && whole.every((line) => /^[^;]+;.* \d+$/.test(line));
}
