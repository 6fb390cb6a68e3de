import { describe, expect, it } from "vitest";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { selectAdapter } from "../../src/adapters/select.ts";
import { corpusFile, corpusFolder, hasCorpus } from "./outputs.ts";

describe.skipIf(!hasCorpus)("files of programs that write a format of their own", () => {
  it.each(corpusFolder("custom-json"))("%s belongs to no tool", (file) => {
    expect(() => selectAdapter("auto", outputOf(corpusFile(file)))).toThrow(
      "No tool that we know has written this output. Name the tool",
    );
  });
});
