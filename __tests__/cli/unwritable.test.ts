import { describe, expect, it } from "vitest";
import { refuseUnwritable } from "../../src/cli/unwritable.ts";
import { GateError } from "../../src/model/error.ts";
import { memoryFiles } from "../fakes/files.ts";

/** Files of which only these can be written, as in a folder where none can be made. */
function fixedFiles(texts: Readonly<Record<string, string>>, writable: readonly string[]) {
  const held = new Map(Object.entries(texts));
  const files = memoryFiles(held);
  return {
    held,
    files: {
      ...files,
      write: async (path: string, content: Parameters<typeof files.write>[1]) => {
        if (!writable.includes(path)) throw new GateError("permission denied", "Check the rights", { file: path });
        await files.write(path, content);
      },
    },
  };
}

describe("a report where no file can be made", () => {
  it("is refused by its own name", async () => {
    const { files } = fixedFiles({}, []);
    await expect(refuseUnwritable(files, "out/a.json")).rejects.toMatchObject({ position: { file: "out/a.json" } });
  });

  it("goes into a file that is there and can be written, whose text stays until then", async () => {
    const { files, held } = fixedFiles({ "out/a.json": "old" }, ["out/a.json"]);
    await refuseUnwritable(files, "out/a.json");
    expect([...held]).toEqual([["out/a.json", "old"]]);
  });

  it("is refused as well where that cannot be written", async () => {
    const { files } = fixedFiles({ "out/a.json": "old" }, []);
    await expect(refuseUnwritable(files, "out/a.json")).rejects.toMatchObject({ position: { file: "out/a.json" } });
  });
});
