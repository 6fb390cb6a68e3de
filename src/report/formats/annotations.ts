import type { SourceLocation } from "../../model/measurement.ts";
import { comparesNothing, type Judgement, type Outcome } from "../../model/verdict.ts";
import { type BucketName, byBucket } from "../parts/buckets.ts";
import { clean } from "../parts/escape.ts";
import { PLAIN } from "../parts/ink.ts";
import { findingOf } from "../words/finding.ts";
import { plural } from "../words/format.ts";
import { message } from "../words/messages.ts";

/** A remark on a line of the change, or on the whole run where no file is known. */
export interface Annotation {
  readonly level: "error" | "warning";
  /** Relative to the repository's root. */
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten a step and cuts messages at 4,096 characters. */
const ANNOTATION_LIMIT = 10;
const MESSAGE_LIMIT = 4_096;

const ANNOTATED: readonly { readonly bucket: BucketName; readonly level: Annotation["level"] }[] = [
  { bucket: "regression", level: "error" },
  { bucket: "limit", level: "error" },
  { bucket: "missed-goal", level: "error" },
  { bucket: "failed", level: "error" },
  { bucket: "failed-before", level: "warning" },
  { bucket: "advisory", level: "warning" },
  { bucket: "limit-before", level: "warning" },
  { bucket: "removed", level: "warning" },
];

/** One annotation for each suite that has nothing in common, and each regression, broken limit, failure and removal; where there are too many, the last one counts the rest. */
export function annotations(outcome: Outcome, limit: number = ANNOTATION_LIMIT): readonly Annotation[] {
  const { judgements, warnings } = outcome;
  const buckets = byBucket(judgements);
  const told = warnings.flatMap((warning): Annotation[] => {
    if (warning.code !== "nothing-in-common") return [];
    const { sentence, remedy } = message(warning, PLAIN);
    const level = comparesNothing(outcome) ? "error" : "warning";
    return [{ level, title: `removed: all of ${PLAIN.name(warning.suite)}`, message: cut(`${sentence} ${remedy}`) }];
  });
  const found = ANNOTATED.flatMap(({ bucket, level }) =>
    buckets.get(bucket)!.map((judgement) => ({ judgement, level: lenient(judgement) ? ("warning" as const) : level })),
  );
  const room = Math.max(1, limit - told.length);
  const fits = found.length <= room;
  const shown = found.slice(0, fits ? room : room - 1);
  const rest = found.slice(shown.length);
  return [
    ...told.slice(0, limit - 1),
    ...shown.map(({ judgement, level }) => annotate(judgement, level)),
    ...(rest.length === 0
      ? []
      : [
          {
            level: rest.some(({ level }) => level === "error") ? ("error" as const) : ("warning" as const),
            title: plural(rest.length, "more finding", "more findings"),
            message: "GitHub shows ten annotations a step. The job summary lists all findings.",
          },
        ]),
  ];
}

function lenient({ severity }: Judgement): boolean {
  return severity === "advisory";
}

function annotate(judgement: Judgement, level: Annotation["level"]): Annotation {
  const { title, lines } = findingOf(judgement);
  return {
    level,
    ...placeOf(judgement.source),
    title,
    message: cut(lines.join("\n")),
  };
}

function cut(text: string): string {
  return text.slice(0, MESSAGE_LIMIT).replace(/[\uD800-\uDBFF]$/, "");
}

/** Where a benchmark is defined, as far as it lies inside the repository. */
export function placeOf(source: SourceLocation | null): { readonly file?: string; readonly line?: number } {
  const file = source === null ? null : relativePath(source.file);
  const { line } = source ?? {};
  const counted = line !== undefined && Number.isInteger(line) && line > 0;
  return file === null ? {} : { file, ...(counted ? { line } : {}) };
}

/** A path that stays inside the repository, or null. */
function relativePath(path: string): string | null {
  const parts = path.split(/[\\/]/);
  const odd =
    clean(path, 400) !== path || path === "" || parts[0] === "" || parts.includes("..") || /^[A-Za-z]:/.test(path);
  return odd ? null : path;
}
