import { GateError } from "../model/error.ts";

/** The word for a base that is the last release. */
export const LATEST_RELEASE = "latest-release";

/** A version at the end of a tag's name: `v1.2.3`, `1.2`, `pkg@1.2.3`, `release-1.2.3`; the part after `-` is a release candidate's. */
const VERSION = /^(.*?)[vV]?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * The tag of the highest version; release candidates do not count, nor named things where plain versions are there. Throws a `GateError` where no tag is a version, or
 * several things have versions of their own.
 */
export function latestRelease(tags: readonly string[]): string {
  const versions = tags.flatMap((tag) => {
    const [, prefix = "", major, minor, patch = "0", candidate] = VERSION.exec(tag) ?? [];
    return major === undefined || candidate !== undefined
      ? []
      : [{ tag, prefix, numbers: [major, minor, patch].map(Number) }];
  });
  const prefixes = [...new Set(versions.map(({ prefix }) => prefix))];
  if (prefixes.includes("")) return highest(versions.filter(({ prefix }) => prefix === ""));
  if (prefixes.length > 1) {
    const newest = prefixes.map((prefix) => highest(versions.filter((each) => each.prefix === prefix)));
    throw new GateError(
      `there are releases of ${prefixes.length} things: ${newest.slice(0, 5).join(", ")}`,
      "Name the tag that is meant: `--base TAG`",
    );
  }
  if (versions.length > 0) return highest(versions);
  throw new GateError(
    "no tag behind HEAD is a version, so there is no last release",
    "Fetch the tags (`git fetch --tags`; `fetch-depth: 0` in a workflow), or name a tag, a branch or a commit: `--base REF`",
  );
}

function highest(versions: readonly { readonly tag: string; readonly numbers: readonly number[] }[]): string {
  return versions.reduce((best, each) => {
    const place = each.numbers.findIndex((number, i) => number !== best.numbers[i]);
    return place >= 0 && each.numbers[place]! > best.numbers[place]! ? each : best;
  }).tag;
}
