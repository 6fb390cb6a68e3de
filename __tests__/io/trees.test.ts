import { execFileSync } from "node:child_process";
import {
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { notAfter } from "../../src/io/trees/age.ts";
import { createTrees } from "../../src/io/trees/trees.ts";

const trees = createTrees();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-trees-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a tree", () => {
  it("is all that is below a folder, links unfollowed, and nothing of what Git keeps", async () => {
    for (const path of [".git", "src"]) mkdirSync(join(folder, path));
    writeFileSync(join(folder, ".git/HEAD"), "x");
    writeFileSync(join(folder, "src/run.sh"), "four", { mode: 0o755 });
    symlinkSync("src", join(folder, "link"));

    const own = (path: string) => {
      const { nlink, mtimeMs, ino } = lstatSync(join(folder, path));
      return { links: nlink, written: mtimeMs, inode: ino };
    };
    expect(Object.fromEntries((await trees.walk(folder))!)).toEqual({
      ".git": { kind: "folder", size: 0, runs: false, to: "", ...own(".git") },
      src: { kind: "folder", size: 0, runs: false, to: "", ...own("src") },
      "src/run.sh": { kind: "file", size: 4, runs: true, to: "", ...own("src/run.sh") },
      link: { kind: "link", size: 0, runs: false, to: "src", ...own("link") },
    });
  });

  it("is none where it cannot be looked at", async () => {
    expect(await trees.walk(join(folder, "nowhere"))).toBeNull();
  });
});

describe("a path that a program asked for", () => {
  it("is nothing below a file, and of no known kind where no file can have such a name", async () => {
    writeFileSync(join(folder, "a.mjs"), "");
    const impossible = ["x".repeat(300), "a\0b"];

    const found = await trees.look(folder, ["a.mjs/package.json", "none/y", ...impossible]);

    expect([...found].map(([path, { kind }]) => [path, kind])).toEqual(impossible.map((path) => [path, "other"]));
  });
});

describe("files of two folders", () => {
  it("are unequal where any byte differs, or one cannot be read", async () => {
    for (const side of ["a", "b"]) mkdirSync(join(folder, side));
    const big = Buffer.alloc(3_000_000, 1);
    writeFileSync(join(folder, "a/big"), big);
    writeFileSync(join(folder, "a/other"), big);
    big[2_999_999] = 2;
    writeFileSync(join(folder, "b/other"), big);
    linkSync(join(folder, "a/big"), join(folder, "b/big"));
    writeFileSync(join(folder, "a/gone"), "");

    expect(await trees.unequal(join(folder, "a"), join(folder, "b"), ["big", "other", "gone"])).toEqual([
      "other",
      "gone",
    ]);
  });
});

describe("links of two folders", () => {
  it("are equal where they lead to the same by what they say, whatever is there", async () => {
    for (const side of ["a", "b"]) {
      mkdirSync(join(folder, side, "docs"), { recursive: true });
      symlinkSync("docs", join(folder, side, "to-folder"));
      symlinkSync("nowhere", join(folder, side, "to-nothing"));
    }
    for (const [side, end] of Object.entries({ a: "one", b: "two" })) {
      writeFileSync(join(folder, side, end), "same");
      symlinkSync(end, join(folder, side, "other"));
    }
    const paths = ["to-folder", "to-nothing", "other"];
    expect(await trees.unequal(join(folder, "a"), join(folder, "b"), paths)).toEqual(["other"]);
  });
});

describe.runIf(process.platform !== "win32")("pipes of two folders", () => {
  it("are unequal, and nobody waits for what is in them", async () => {
    for (const side of ["a", "b"]) {
      mkdirSync(join(folder, side));
      execFileSync("mkfifo", [join(folder, side, "pipe")]);
    }
    expect(await trees.unequal(join(folder, "a"), join(folder, "b"), ["pipe"])).toEqual(["pipe"]);
  });
});

describe("the way to a path", () => {
  it("goes over every link as the system does, so that what is above a link is above where it leads", async () => {
    mkdirSync(join(folder, "deep/v1"), { recursive: true });
    symlinkSync("deep/v1", join(folder, "cur"));
    symlinkSync(join(folder, "cur"), join(folder, "absolute"));
    const root = await trees.real(folder);

    const [above, through] = await trees.ways([`${root}/cur/../y`, `${root}/absolute/x/z`]);

    expect(above!.end).toBe(`${root}/deep/y`);
    expect(above!.places).toEqual(expect.arrayContaining([`${root}/cur`, `${root}/deep/v1`, `${root}/deep/y`]));
    expect(through!.end).toBe(`${root}/deep/v1/x/z`);
    expect(through!.places).toEqual(expect.arrayContaining([`${root}/absolute`, `${root}/cur`, `${root}/deep`]));
  });

  it("ends where links lead round in a circle", async () => {
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));

    expect((await trees.ways([join(folder, "a/x")]))[0]!.places).toContain(join(await trees.real(folder), "a"));
  });
});

describe.runIf(process.platform === "linux")("what is aged", () => {
  it("tells who was read since, whoever read it, and keeps the time of its last change", async () => {
    const paths = ["a", "b", "empty"].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, path.endsWith("empty") ? "" : "x");
    mkdirSync(join(folder, "d"));
    symlinkSync("a", join(folder, "l"));
    const before = statSync(paths[0]!, { bigint: true }).mtimeNs;

    const read = await trees.age([...paths, join(folder, "d"), join(folder, "l"), join(folder, "nowhere")]);
    // A file system without access times is a machine on which nothing is left out.
    if (read === null) return;
    expect(await read()).toEqual([]);
    readFileSync(join(folder, "l"));
    readFileSync(join(folder, "empty"));

    expect(await read()).toEqual([paths[0], paths[2], join(folder, "l")]);
    const after = statSync(paths[0]!, { bigint: true }).mtimeNs;
    expect(Number(before - after)).toBeGreaterThanOrEqual(0);
    expect(Number(before - after)).toBeLessThan(1000);
  });

  it("is never changed later than it was, whatever the nanosecond", () => {
    const path = join(folder, "a");
    writeFileSync(path, "x");
    for (let index = 0n; index < 2000n; index += 1n) {
      const changed = 1_795_801_234_000_000_000n + ((index * 6_180_339_887n) % 86_400_000_000_000n);
      lutimesSync(path, 0, notAfter(changed));
      const { mtimeNs } = lstatSync(path, { bigint: true });
      expect(mtimeNs <= changed && mtimeNs > changed - 1000n, `${changed} became ${mtimeNs}`).toBe(true);
    }
  });
});
