import type { Warning } from "../model/warning.ts";
import { firstRoundOutlier } from "../stats/first-round.ts";
import { quantised } from "../stats/resolution.ts";
import { twoModes } from "../stats/shape.ts";
import type { BaselineMode } from "./compared.ts";
import type { Contrast } from "./contrast.ts";
import type { Reading } from "./readings.ts";
import type { Row } from "./row.ts";
import { isClosedLoopTail } from "./severity.ts";
import type { Subject } from "./subjects.ts";

/** What a reader should know of a contrast that has its verdict all the same. */
export function remarksOn(row: Row, { design }: Contrast, mode: BaselineMode): readonly Warning[] {
  const { baseline, candidate } = row.readings;
  const arms = mode === "stored" ? [candidate] : [baseline.flat(), candidate];
  const before = baseline.flat().length;
  const remarks: (Warning | null)[] = [
    isClosedLoopTail(row) ? { code: "closed-loop" } : null,
    design === "unpaired" ? { code: "different-sessions" } : null,
    mode !== "stored" && design === "pairs" && before !== candidate.length
      ? { code: "uneven-rounds", baseline: before, candidate: candidate.length }
      : null,
    arms.some((arm) => firstRoundOutlier(positiveLogs(arm))) ? { code: "first-round" } : null,
    mode === "stored" ? null : modes(baseline.flat(), candidate),
    coarse(row.subject),
  ];
  return remarks.filter((remark) => remark !== null);
}

function coarse({ candidate }: Subject): Warning | null {
  const [first] = candidate;
  const found = first?.distribution.kind === "samples" ? quantised(first.distribution.samples) : null;
  return found === null ? null : { code: "coarse-clock", ...found };
}

function modes(baseline: readonly Reading[], candidate: readonly Reading[]): Warning | null {
  // Each side by itself: two sides that differ are two groups of rounds too.
  const groups = [baseline, candidate].map((arm) => twoModes(positiveLogs(arm)));
  if (groups.every((group) => group === null)) return null;
  const slow = (index: 0 | 1) => groups[index]?.upper.count ?? 0;
  return { code: "two-modes", baseline: slow(0), candidate: slow(1) };
}

function positiveLogs(arm: readonly Reading[]): number[] {
  return arm.filter(({ value }) => value > 0).map(({ value }) => Math.log(value));
}
