import type { Round } from "../../src/model/recording.ts";
import { xoshiro128 } from "../../src/stats/random.ts";
import { isSpeed, type Told } from "./answer.ts";
import { answered, loud, quiet, seedOf } from "./asked.ts";
import { oneGone, partGone, spread } from "./gone.ts";
import { printedInto } from "./printed.ts";
import { changedBy, distinct, measurementsOf, type Subject, toldOf } from "./subject.ts";
import { isAskedForTail, tailWorsened } from "./tail.ts";
import { type Trial, trialNamed } from "./trial.ts";
import { halved } from "./worse.ts";

/** Every candidate that is made of an output, with its answer. */
export async function trialsOf(subject: Subject): Promise<readonly Trial[]> {
  if (subject.worsened.length === 0) return [];
  const all = { candidate: subject.worse, worse: subject.worsened };
  return [
    quiet(subject, "unchanged"),
    quiet(subject, "half the samples", (draw) => ({ change: halfOfRounds(subject, draw) })),
    loud(subject, "all worse", all),
    loud(subject, "two files", { ...all, how: "files" }),
    loud(subject, "stored runs", { ...all, how: "stored" }),
    loud(subject, "half and worse", { ...all, change: halfOfRounds(subject) }),
    ...tailWorse(subject),
    ...oneWorse(subject),
    ...oneGone(subject),
    ...partGone(subject),
    ...badRounds(subject),
    ...(await printedInto(subject)),
  ];
}

/** Every run of a tool in which everything failed, after runs of it that did not. */
export function failuresAfter(subjects: readonly Subject[]): readonly Trial[] {
  const sound = subjects.filter(({ worsened }) => worsened.length > 0);
  const failed = subjects.filter(({ base }) => measurementsOf(base).size === 0);
  return failed.flatMap((subject) =>
    sound.slice(0, 3).map((before): Trial => {
      const { outcome } = answered(before, { candidate: subject.input.recording });
      const said = outcome.judgements.some(({ verdict }) => verdict === "failed" || verdict === "removed");
      const silent = outcome.outcome === "pass" || !said;
      return {
        ...trialNamed(subject.input, "all failed", `after ${before.input.name}`),
        result: silent ? "silent" : outcome.outcome === "fail" ? "red" : "doubt",
        findings: silent ? [{ of: "*", what: `it failed, and the gate says ${outcome.outcome}` }] : [],
      };
    }),
  );
}

/** Rounds that got half as far, drawn anew in each. */
function halfOfRounds({ input }: Subject, draw = 0): (round: Round) => Round {
  const random = xoshiro128(seedOf(`half of ${input.name}`, draw));
  return (round) => ({ ...round, measurements: round.measurements.map((each) => halved(each, random)) });
}

/** The slowest requests or calls alone. */
function tailWorse(subject: Subject): readonly Trial[] {
  const worse: Told[] = [];
  const candidate = changedBy(subject.base, (measurement) => {
    const changed = tailWorsened(measurement);
    if (changed === null) return measurement;
    if (isAskedForTail(measurement)) worse.push({ ...toldOf(measurement), statistic: "p99" });
    return changed;
  });
  return worse.length === 0 ? [] : [loud(subject, "tail worse", { candidate, worse: distinct(worse) })];
}

/** Up to three benchmarks, each worse alone. */
function oneWorse(subject: Subject): readonly Trial[] {
  const names = namesOf(subject);
  const after = measurementsOf(subject.worse);
  return names.length < 2
    ? []
    : spread(names).map((name) => {
        const isMine = ({ benchmark }: { readonly benchmark: string }) => benchmark === name;
        const candidate = changedBy(subject.base, (each, key) => (isMine(each) ? after.get(key)! : each));
        return loud(subject, "one worse", { candidate, worse: subject.worsened.filter(isMine), detail: name });
      });
}

/** Candidates that are worse throughout, and one round of which is no good: it must not take the others away. */
function badRounds(subject: Subject): readonly Trial[] {
  const speed = subject.worsened.filter(isSpeed);
  if (speed.length === 0) return [];
  const [first] = speed;
  const inThird = (change: (round: Round) => Round) => (round: Round) => (round.pair === 2 ? change(round) : round);
  const isFirst = ({ benchmark }: { readonly benchmark: string }) => benchmark === first!.benchmark;
  const ways: Readonly<Record<string, (round: Round) => Round>> = {
    failed: (round) => ({
      ...round,
      measurements: round.measurements.filter((each) => !isFirst(each)),
      failures: [{ suite: first!.suite, benchmark: first!.benchmark, reason: "It ended with 1", output: "" }],
    }),
    "of zeros": (round) => ({
      ...round,
      measurements: round.measurements.map((each) =>
        isFirst(each) && isSpeed(each) ? { ...each, distribution: { kind: "value", value: 0, exact: false } } : each,
      ),
    }),
    absent: (round) => ({ ...round, measurements: round.measurements.filter((each) => !isFirst(each)) }),
  };
  return Object.entries(ways).map(([detail, way]) =>
    loud(subject, "bad round", { candidate: subject.worse, worse: speed, change: inThird(way), detail }),
  );
}

function namesOf({ worsened }: Subject): readonly string[] {
  return [...new Set(worsened.map(({ benchmark }) => benchmark))];
}
