import { describe, expect, it } from "vitest";
import { commitPages } from "../../../src/report/words/commits.ts";

const [A, B] = ["a".repeat(40), "b".repeat(40)];

describe("the pages of commits", () => {
  it.each([
    ["https://github.com/octo-org/octo-repo.git", "https://github.com/octo-org/octo-repo"],
    ["https://github.com/octo-org/octo-repo/", "https://github.com/octo-org/octo-repo"],
    ["https://token:x@github.com/octo-org/octo-repo", "https://github.com/octo-org/octo-repo"],
    ["http://ghe.example:8080/o/r.git", "https://ghe.example/o/r"],
    ["https://ghe.example:8443/o/r", "https://ghe.example:8443/o/r"],
    ["git@github.com:octo-org/octo-repo.git", "https://github.com/octo-org/octo-repo"],
    ["ssh://git@ghe.example:2222/o/r.git", "https://ghe.example/o/r"],
    ["git@gitlab.example.org:group/sub/r.git", "https://gitlab.example.org/group/sub/r/-"],
  ])("of %s are https, without credentials", (remote, root) => {
    expect(commitPages(remote).commit(A)).toBe(`${root}/commit/${A}`);
    expect(commitPages(remote).between(A, B)).toBe(`${root}/compare/${A}...${B}`);
  });

  it.each([
    "",
    "/srv/git/repo.git",
    "file:///srv/git/repo.git",
    "../repo",
    "C:\\repo",
    "javascript:alert(1)//x/y",
    'https://evil.example/a/b"onclick=1',
    "https://evil.example/a/../b",
    "https://evil.example/a b/c",
    "https://ev|il.example/a/b",
    "git@host:-x",
  ])("of %j there are none", (remote) => {
    expect(commitPages(remote).commit(A)).toBeNull();
    expect(commitPages(remote).between(A, B)).toBeNull();
  });

  it.each(["", "abc1234", `${A}"`, "HEAD", A.toUpperCase()])("of a commit called %j there is none", (sha) => {
    expect(commitPages("https://github.com/o/r").commit(sha)).toBeNull();
    expect(commitPages("https://github.com/o/r").between(A, sha)).toBeNull();
  });

  it("show a file at a line, and a pull request, as each server calls it", () => {
    const github = commitPages("https://u:p@github.com/o/r.git");
    expect(github.source(A, { file: "bench/a b#?.ts", line: 12 })).toBe(
      `https://github.com/o/r/blob/${A}/bench/a%20b%23%3F.ts#L12`,
    );
    expect(github.source(A, { file: "x.ts" })).toBe(`https://github.com/o/r/blob/${A}/x.ts`);
    expect(github.pull(12)).toBe("https://github.com/o/r/pull/12");
    const gitlab = commitPages("git@gitlab.com:o/r.git");
    expect(gitlab.source(A, { file: "x.ts", line: 1 })).toBe(`https://gitlab.com/o/r/-/blob/${A}/x.ts#L1`);
    expect(gitlab.pull(3)).toBe("https://gitlab.com/o/r/-/merge_requests/3");
  });

  it.each(["/etc/passwd", "../x.ts", "a/../../x.ts", "a//b", "C:\\x.ts", "a\u202Eb", "", "\uD800"])(
    "of a file called %j there are none",
    (file) => {
      expect(commitPages("https://github.com/o/r").source(A, { file, line: 1 })).toBeNull();
    },
  );

  it.each([0, -1, 1.5, Number.NaN])("of a pull request numbered %d there is none", (number) => {
    expect(commitPages("https://github.com/o/r").pull(number)).toBeNull();
  });
});
