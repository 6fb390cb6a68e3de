import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Revision } from "../model/recording.ts";
import type { Git } from "../ports/index.ts";

/** The word for a base that is the last release. */
const LATEST_RELEASE = "latest-release";

/** The remedy where a commit may only be missing from this clone. */
export const UNSHALLOW =
  "This clone is shallow: `git fetch --unshallow` brings the commits that it lacks (in a workflow: `fetch-depth: 0`)";

/**
 * The revision that somebody names to compare with: a commit, a tag or a branch, or `latest-release` for the highest version tag that HEAD descends from.
 * Throws a `GateError` with the nearest name where there is none.
 */
export async function namedBase(git: Git, base: string): Promise<Revision> {
  const head = base === LATEST_RELEASE ? await git.revision("HEAD") : null;
  const ref = head === null ? base : latestRelease(await git.tags(head.sha));
  const revision = await git.revision(ref);
  if (revision !== null) return revision;
  if ((await git.revision("HEAD")) === null) {
    throw new GateError("There is no commit here yet", "Commit what is to be compared with");
  }
  const { names, shallow } = await git.names();
  const near = nearest(ref, names);
  const meant = near === null ? "" : `Did you mean ${near}? `;
  throw new GateError(
    `There is no revision ${JSON.stringify(ref)}`,
    shallow
      ? `${meant}${UNSHALLOW}`
      : `${meant}Name a commit, a tag or a branch that is here; \`git fetch\` brings others`,
  );
}

/** A version at the end of a tag's name: `v1.2.3`, `1.2`, `pkg@1.2.3`, `release-1.2.3`; the part after `-` is a release candidate's. */
const VERSION = /^(.*?)[vV]?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * The tag of the highest version; release candidates do not count, nor named things where plain versions are there. Throws a `GateError` where no tag is a
 * version, or several things have versions of their own.
 *
 * @internal Exported for its tests.
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
      "Name the tag that is meant as the base",
    );
  }
  if (versions.length > 0) return highest(versions);
  throw new GateError(
    "no tag behind HEAD is a version, so there is no last release",
    "Fetch the tags (`git fetch --tags`; `fetch-depth: 0` in a workflow), or name a tag, a branch or a commit as the base",
  );
}

function highest(versions: readonly { readonly tag: string; readonly numbers: readonly number[] }[]): string {
  return versions.reduce((best, each) => {
    const place = each.numbers.findIndex((number, i) => number !== best.numbers[i]);
    return place >= 0 && each.numbers[place]! > best.numbers[place]! ? each : best;
  }).tag;
}
