import { budgetFor, expectedSeconds } from "../init/minutes.ts";
import { brokenIn, minutesFor, type Proof, roundOf } from "./init-proof.ts";

/** What a proof means, in lines for people. */
export function proofLines(proof: Proof): readonly string[] {
  const { tried, setup, setupFailure } = proof;
  if (setup === null)
    return [
      `setup: fails here: ${setupFailure}`,
      "No suite could be tried. Correct `setup` in benchgate.yml, then run `benchgate record -o first.json`.",
    ];
  const minutes = (seconds: number) => Math.max(1, Math.round(seconds / 60));
  const round = roundOf(proof);
  const budget = minutesFor(proof) * 60;
  const expected = expectedSeconds(setup, round, budget);
  const [least, most] = [minutes(expected.least), minutes(expected.most)];
  const working = [...tried].filter(([, { broken }]) => broken === null);
  return [
    ...working.map(
      ([suite, { benchmarks }]) => `${suite}: works, ${benchmarks} ${benchmarks === 1 ? "benchmark" : "benchmarks"}`,
    ),
    ...working.flatMap(([suite, { failing }]) =>
      failing === null
        ? []
        : [
            `${suite}: ${failing.count} ${failing.count === 1 ? "benchmark fails" : "benchmarks fail"}, which keeps the check red until fixed or removed: ${failing.reason}`,
          ],
    ),
    ...working.flatMap(([suite, { note }]) => (note === undefined ? [] : [`${suite}: ${note}`])),
    ...[...brokenIn(proof)].map(
      ([suite, reason]) => `${suite}: does not work here, and is a comment in benchgate.yml: ${reason}`,
    ),
    ...(working.length === 0
      ? ["Nothing works yet. Fix one suite in benchgate.yml, then run `benchgate record -o first.json`."]
      : [
          ...(budgetFor(round) > budget
            ? [
                `A round of all benchmarks takes ${Math.round(round)} s, and a verdict needs 12 or more: they do not fit into ${budget / 60} minutes. Keep fewer benchmarks in benchgate.yml, or raise \`time-budget\`.`,
              ]
            : []),
          `A pull request will take about ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "minute" : "minutes"} on a machine like this one.`,
          "Now: `benchgate run --base HEAD~1` compares this tree with the commit before. Commit both files to gate pull requests.",
        ]),
  ];
}
