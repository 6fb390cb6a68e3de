import type { Baseline } from "../../src/judge/baseline.ts";
import { fnv1a } from "../../src/model/hash.ts";
import type { Recording, Round } from "../../src/model/recording.ts";
import { xoshiro128 } from "../../src/stats/random.ts";
import { type Answer, answerTo, isGating, isSpeed, standingOf, type Told } from "./answer.ts";
import { experiment } from "./experiment.ts";
import { distinct, type Subject } from "./subject.ts";
import { type Scenario, type Trial, trialNamed } from "./trial.ts";

/** Two sides: what differs from the subject's own. */
export interface Sides {
  readonly baseline?: Recording;
  readonly candidate?: Recording;
  /** What happens to the candidate's rounds, once they have their places. */
  readonly change?: (round: Round) => Round;
  /** Which of all possible draws of the noise; absent: the first. */
  readonly draw?: number;
  /** How the sides came about: measured in turns (the default), two outputs as they are, or a run after stored ones. */
  readonly how?: "pairs" | "files" | "stored";
}

/** Stored runs that a candidate is compared with. */
const RUNS = 6;

/** What the gate says to two sides, with the same noise each time. */
export function answered(
  { input, base }: Subject,
  { baseline = base, candidate = base, change, draw = 0, how = "pairs" }: Sides,
): Answer {
  const random = xoshiro128(seedOf(input.name, draw));
  const run = (of: Recording, then?: (round: Round) => Round) => experiment(of, random, then);
  const against: Readonly<Record<typeof how, () => Exclude<Baseline, { kind: "none" }>>> = {
    pairs: () => ({ kind: "side-by-side", recordings: [run(baseline)] }),
    files: () => ({ kind: "file", recordings: [baseline] }),
    stored: () => ({
      kind: "stored",
      recordings: [run(baseline), ...Array.from({ length: RUNS - 1 }, () => run(baseline))],
    }),
  };
  const before = against[how]();
  return answerTo(input.tool, before, how === "files" ? candidate : run(candidate, change));
}

/** A seed of its own for each draw of a name. */
export function seedOf(name: string, draw: number): number {
  return Number(fnv1a(draw === 0 ? name : `${name}, draw ${draw}`, 32));
}

/** A false discovery rate of 5 % lets one gate in twenty of unchanged code be red by chance: what is so more often is a fault of the rules. */
const DRAWS = 40;
const BY_CHANCE = 4;

/** A candidate of which nothing is worse. Where it is red it is drawn anew, which tells a fault from chance: of 40 draws at 5 % more than four are red in one case of twenty. */
export function quiet(subject: Subject, scenario: Scenario, sides: (draw: number) => Sides = () => ({})): Trial {
  const redIn = (draw: number) =>
    answered(subject, { ...sides(draw), draw }).outcome.judgements.filter(
      ({ verdict, severity }) => verdict === "regression" && severity === "gate",
    );
  const first = redIn(0);
  const isFault = () =>
    Array.from({ length: DRAWS }, (_, draw) => redIn(draw)).filter((red) => red.length > 0).length > BY_CHANCE;
  const red = first.length > 0 && isFault() ? first : [];
  return {
    ...trialNamed(subject.input, scenario),
    result: red.length > 0 ? "red" : "green",
    findings: red.map(({ benchmark, metric, statistic }) => ({
      of: benchmark,
      what: `red for its ${metric} ${statistic}`,
    })),
  };
}

/** A candidate of which `worse` is. */
export function loud(
  subject: Subject,
  scenario: Scenario,
  { worse, detail = "", ...sides }: Sides & { readonly worse: readonly Told[]; readonly detail?: string },
): Trial {
  const answer = answered(subject, sides);
  const findings = [
    ...worse.flatMap((told) => {
      const standing = standingOf(answer, told);
      return standing.kind === "silent" ? [{ of: wordsOf(told), what: standing.why }] : [];
    }),
    ...ungated(answer, worse).map(({ benchmark }) => ({ of: benchmark, what: "nothing of its speed gates" })),
  ];
  const said = answer.outcome.outcome === "fail" ? "red" : "doubt";
  return { ...trialNamed(subject.input, scenario, detail), result: findings.length > 0 ? "silent" : said, findings };
}

/** Benchmarks of whose speed, all of it worse, nothing turns the check red or keeps it yellow. */
function ungated(answer: Answer, worse: readonly Told[]): readonly Told[] {
  const speed = worse.filter(
    ({ metric, statistic }) => metric !== undefined && statistic === undefined && isSpeed({ metric }),
  );
  return distinct(speed.map(({ suite, benchmark }): Told => ({ suite, benchmark }))).filter(
    (told) => !isGating(answer, told),
  );
}

/** A benchmark, its metric and its statistic in words. */
export function wordsOf({ benchmark, metric, statistic }: Told): string {
  return [benchmark, metric, statistic].filter(Boolean).join(" ");
}
