import { gateName } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type Against, gate } from "../gate.ts";
import type { Flags } from "../io/argv.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import type { Ports } from "../ports.ts";
import { plural } from "../report/format.ts";
import type { CliCommand } from "./command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { herePlace, newSession } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";
import { checkReports, REPORT_FLAGS, writeReports } from "./report-flags.ts";
import { type PlanWords, reproduceLine } from "./reproduce.ts";
import { openStore, STORE_FLAGS, storeOf } from "./store.ts";

/** The gate on this working tree: against a revision side by side, or against what is stored. */
export const run: CliCommand = {
  name: "run",
  usage: "[--base REF] [--suite S] [--only PATTERN]",
  summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
  flags: { ...PLAN_FLAGS, ...REPORT_FLAGS, ...STORE_FLAGS, base: "value", only: "value" },
  operands: 0,
  async run(flags, world) {
    const { ports, terminal, signal } = world;
    const base = flags.value("base");
    checkReports(flags);
    const plan = await planOf(flags, ports.files, base === null ? "stored" : "side-by-side");
    const against = await againstWhat(ports, flags, base);
    terminal.err(announce(plan, against, base));
    const { outcome } = await gate(ports, {
      plan,
      candidate: await herePlace(ports),
      against,
      only: flags.value("only"),
      ...newSession(ports),
      onProgress: progressOn(terminal),
      signal,
    });
    terminal.progress("");
    if (outcome.judgements.length === 0 && flags.value("only") !== null) {
      throw new GateError(
        `--only ${flags.value("only")} fits nothing that was measured`,
        "Write it as suite/benchmark, with * for any characters",
      );
    }
    await writeReports(outcome, flags, world, base === null ? undefined : reproduceLine(base, wordsOf(flags)));
    return exitCodeOf(outcome);
  },
};

async function againstWhat(ports: Ports, flags: Flags, base: string | null): Promise<Against> {
  if (base === null) {
    const store = openStore(ports, storeOf(flags));
    const from = (await ports.git.revision("HEAD"))?.sha ?? "";
    return { kind: "stored", store, gate: flags.value("gate") ?? (await onlyGate(store)), from };
  }
  const revision = await ports.git.revision(base);
  if (revision === null) {
    throw new GateError(
      `There is no revision ${JSON.stringify(base)}`,
      "Name a commit, a tag or a branch that is here; `git fetch` brings others.",
    );
  }
  return { kind: "side-by-side", revision };
}

/** The gate whose entries the store holds, where that is one; with several, the user must say which is meant. */
async function onlyGate(store: BaselineStore): Promise<string> {
  const gates = [...new Set((await store.list()).map(({ gate }) => gate))];
  if (gates.length > 1) {
    throw new GateError(
      `${store.place} holds baselines of ${gates.length} gates`,
      `Name one with --gate: ${gates.join(", ")}.`,
    );
  }
  return gates[0] ?? gateName("", "");
}

/** What is about to happen, before it happens. */
function announce({ suites, rounds }: Plan, against: Against, base: string | null): string {
  const names = suites.map(({ name }) => name).join(", ");
  const design =
    against.kind === "stored"
      ? `${plural(rounds, "round", "rounds")}, against the baseline in ${against.store.place}`
      : `${plural(rounds, "pair", "pairs")}, this working tree beside ${base}`;
  return `benchgate: ${names}: ${design}`;
}

function wordsOf(flags: Flags): PlanWords {
  const { value, list } = flags;
  return {
    config: value("config"),
    run: value("run"),
    bench: list("bench"),
    tool: value("tool"),
    setup: value("setup"),
    only: value("only"),
  };
}
