import type { Distribution, Measurement } from "../../src/model/measurement.ts";
import type { Round } from "../../src/model/recording.ts";
import { standingOf, type Told } from "./answer.ts";
import { answered, wordsOf } from "./asked.ts";
import { measurementsOf, type Subject, toldOf } from "./subject.ts";
import { isAskedForTail } from "./tail.ts";
import { type Trial, trialNamed } from "./trial.ts";

/** Up to three benchmarks, each gone from the candidate; where there is only one, it goes by another name. */
export function oneGone(subject: Subject): readonly Trial[] {
  const names = [...new Set([...measurementsOf(subject.base).values()].map(({ benchmark }) => benchmark))];
  return spread(names).map((name): Trial => {
    const change = (round: Round): Round => ({
      ...round,
      measurements: round.measurements.flatMap((each) =>
        each.benchmark !== name ? [each] : names.length > 1 ? [] : [{ ...each, benchmark: `${name} renamed` }],
      ),
    });
    const { suite } = [...measurementsOf(subject.base).values()].find(({ benchmark }) => benchmark === name)!;
    const answer = answered(subject, { change });
    const standing = standingOf(answer, { suite, benchmark: name });
    const { outcome } = answer.outcome;
    const said = outcome === "fail" ? "red" : "doubt";
    const enough = names.length === 1 ? outcome === "fail" : outcome !== "pass";
    const nothing = enough
      ? null
      : `${names.length === 1 ? "nothing in common" : "gone"}, and the gate says ${outcome}`;
    const why = standing.kind === "silent" ? standing.why : nothing;
    return {
      ...trialNamed(subject.input, "one gone", name),
      result: why === null ? said : "silent",
      findings: why === null ? [] : [{ of: name, what: why }],
    };
  });
}

/** Up to three benchmarks that lose one metric, or their p99, while the rest of them stays. */
export function partGone(subject: Subject): readonly Trial[] {
  const measured = [...measurementsOf(subject.base).values()];
  const lone = (each: Measurement) => measured.filter(({ benchmark }) => benchmark === each.benchmark).length === 1;
  const metrics = spread(measured.filter((each) => !lone(each)).map(toldOf)).map((told) =>
    partial(subject, told, () => []),
  );
  const tails = spread(
    measured.filter((each) => each.metric === "latency" && hasTail(each.distribution) && isAskedForTail(each)),
  );
  return [
    ...metrics,
    ...tails.map((each) => partial(subject, { ...toldOf(each), statistic: "p99" }, (of) => [withoutTail(of)])),
  ];
}

function partial(subject: Subject, told: Told, change: (of: Measurement) => readonly Measurement[]): Trial {
  const isIt = ({ benchmark, metric }: Measurement) => benchmark === told.benchmark && metric === told.metric;
  const without = (round: Round): Round => ({
    ...round,
    measurements: round.measurements.flatMap((each) => (isIt(each) ? change(each) : [each])),
  });
  const answer = answered(subject, { change: without });
  const standing = standingOf(answer, { ...told, gone: true });
  const said = answer.outcome.outcome === "fail" ? "red" : "doubt";
  return {
    ...trialNamed(subject.input, "part gone", wordsOf(told)),
    result: standing.kind === "silent" ? "silent" : said,
    findings: standing.kind === "silent" ? [{ of: wordsOf(told), what: standing.why }] : [],
  };
}

function hasTail(distribution: Distribution): boolean {
  return distribution.kind === "quantiles" && distribution.quantiles["0.99"] !== undefined;
}

function withoutTail(measurement: Measurement): Measurement {
  const { distribution } = measurement;
  if (distribution.kind !== "quantiles") return measurement;
  const { "0.99": _, ...quantiles } = distribution.quantiles;
  return { ...measurement, distribution: { ...distribution, quantiles } };
}

/** The first, the middle and the last of a list. */
export function spread<T>(items: readonly T[]): readonly T[] {
  return items.length === 0 ? [] : [...new Set([0, items.length >> 1, items.length - 1])].map((index) => items[index]!);
}
