import { describe, expect, it } from "vitest";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { selectAdapter } from "../../src/adapters/select.ts";
import { corpusFile, corpusFolder, hasCorpus } from "./corpus-files.ts";

describe.skipIf(!hasCorpus)("files of programs that write a format of their own", () => {
  it.each(corpusFolder("custom-json"))("%s belongs to no tool", (file) => {
    expect(() => selectAdapter(ADAPTERS, "auto", corpusFile(file))).toThrow(
      "No tool that we know has written this output. Name the tool",
    );
  });
});
