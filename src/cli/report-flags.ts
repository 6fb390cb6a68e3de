import type { Flags, FlagTypes } from "../io/argv.ts";
import { readPageProgram } from "../io/report-program.ts";
import type { Compared } from "../judge/evidence.ts";
import { GateError } from "../model/error.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Outcome } from "../model/verdict.ts";
import { resultJson } from "../report/formats/json.ts";
import { junitXml } from "../report/formats/junit.ts";
import { commentBody } from "../report/formats/markdown.ts";
import { terminalReport } from "../report/formats/terminal.ts";
import { marker } from "../report/parts/sticky.ts";
import type { World } from "./command.ts";
import { page } from "./html-report.ts";

/** The flags that say where an outcome goes; each takes a file, or `-` for stdout. */
export const REPORT_FLAGS: FlagTypes = { json: "value", markdown: "value", html: "value", junit: "value" };

/** What reports tell beyond the outcome. */
export interface ReportExtras {
  /** The command line that measures the same again. */
  readonly reproduce?: string | undefined;
  /** What the verdicts rest on: the HTML report draws it. */
  readonly compared?: readonly Compared[];
  /** The acceptances in force. */
  readonly accept?: readonly Acceptance[];
}

/** Writes the outcome where the flags say, and for people to the terminal where no document takes stdout. */
export async function writeReports(
  outcome: Outcome,
  flags: Flags,
  world: World,
  { reproduce, compared = [], accept = [] }: ReportExtras = {},
): Promise<void> {
  const { ports, terminal } = world;
  const options = { now: ports.clock.now().toISOString(), ...(reproduce === undefined ? {} : { reproduce }) };
  const documents: Readonly<Record<string, () => string | Promise<string>>> = {
    json: () => resultJson(outcome),
    markdown: () => commentBody(outcome, { marker: marker("local"), ...options }),
    html: () => page(outcome, compared, { ...options, accept }),
    junit: () => junitXml(outcome),
  };
  const asked = Object.entries(documents).filter(([name]) => flags.value(name) !== null);
  for (const [name, document] of asked) {
    const target = flags.value(name)!;
    const text = (await document()).replace(/\n*$/, "\n");
    if (target === "-") terminal.out(text);
    else await ports.files.writeText(target, text);
  }
  if (asked.some(([name]) => flags.value(name) === "-")) return;
  terminal.out(terminalReport(outcome, { width: terminal.columns, colour: terminal.colour, ...options }));
}

/** Refuses two documents on one stdout, and a report that cannot be made, before anything is measured for it. */
export async function checkReports(flags: Flags): Promise<void> {
  const onStdout = Object.keys(REPORT_FLAGS).filter((name) => flags.value(name) === "-");
  if (onStdout.length >= 2) {
    const [first, second] = onStdout;
    throw new GateError(`--${first} and --${second} cannot both go to stdout`, `Give --${second} a file`);
  }
  if (flags.value("html") !== null) await readPageProgram();
}
