import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFiles } from "../../src/io/files.ts";
import { leadsInto, treeAround } from "../../src/io/reach.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "benchgate-reach-")));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  for (const name of ["tree/.git", "tree/sub/deep", "other", "temporary/benchgate-1", "tree-beside"])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at("other/secret"), "secret");
  writeFileSync(at("tree/sub/out"), "1");
  const links: Readonly<Record<string, string>> = {
    "tree/sub/to-secret": "../../other/secret",
    "tree/sub/to-folder": "../../other",
    "tree/sub/to-link": "to-secret",
    "tree/sub/to-out": "deep/../out",
    "tree/sub/to-temporary": "../../temporary/benchgate-1",
    "tree/sub/to-itself": "to-itself",
    "tree/sub/to-nothing": "none",
    "linked-tree": "tree",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, at(name));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === "win32")("where a path leads", () => {
  let files: ReturnType<typeof createFiles>;
  beforeAll(() => {
    files = createFiles([at("temporary")], at("tree/sub"));
  });

  it.each([
    "tree/sub/out",
    "tree/sub/none/out",
    "tree/out",
    "tree/sub/to-out",
    "tree/sub/to-temporary/out",
    "tree/sub/to-itself",
    "tree/sub/to-nothing",
    "temporary/benchgate-1/out",
    "linked-tree/out",
  ])("is within the tree or the temporary folder: %s", async (name) => {
    expect(await files.isOutside(at(name))).toBe(false);
  });

  it.each([
    "other/secret",
    "tree-beside/out",
    "tree/../other/secret",
    "tree/sub/to-secret",
    "tree/sub/to-link",
    "tree/sub/to-folder/none/out",
    "out",
  ])("is outside of both: %s", async (name) => {
    expect(await files.isOutside(at(name))).toBe(true);
  });

  it("is seen from the tree that was there before anything ran", async () => {
    const [early, place] = [createFiles([], at("tree/sub")), at("tree/out")];
    rmSync(at("tree/.git"), { recursive: true });
    expect(await early.isOutside(place)).toBe(false);
    mkdirSync(at("tree/.git"));
  });

  it("takes the folder itself for the tree where there is no repository, and everything lies in the root", async () => {
    expect(treeAround("/")).toBe("/");
    expect(await leadsInto(at("other/secret"), ["/"])).toBe(true);
  });
});
