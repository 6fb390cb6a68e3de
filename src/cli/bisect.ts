import { patternsOf } from "../config/only.ts";
import { GateError } from "../model/error.ts";
import { type FlagTable, TEXT } from "../model/setting.ts";
import { bisectWords } from "../report/words/bisect.ts";
import { Bisection } from "./bisection.ts";
import { command } from "./command.ts";
import { lineOf } from "./line.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";

const BISECT_FLAGS = {
  only: {
    type: TEXT,
    value: "PATTERN",
    about:
      "The benchmarks to look at, written as `suite/benchmark`, with `*` for any characters. Without it, the one that has changed most is followed.",
  },
  ...PLAN_FLAGS,
} as const satisfies FlagTable;

/** The search for the commit that changed a level. */
export const bisect = command({
  name: "bisect",
  usage: "GOOD BAD [--only PATTERN]",
  summary:
    "the commit between two that made a benchmark slower, or faster: gates side by side, half way each time, right in 95 of 100",
  flags: BISECT_FLAGS,
  operands: 2,
  async run({ given, operands: [good, bad] }, world) {
    const { ports, terminal } = world;
    if (good === undefined || bad === undefined) {
      throw new GateError(
        "bisect needs two commits",
        "Name one from before the change, and one that has it: `benchgate bisect v1.0 HEAD`.",
      );
    }
    const plan = await planOf(given, ports.files, "side-by-side");
    const names = plan.suites.map(({ name }) => name);
    const only = given.only === null ? null : patternsOf(given.only, names, { path: "--only" });
    const line = await lineOf(ports.git, good, bad);
    const search = new Bisection(world, plan, only, line);
    const { row, finding } = await search.run();
    terminal.out(bisectWords({ row, line, finding }));
    return finding.stop === null ? 0 : 3;
  },
});
