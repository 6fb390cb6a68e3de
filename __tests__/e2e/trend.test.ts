import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { createFiles } from "../../src/io/files.ts";
import { aRecording } from "../synthetic.ts";
import { benchgate } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";

const RUNS = 24;
const STEP = 14;

describe("benchgate trend", () => {
  let repository: Repository;
  const commits: string[] = [];

  beforeAll(async () => {
    repository = await createRepository();
    const store = createDirectoryStore(createFiles(), join(repository.author, "store"));
    for (let run = 0; run < RUNS; run++) {
      const sha = await repository.commit({ "file.txt": `${run}` });
      commits.push(sha);
      const benchmarks = { json: run < STEP ? 0.001 : 0.0013, yaml: 0.002 };
      const recording = aRecording({ seed: run, session: `${run}`, rounds: 4, samples: 9, sha, benchmarks });
      expect(await store.save(recording, { run: `${run}`, attempt: "1", gate: "benchmarks-bench" })).toBeNull();
    }
    const stranger = aRecording({ seed: 99, sha: "f".repeat(40), samples: 9, benchmarks: { json: 1 } });
    await store.save(stranger, { run: "99", attempt: "1", gate: "benchmarks-bench" });
  });
  afterAll(() => repository.close());

  const trend = (...args: readonly string[]) =>
    benchgate(["trend", "--baseline-directory", "store", ...args], { cwd: repository.author });

  it("writes a page of every benchmark's history into a folder, with what changed and between which commits", async () => {
    await repository.git("remote", "set-url", "origin", "https://user:secret@github.com/octo-org/octo-repo.git");
    const { code, stdout, stderr } = await trend("-o", "site");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toBe("benchgate: site/index.html: 24 runs, 2 series\n");
    const html = readFileSync(join(repository.author, "site", "index.html"), "utf8");
    expect(html.includes("<h1>1 worse · 1 steady</h1>")).toBe(true);
    const between = `https://github.com/octo-org/octo-repo/compare/${commits[STEP - 1]}...${commits[STEP]}`;
    expect(html.includes(between)).toBe(true);
    expect(html.includes("1 run of other branches left out.")).toBe(true);
    expect(html.includes("secret")).toBe(false);
  });
});
