import { expect, it } from "vitest";
import { entryPath, shelfPath } from "../../src/baseline/entry.ts";
import { BASELINE_BRANCH } from "../../src/baseline/places.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { fingerprint } from "../../src/model/environment.ts";
import { MACHINE, recordingOf } from "../baseline/recordings.ts";
import { fakeGit } from "../fakes/git.ts";
import { aPlace, benchgate } from "./command-line.ts";

it("prune lists what goes, says what it moved to where new runs are stored, and does neither without --yes", async () => {
  const git = fakeGit("/here");
  const commits: string[] = [];
  for (let at = 0; at < 22; at++) commits.push(git.commit(commits.at(-1) ?? null, { [`${at}`]: "" }));
  git.head = commits.at(-1)!;
  const namedOf = (sha: string) => ({ run: "1", attempt: "1", gate: "ci", sha, fingerprint: fingerprint(MACHINE) });
  const stored = commits.map((sha) => [entryPath(namedOf(sha)), encodeRecording(recordingOf(sha))]);
  const tip = git.commit(null, Object.fromEntries(stored));
  git.branches.set(BASELINE_BRANCH, tip);
  const place = aPlace({}, git);
  const gone = [entryPath(namedOf(commits[1]!)), entryPath(namedOf(commits[0]!)), ""].join("\n");

  const dry = await benchgate(["baseline", "prune", "--keep", "20"], place);
  expect([dry.code, dry.stdout, git.branches.get(BASELINE_BRANCH)]).toEqual([0, gone, tip]);
  expect(dry.stderr).toContain("would remove 2 of 22 recordings; 20 stay. Add --yes to remove them.");
  const done = await benchgate(["baseline", "prune", "--keep", "20", "--yes"], place);
  expect([done.code, done.stdout]).toEqual([0, gone]);
  expect(done.stderr).toContain("removed 2 of 22 recordings; 20 stay. Moved 20 to where new ones are stored.");
  const listed = await benchgate(["baseline", "list"], place);
  const left = commits.slice(2).map((sha) => expect.stringContaining(`${shelfPath(namedOf(sha))}  HEAD`));
  expect(listed.stdout.trim().split("\n")).toEqual(left);
});
