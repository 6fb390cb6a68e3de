/** What has a view of its own: one metric of one benchmark. */
export interface Subject {
  readonly suite: string;
  readonly benchmark: string;
  readonly metric: string;
}

/** The hash of a subject's view, the same in every report: `#/suite/benchmark/metric`, each part encoded. */
export function addressOf({ suite, benchmark, metric }: Subject): string {
  return `#/${[suite, benchmark, metric].map(part).join("/")}`;
}

/** Lone surrogates have no encoding. */
function part(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}
