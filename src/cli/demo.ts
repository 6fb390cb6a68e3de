import { DEFAULT_BUDGETS, DEFAULT_TIME_LIMIT } from "../config/defaults.ts";
import { judge } from "../judge/judge.ts";
import { looksOf } from "../judge/undecided.ts";
import { measure } from "../measure/measure.ts";
import type { MeasuredSide, Recordings } from "../measure/recorder.ts";
import type { Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { progressOn } from "../report/words/progress.ts";
import { command } from "./command.ts";
import { DEMO } from "./demo-programs.ts";
import { newSession } from "./here.ts";
import { checkReports, REPORT_FLAGS, writeReports } from "./report-flags.ts";

/** At most: it ends at the first look that proves the planted regression, which a busy machine may not allow at once. */
const PAIRS = 48;
/** Seconds after which no pair begins that the first look does not need. */
const TIME_BUDGET = 40;
const PLANTED = "unique";

/** The whole path on two small programs, live: one function made quadratic, one left alone. */
export const demo = command({
  name: "demo",
  usage: "",
  summary: "a planted regression, found: needs nothing but node",
  flags: REPORT_FLAGS,
  operands: 0,
  async run({ given }, world) {
    const {
      ports,
      terminal,
      interrupt: { signal },
    } = world;
    await checkReports(given, world);
    const folder = await ports.files.temporaryFolder();
    const place = async (name: keyof typeof DEMO, sha: string): Promise<MeasuredSide> => {
      const cwd = `${folder}/${name}`;
      for (const [file, text] of Object.entries(DEMO[name])) await ports.files.write(`${cwd}/${file}`, text);
      return { name, cwd, revision: { sha, ref: "", committedAt: "" } };
    };
    const sides = [await place("baseline", "0000001"), await place("candidate", "0000002")];
    terminal.err(`Two versions of a small program. The second makes \`unique\` quadratic and leaves \`count\` alone.`);
    terminal.err(
      `Measuring both in turns on this machine, in fresh processes, until it is proven: less than a minute …`,
    );
    const now = ports.clock.now().toISOString();
    const looks = looksOf(PAIRS);
    const rules = {
      budgets: DEFAULT_BUDGETS,
      accept: [],
      onInconclusive: "warn",
      today: now.slice(0, 10),
      looks,
    } as const;
    const judged = ({ baseline, candidate }: Recordings, warnings: readonly Warning[] = []) =>
      judge({ kind: "side-by-side", recordings: [baseline!] }, candidate!, rules, warnings);
    const { recordings, warnings } = await measure(
      ports,
      {
        suites: [
          { name: "words", workload: { kind: "bench", patterns: ["*.bench.mjs"] }, timeLimit: DEFAULT_TIME_LIMIT },
        ],
        sides,
        rounds: PAIRS,
        timeBudget: TIME_BUDGET,
        reserved: looks[0]!,
        looks: { at: looks, open: (soFar) => leftToDo(judged(soFar)) },
        ...newSession(ports),
        signal,
      },
      progressOn(terminal),
    );
    terminal.progress("");
    const { baseline, candidate } = recordings;
    await writeReports(judged(recordings, warnings), given, world, {
      compared: [{ kind: "side-by-side", baseline: [baseline!], candidate: candidate! }],
    });
    if (Object.values(given).every((target) => target === null)) terminal.out(NEXT);
    // Finding what was planted is success.
    return 0;
  },
});

/** Both benchmarks until the planted regression is proven; then nothing. */
function leftToDo({ judgements }: Outcome) {
  const proven = judgements.some(
    ({ benchmark, statistic, verdict }) => benchmark === PLANTED && statistic === "p50" && verdict === "regression",
  );
  const names = new Set(judgements.map(({ benchmark }) => benchmark));
  const open = new Map(proven ? [] : judgements.map(({ suite }) => [suite, [...names]] as const));
  return { open, slower: Number(proven), fine: proven ? names.size - 1 : 0, of: names.size };
}

const NEXT = `
A pull request would show this as a comment. Next:
  benchgate demo --html demo.html    the same as a page: distributions, rounds, every number
  benchgate demo --markdown -        the comment itself
  benchgate run --base main --bench 'bench/*.bench.js' --setup 'npm ci'
                                     the same on your project`;
