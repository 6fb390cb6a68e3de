import { DEFAULT_BUDGETS, DEFAULT_TIME_LIMIT } from "../config/defaults.ts";
import { judge } from "../judge/judge.ts";
import { measure } from "../measure/measure.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { commentBody } from "../report/formats/markdown.ts";
import { marker } from "../report/parts/sticky.ts";
import { progressOn } from "../report/words/progress.ts";
import { command } from "./command.ts";
import { DEMO } from "./demo-programs.ts";
import { newSession } from "./here.ts";
import { REPORT_FLAGS, writeReports } from "./report-flags.ts";

const PAIRS = 10;

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
    const folder = await ports.files.temporaryFolder();
    const place = async (name: keyof typeof DEMO, sha: string): Promise<MeasuredSide> => {
      const cwd = `${folder}/${name}`;
      for (const [file, text] of Object.entries(DEMO[name])) await ports.files.writeText(`${cwd}/${file}`, text);
      return { name, cwd, revision: { sha, ref: "", committedAt: "" } };
    };
    const sides = [await place("baseline", "0000001"), await place("candidate", "0000002")];
    terminal.err(`Two versions of a small program. The second makes \`unique\` quadratic and leaves \`count\` alone.`);
    terminal.err(`Measuring both in turns on this machine, ${PAIRS} pairs of fresh processes …`);
    const {
      recordings: { baseline, candidate },
      warnings,
    } = await measure(
      ports,
      {
        suites: [
          { name: "words", workload: { kind: "bench", patterns: ["*.bench.mjs"] }, timeLimit: DEFAULT_TIME_LIMIT },
        ],
        sides,
        rounds: PAIRS,
        timeBudget: 30,
        ...newSession(ports),
        signal,
      },
      progressOn(terminal),
    );
    terminal.progress("");
    const now = ports.clock.now().toISOString();
    const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: now.slice(0, 10) } as const;
    const outcome = judge({ kind: "side-by-side", recordings: [baseline!] }, candidate!, rules, warnings);
    await writeReports(outcome, given, world, {
      compared: [{ kind: "side-by-side", baseline: [baseline!], candidate: candidate! }],
    });
    if (Object.values(given).every((target) => target === null)) {
      terminal.out("\nThis is the comment that the pull request would get:\n");
      terminal.out(commentBody(outcome, { marker: marker("demo"), now }));
    }
    // Finding what was planted is success.
    return 0;
  },
});
