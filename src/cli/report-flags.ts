import { OTLP, OTLP_ABOUT } from "../config/otlp.ts";
import { evidenceIn } from "../judge/evidence.ts";
import type { Compared } from "../judge/rows/compared.ts";
import { GateError } from "../model/error.ts";
import type { Acceptance } from "../model/plan.ts";
import { type FlagTable, TEXT, type Values } from "../model/setting.ts";
import type { Outcome } from "../model/verdict.ts";
import { otlpVerdicts } from "../report/formats/otlp.ts";
import { terminalReport } from "../report/formats/terminal.ts";
import { REPORTS, type ReportName } from "../report/index.ts";
import { marker } from "../report/parts/sticky.ts";
import { unsentWords } from "../report/words/unsent.ts";
import type { World } from "./command.ts";
import { refuseUnwritable } from "./unwritable.ts";

interface ReportFlag {
  readonly type: typeof TEXT;
  readonly value: string;
  readonly about: string;
}

/** The flags that say where an outcome goes; each takes a file, or `-` for stdout. */
export const REPORT_FLAGS = Object.fromEntries(
  REPORTS.map(({ name, noun }): [ReportName, ReportFlag] => [
    name,
    { type: TEXT, value: "FILE", about: `A file for ${noun}; \`-\` is stdout.` },
  ]),
) as Readonly<Record<ReportName, ReportFlag>>;

/** The flag that names a collector. */
export const OTLP_FLAG = { otlp: { type: OTLP, value: "URL", about: OTLP_ABOUT } } as const satisfies FlagTable;

/** Sends an outcome to a collector, where one is named. What does not get there is said, and changes nothing. */
export async function sendMetrics(outcome: Outcome, otlp: string | null, { ports, terminal }: World): Promise<void> {
  if (otlp === null) return;
  const problem = await ports.network.otlp(otlp, otlpVerdicts(outcome, { now: ports.clock.now() }));
  if (problem !== null) terminal.err(`benchgate: ${unsentWords(otlp, problem)}`);
}

/** The names of stdout. A document that goes there has it alone: what is for people would end up in it. */
const STDOUT: readonly (string | null)[] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/** Where each report goes; null: nowhere. */
export type ReportTargets = Values<typeof REPORT_FLAGS>;

/** What reports tell beyond the outcome. */
export interface ReportExtras {
  /** The command line that measures the same again. */
  readonly reproduce?: string | undefined;
  /** What the verdicts rest on: the HTML report draws it. */
  readonly compared?: readonly Compared[];
  /** The acceptances in force. */
  readonly accept?: readonly Acceptance[];
  /** The address of the remote, where both sides are commits of this repository: the HTML report links to it. Files may come from anywhere. */
  readonly remote?: string | null;
}

/** Writes the outcome where the flags say, and for people to the terminal where no document takes stdout. */
export async function writeReports(
  outcome: Outcome,
  targets: ReportTargets,
  world: World,
  { reproduce, compared = [], accept = [], remote = null }: ReportExtras = {},
): Promise<void> {
  const { ports, terminal } = world;
  const options = { now: ports.clock.now().toISOString(), ...(reproduce === undefined ? {} : { reproduce }) };
  const context = {
    outcome,
    ...(remote !== null && { origin: { remote } }),
    marker: marker("local"),
    evidence: () => evidenceIn(outcome, compared, accept),
    program: world.pageProgram,
    ...options,
  };
  for (const { name, render } of REPORTS) {
    const target = targets[name];
    if (target === null) continue;
    const text = (await render(context)).replace(/\n*$/, "\n");
    if (STDOUT.includes(target)) terminal.out(text);
    else await ports.files.write(target, text);
  }
  if (REPORTS.some(({ name }) => STDOUT.includes(targets[name]))) return;
  terminal.out(terminalReport(outcome, { width: terminal.columns, colour: terminal.colour, ...options }));
}

/** Refuses two documents in one place, and a report that cannot be made or written, before anything is measured for it. */
export async function checkReports(
  targets: ReportTargets,
  { pageProgram, ports }: Pick<World, "pageProgram" | "ports">,
): Promise<void> {
  const taken = new Map<string, ReportName>();
  for (const { name } of REPORTS) {
    const target = targets[name];
    if (target === null) continue;
    const isStdout = STDOUT.includes(target);
    const key = isStdout ? "-" : target;
    const first = taken.get(key);
    if (first !== undefined) {
      const [place, other] = isStdout ? ["stdout", "a file"] : [target, "another file"];
      throw new GateError(`--${first} and --${name} cannot both go to ${place}`, `Give --${name} ${other}`);
    }
    taken.set(key, name);
    if (!isStdout) await refuseUnwritable(ports.files, target);
  }
  for (const { name, ready } of REPORTS) {
    if (targets[name] !== null) await ready?.({ program: pageProgram });
  }
}
