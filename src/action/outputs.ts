import { REPORTS, type Report } from "../report/index.ts";

const inFolder = REPORTS.filter(({ output }) => output === undefined).map(({ noun, file }) => `${noun} (\`${file}\`)`);

/** Every output of the action with what it is, in the order of action.yml. */
export const OUTPUTS: Readonly<Record<string, string>> = {
  outcome: "`pass`, `warn` or `fail`.",
  ...Object.fromEntries(REPORTS.flatMap(({ output }) => (output === undefined ? [] : [[output.name, output.about]]))),
  regressions: "How many regressions were proven, of what can fail the check.",
  improvements: "How many improvements were proven, of the same.",
  inconclusive: "How many comparisons could not be decided.",
  folder: `Path of the folder that holds all of these, ${inFolder.join(", ")}, and what was recorded, for \`fan-in\`.`,
};

/** The outputs of a run that judged nothing: it has no reports, and counts nothing. */
export async function unjudgedOutputs(): Promise<Readonly<Record<string, string | number>>> {
  return { ...(await reportOutputs(() => "")), regressions: 0, improvements: 0, inconclusive: 0 };
}

/** The outputs that name a report's file, in the order of the reports; `path` gives it. */
export async function reportOutputs(
  path: (report: Report) => string | Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const outputs: Record<string, string> = {};
  for (const report of REPORTS) {
    const written = await path(report);
    if (report.output !== undefined) outputs[report.output.name] = written;
  }
  return outputs;
}
