import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNoCorpus } from "../scripts/corpus.ts";

const SCRIPTS = fileURLToPath(new URL("../scripts", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-corpus-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function corpusWith(name: string, index: string): string {
  const corpus = join(folder, name);
  mkdirSync(corpus);
  writeFileSync(join(corpus, "INDEX.tsv"), index);
  return corpus;
}

describe("a corpus of outputs", () => {
  it.each([
    ["there is no folder", () => join(folder, "none")],
    ["the index is empty", () => corpusWith("empty", "")],
    ["the index has a head alone", () => corpusWith("head", "file\ttool\n")],
  ])("is none where %s", (_, make) => {
    const corpus = make();
    expect(whyNoCorpus(corpus)).toBe(
      `There is no corpus in ${corpus}: name the folder that holds INDEX.tsv in BENCHGATE_CORPUS`,
    );
  });

  it("names the files that it should have", () => {
    const corpus = corpusWith("gone", "file\ttool\nhere.txt\tgo-bench\ngo/gone.txt\tgo-bench\n");
    writeFileSync(join(corpus, "here.txt"), "");
    expect(whyNoCorpus(corpus)).toBe(`INDEX.tsv names files that are not in ${corpus}: go/gone.txt`);
  });

  it.concurrent.each(["fuzz.ts", "corpus.ts"])("is asked for in one line by %s, which fails", async (script) => {
    const corpus = join(folder, "none");
    const env = { ...process.env, BENCHGATE_CORPUS: corpus };
    const failure = await promisify(execFile)(process.execPath, [join(SCRIPTS, script), "10"], { env }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 1, stdout: "", stderr: `${whyNoCorpus(corpus)}\n` });
  });
});
