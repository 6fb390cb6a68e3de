import { gateName } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type Against, gate } from "../gate.ts";
import type { Flags } from "../io/argv.ts";
import { GateError } from "../model/error.ts";
import type { Ports } from "../ports/index.ts";
import { announce, forecastLine } from "./announce.ts";
import type { CliCommand } from "./command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { herePlace, newSession } from "./here.ts";
import { comparedIn } from "./html-report.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";
import { checkReports, REPORT_FLAGS, writeReports } from "./report-flags.ts";
import { type PlanWords, reproduceLine } from "./reproduce.ts";
import { openStore, STORE_FLAGS, storeOf } from "./stores.ts";
import { findUnfinished, forgetUnfinished, keepUnfinished, type Unfinished } from "./unfinished.ts";

/** The gate on this working tree: against a revision side by side, or against what is stored. */
export const run: CliCommand = {
  name: "run",
  usage: "[--base REF [--resume]] [--suite S] [--only PATTERN]",
  summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
  flags: { ...PLAN_FLAGS, ...REPORT_FLAGS, ...STORE_FLAGS, base: "value", only: "value", resume: "switch" },
  operands: 0,
  async run(flags, world) {
    const { ports, terminal, signal } = world;
    const base = flags.value("base");
    await checkReports(flags);
    const plan = await planOf(flags, ports.files, base === null ? "stored" : "side-by-side");
    const against = await againstWhat(ports, flags, base);
    const candidate = await herePlace(ports);
    const experiment =
      against.kind === "side-by-side" ? { plan, base: against.revision, candidate: candidate.revision } : null;
    const before = flags.has("resume") ? await resumed(ports, experiment) : null;
    const { session, seed } = before ?? newSession(ports);
    for (const line of announce(plan, against, base)) terminal.err(line);
    const gated = await gate(ports, {
      plan,
      candidate,
      against,
      only: flags.value("only"),
      session,
      seed,
      ...(before && { before: before.recordings }),
      onProgress: progressOn(terminal),
      onForecast: (forecast) => terminal.err(forecastLine(forecast)),
      signal,
    });
    const { outcome, recordings, interrupted } = gated;
    terminal.progress("");
    if (experiment !== null && interrupted) {
      const kept = await keepUnfinished(ports, experiment, { session, seed, recordings });
      terminal.err(`benchgate: interrupted${kept ? "; go on with the same command and --resume" : ""}`);
    } else if (experiment !== null) await forgetUnfinished(ports);
    if (!interrupted && outcome.judgements.length === 0 && flags.value("only") !== null) {
      throw new GateError(
        `--only ${flags.value("only")} fits nothing that was measured`,
        "Write it as suite/benchmark, with * for any characters",
      );
    }
    await writeReports(outcome, flags, world, {
      reproduce: base === null ? undefined : reproduceLine(base, wordsOf(flags)),
      compared: comparedIn(gated),
      accept: plan.accept,
    });
    return exitCodeOf(outcome);
  },
};

/** What an earlier run of the same command has recorded. */
async function resumed(ports: Ports, experiment: Parameters<typeof findUnfinished>[1] | null): Promise<Unfinished> {
  if (experiment !== null) return findUnfinished(ports, experiment);
  throw new GateError("--resume goes on with a measurement side by side", "Give --base REF too, or leave it out");
}

async function againstWhat(ports: Ports, flags: Flags, base: string | null): Promise<Against> {
  if (base === null) {
    const store = openStore(ports, storeOf(flags));
    const from = (await ports.git.revision("HEAD"))?.sha ?? "";
    return { kind: "stored", store, gate: flags.value("gate") ?? (await onlyGate(store)), from };
  }
  if ((await ports.git.root()) === null) {
    throw new GateError("this folder is not inside a git repository", "Run Benchgate inside a checkout");
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

function wordsOf(flags: Flags): PlanWords {
  const { value, list } = flags;
  return {
    config: value("config"),
    run: value("run"),
    bench: list("bench"),
    tool: value("tool"),
    setup: value("setup"),
    threshold: list("threshold"),
    only: value("only"),
  };
}
