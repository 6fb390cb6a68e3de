import { gateName } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { DEFAULT_BASELINE_BRANCH } from "../config/defaults.ts";
import { type Against, gate } from "../gate.ts";
import type { Flags } from "../io/argv.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import type { Ports } from "../ports.ts";
import type { CliCommand } from "./command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { herePlace, newSession } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";
import { REPORT_FLAGS, writeReports } from "./report-flags.ts";
import { openStore, STORE_FLAGS, storeOf } from "./store.ts";

/** The gate on this working tree: against a revision side by side, or against what is stored. */
export const run: CliCommand = {
  name: "run",
  usage: "[--base REF] [--suite S] [--only PATTERN]",
  summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
  flags: { ...PLAN_FLAGS, ...REPORT_FLAGS, ...STORE_FLAGS, base: "value", only: "value" },
  async run(flags, world) {
    const { ports, terminal, signal } = world;
    const base = flags.value("base");
    const plan = await planOf(flags, ports.files, base === null ? "stored" : "side-by-side");
    terminal.err(announce(plan, base));
    const { outcome } = await gate(ports, {
      plan,
      candidate: await herePlace(ports),
      against: await againstWhat(ports, flags, base),
      only: flags.value("only"),
      ...newSession(ports),
      onProgress: progressOn(terminal),
      signal,
    });
    terminal.progress("");
    await writeReports(outcome, flags, world, base === null ? undefined : reproduce(flags, base));
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
function announce({ suites, rounds }: Plan, base: string | null): string {
  const names = suites.map(({ name }) => name).join(", ");
  const design =
    base === null
      ? `${rounds} rounds, against the baseline on ${DEFAULT_BASELINE_BRANCH}`
      : `${rounds} pairs, this working tree beside ${base}`;
  return `benchgate: ${names}: ${design}`;
}

function reproduce(flags: Flags, base: string): string {
  const pattern = flags.value("only");
  return `npx benchgate run --base ${base}${pattern === null ? "" : ` --only ${JSON.stringify(pattern)}`}`;
}
