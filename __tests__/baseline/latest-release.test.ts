import { describe, expect, it } from "vitest";
import { latestRelease } from "../../src/baseline/latest-release.ts";
import { createGit } from "../../src/io/git/git.ts";
import { GIT_ENV, git, project, temporaryFolder } from "./repositories.ts";

describe("the last release", () => {
  it.each([
    [["v1.2.3", "v1.10.0", "v1.9.9"], "v1.10.0"],
    [["1.2", "1.2.1"], "1.2.1"],
    [["v2.0.0-rc.1", "v1.0.0", "nightly", "deploy-2026"], "v1.0.0"],
    [["pkg@1.0.0", "pkg@1.0.1"], "pkg@1.0.1"],
    [["v1.0.0", "deploy-2026.11.27"], "v1.0.0"],
    [["v1.0.0+build.5", "V0.9.0"], "v1.0.0+build.5"],
  ])("of %j is %s", (tags, latest) => expect(latestRelease([...tags].reverse())).toBe(latest));

  it("is not guessed", () => {
    for (const tags of [[], ["nightly"], ["v1.0.0-beta"]])
      expect(() => latestRelease(tags)).toThrow(/no last release.*Fetch the tags/);
    expect(() => latestRelease(["a@1.0.0", "b@2.0.0", "a@1.1.0"])).toThrow(
      /releases of 2 things: a@1\.1\.0, b@2\.0\.0.*Name the tag/,
    );
  });

  it("is looked for behind a commit: not on it, and not on other branches", async () => {
    const { path, commits } = project(3);
    git(path, "tag", "v1.0.0", commits[0]!);
    git(path, "tag", "-a", "v1.1.0", "-m", "annotated", commits[1]!);
    git(path, "tag", "v2.0.0", commits[2]!);
    git(path, "checkout", "-q", "-b", "other", commits[0]!);
    git(path, "commit", "-q", "--allow-empty", "-m", "elsewhere");
    git(path, "tag", "v3.0.0");
    const port = createGit({ cwd: path, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() });
    expect(await port.tags(commits[2]!)).toEqual(["v1.0.0", "v1.1.0"]);
    expect(await port.tags(commits[0]!)).toEqual([]);
  });
});
