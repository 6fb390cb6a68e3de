import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTrees } from "../../../src/io/trees/trees.ts";
import { onceEach } from "../../../src/measure/same-code/once.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-once-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("trees that are looked at once", () => {
  it("answer as they did the first time, of what is there and what is not, and ask for nothing twice", async () => {
    const trees = createTrees();
    const asked: string[] = [];
    const once = onceEach({
      ...trees,
      look: (root, paths) => {
        for (const path of paths) asked.push(path);
        return trees.look(root, paths);
      },
      walk: (root) => {
        asked.push("walk");
        return trees.walk(root);
      },
    });
    writeFileSync(join(folder, "a"), "1");
    const kinds = async (paths: readonly string[]) =>
      [...(await once.look(folder, paths))].map(([path, { kind }]) => [path, kind]);

    expect(await kinds(["a", "b"])).toEqual([["a", "file"]]);
    expect([...(await once.walk(folder))!.keys()]).toEqual(["a"]);
    writeFileSync(join(folder, "b"), "");
    writeFileSync(join(folder, "c"), "");
    expect(await kinds(["b", "c", "a"])).toEqual([
      ["c", "file"],
      ["a", "file"],
    ]);
    expect([...(await once.walk(folder))!.keys()]).toEqual(["a"]);
    expect(asked).toEqual(["a", "b", "walk", "c"]);
  });
});
