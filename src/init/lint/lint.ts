import { parseConfig } from "../../config/config.ts";
import type { ConfigChecks } from "../../config/suite.ts";
import { GateError } from "../../model/error.ts";
import { lintConfig } from "./configuration.ts";
import type { Mistake, SetupFacts, SetupFile } from "./mistake.ts";
import { lintWorkflow } from "./workflow.ts";

/** The files of a set-up. */
export interface Setup {
  readonly config: SetupFile | null;
  readonly workflows: readonly SetupFile[];
}

/** Everything that is wrong with a set-up, file by file. A configuration that cannot be read is one mistake. */
export function lint({ config, workflows }: Setup, facts: SetupFacts, checks: ConfigChecks): readonly Mistake[] {
  const read = config === null ? null : readConfig(config, checks);
  const sound = read !== null && !("rule" in read) ? read : null;
  const known = { ...facts, timeBudget: sound?.timeBudget ?? null, hasSetup: sound !== null && sound.setup !== null };
  return [
    ...(read !== null && "rule" in read ? [read] : []),
    ...(sound === null ? [] : lintConfig(sound, config!, facts)),
    ...workflows.flatMap((workflow) => lintWorkflow(workflow, known)),
  ];
}

function readConfig({ file, text }: SetupFile, checks: ConfigChecks) {
  try {
    return parseConfig(text, file, checks);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { problem, remedy, position } = error;
    const { path, ...place } = position;
    return {
      rule: "configuration",
      problem: path === undefined ? problem : `${path}: ${problem}`,
      remedy,
      position: place,
    } satisfies Mistake;
  }
}
