import { GateError } from "../../src/model/error.ts";
import type { Recording } from "../../src/model/recording.ts";
import { loud, wordsOf } from "./asked.ts";
import { FREE_NAMES, PRINTED, printingsInto } from "./printings.ts";
import { changedBy, measurementsOf, type Subject, withoutFailures, worseThan } from "./subject.ts";
import { type Finding, type Trial, trialNamed } from "./trial.ts";
import { isWorse } from "./worse.ts";

/** Both sides with what a program prints among their lines, the candidate worse. */
export async function printedInto({ input, text, ...subject }: Subject): Promise<readonly Trial[]> {
  const clean = input.text;
  if (clean === null) return [];
  const trials: Trial[] = [];
  for (const { name, mix } of printingsInto(input.tool, clean)) {
    const identity = trialNamed(input, "printed into", name);
    try {
      const baseline = withoutFailures(await input.read(mix(clean)));
      const renamed = freeNames(input.tool, subject.base, baseline);
      const rewritten = text === null ? null : withoutFailures(await input.read(mix(text)));
      const candidate = worseThan(baseline, rewritten);
      const trial = loud({ input, text, ...subject }, "printed into", {
        baseline,
        candidate,
        worse: subject.worsened.map((told) => ({ ...told, benchmark: renamed.get(told.benchmark) ?? told.benchmark })),
        detail: name,
      });
      const findings = [...trial.findings, ...misread(subject.base, baseline, renamed)];
      trials.push({ ...trial, result: findings.length > 0 ? "silent" : trial.result, findings });
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      const { line, path, problem } = { ...error.position, problem: error.message };
      const placed = line !== undefined || path !== undefined;
      const findings = placed ? [] : [{ of: "*", what: `refused without a place: ${problem}` }];
      trials.push({ ...identity, result: placed ? "refused" : "silent", findings });
    }
  }
  return trials;
}

/** What benchmarks are called with what was printed in front of them, where no reader can tell the two apart. */
function freeNames(tool: string, clean: Recording, printed: Recording): ReadonlyMap<string, string> {
  if (!FREE_NAMES.has(tool)) return new Map();
  const names = (recording: Recording) =>
    new Set([...measurementsOf(recording).values()].map(({ benchmark }) => benchmark));
  const own = names(clean);
  return new Map(
    [...names(printed)].flatMap((name) => {
      const without = name.replaceAll(PRINTED, "").trim();
      return name !== without && own.has(without) ? [[without, name]] : [];
    }),
  );
}

/** What is read where something is printed in between, and was not there, or was another number. */
function misread(clean: Recording, printed: Recording, renamed: ReadonlyMap<string, string>): readonly Finding[] {
  const before = measurementsOf(
    changedBy(clean, (each) => ({ ...each, benchmark: renamed.get(each.benchmark) ?? each.benchmark })),
  );
  return [...measurementsOf(printed)].flatMap(([key, measurement]) => {
    const own = before.get(key);
    const of = wordsOf(measurement);
    if (own === undefined) return [{ of, what: "made up" }];
    return isWorse(own, measurement) || isWorse(measurement, own) ? [{ of, what: "another number" }] : [];
  });
}
