import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound, Told } from "../adapter.ts";
import { searched } from "../reading/output.ts";
import { parted } from "../reading/round.ts";
import { splitRuns, type TextLine, textLines } from "../reading/text-lines.ts";

/** GNU time prints seconds with two decimals. */
const STEP = 0.01;

const KIB = 1024;

const ENDED = /^Command (exited with non-zero status \d+|terminated by signal \d+|stopped by signal \d+)$/;
const STARTS = /^(?:Command (?:exited|terminated|stopped) |\tCommand being timed: ")/;
const LINE = /^\t([A-Z][^:]*(?: \(h:mm:ss or m:ss\))?): (.*)$/;

/** What other programs called `time` print, by their mark: without the command's name, so nothing tells two of them apart. */
const OTHER_FORMS: readonly (readonly [mark: RegExp, form: string])[] = [
  [/^\uFEFF?\d+\.\d+user \d+\.\d+system [\d:.]+elapsed/m, "GNU time's short form"],
  [/^\uFEFF?real[\t ]+(?:\d+m)?\d+[.,]\d+s?\r?$/m, "the shell's own `time`"],
];

/** The lines that are read. The others of the format tell nothing that a budget could be about. */
const READ = {
  command: "Command being timed",
  user: "User time (seconds)",
  system: "System time (seconds)",
  elapsed: "Elapsed (wall clock) time (h:mm:ss or m:ss)",
  memory: "Maximum resident set size (kbytes)",
} as const;

const ADVICE = "Run /usr/bin/time -v -o FILE (package `time`) and give that file";

/**
 * The adapter of GNU time's `-v`: wall-clock time, user and system time in steps of 10 ms, and peak memory of a whole process.
 *
 * The benchmark is the command as time prints it. Several reports in one file (`-a -o FILE`) were processes of their own: run k of each command is
 * round k, as for hyperfine. A command that ended with another exit code than 0, or by a signal, is a failure: its time is of something else.
 */
export const time: Adapter = {
  name: "time",
  title: "GNU time",
  command: "for i in $(seq 20); do /usr/bin/time -v -a -o $BENCHGATE_OUTPUT ./tool --version; done",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) => {
    const { text } = output;
    return (
      /^\uFEFF?\tCommand being timed: "/m.test(searched(output)) ||
      (text.length < 4096 &&
        OTHER_FORMS.some(([mark]) => mark.test(text)) &&
        /^\uFEFF?(?:user[\t ]|\d+\.\d+user )/m.test(text))
    );
  },
  parse({ text }) {
    const lines = textLines(text);
    const reports = reportsOf(lines);
    if (reports.length > 0) return roundsOf(reports);
    const other = OTHER_FORMS.find(([mark]) => mark.test(text))?.[1];
    throw new GateError(other === undefined ? "This is not output of time -v" : `This is ${other}`, ADVICE, {
      line: 1,
    });
  },
};

interface Report {
  readonly benchmark: string;
  readonly told: readonly Told[];
}

/** The reports of a text. A line about how the command ended stands before its report. */
function reportsOf(lines: readonly TextLine[]): readonly Report[] {
  const { before, runs } = splitRuns(lines, STARTS);
  const strange = runs.length === 0 ? undefined : before.find(({ text }) => text.trim() !== "");
  if (strange !== undefined) throw unknownLine(strange);
  let ended: TextLine | null = null;
  return runs.flatMap((run) => {
    const before = ended;
    ended = ENDED.test(run[0]!.text) ? run[0]! : null;
    if (ended === null) return [readReport(run, before)];
    const stray = run.slice(1).find(({ text }) => text.trim() !== "");
    if (stray !== undefined) throw unknownLine(stray);
    return [];
  });
}

function readReport(lines: readonly TextLine[], ended: TextLine | null): Report {
  const cells = new Map<string, { text: string; line: number }>();
  for (const line of lines.filter(({ text }) => text.trim() !== "")) {
    const [, key, text] = LINE.exec(line.text) ?? [];
    if (key === undefined) throw unknownLine(line);
    cells.set(key, { text: text!, line: line.number });
  }
  const cell = (key: string) => {
    const found = cells.get(key);
    if (found !== undefined) return found;
    throw new GateError(`The report has no line ${JSON.stringify(key)}: it is cut short`, ADVICE, {
      line: lines[0]!.number,
    });
  };
  const benchmark = cell(READ.command)
    .text.replace(/^"|"$/g, "")
    .replace(/(?<!\S)(?:\/[^/\s]+)+\/(?=[^/\s])/g, "");
  const failed =
    ended ?? (cell("Exit status").text === "0" ? null : { text: `Command exited with ${cell("Exit status").text}` });
  if (failed !== null)
    return { benchmark, told: [{ benchmark, reason: `The ${failed.text.replace(/^Command/, "command")}` }] };
  const seconds = { resolution: STEP, unit: "s" } as const;
  const told = [
    { metric: "latency", ...seconds, ...sample(elapsed(cell(READ.elapsed))) },
    { metric: "user-time", ...seconds, ...sample(decimal(cell(READ.user))) },
    { metric: "system-time", ...seconds, ...sample(decimal(cell(READ.system))) },
    { metric: "memory", unit: "B", resolution: KIB, ...sample(decimal(cell(READ.memory)) * KIB) },
  ];
  return { benchmark, told: told.map((each) => ({ benchmark, better: "lower", ...each })) };
}

function sample(value: number): Pick<ToolMeasurement, "distribution"> {
  return { distribution: { kind: "samples", samples: Float64Array.of(value) } };
}

/** Seconds from `0:00.10` or `1:02:03`. */
function elapsed({ text, line }: { text: string; line: number }): number {
  const [, hours = "0", minutes, seconds] = /^(?:(\d{1,6}):)?(\d{1,2}):(\d{2}(?:\.\d{2})?)$/.exec(text) ?? [];
  if (minutes === undefined)
    throw new GateError(`${JSON.stringify(text.slice(0, 40))} is not a time`, ADVICE, { line });
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function decimal({ text, line }: { text: string; line: number }): number {
  if (/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) return Number(text);
  throw new GateError(`${JSON.stringify(text.slice(0, 40))} is not a number`, ADVICE, { line });
}

function roundsOf(reports: readonly Report[]): readonly ParsedRound[] {
  const byName = new Map<string, Report[]>();
  for (const report of reports) {
    const list = byName.get(report.benchmark) ?? [];
    byName.set(report.benchmark, list);
    list.push(report);
  }
  const rounds = [...byName.values()].reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: rounds }, (_, k) => {
    return parted([...byName.values()].flatMap((list) => list[k]?.told ?? []));
  });
}

function unknownLine({ text, number }: TextLine): GateError {
  return new GateError(`time -v does not print this line: ${text.slice(0, 80)}`, ADVICE, { line: number });
}
