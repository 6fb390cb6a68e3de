import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { INPUTS } from "../../src/action/inputs.ts";
import type { VERDICTS } from "../../src/model/verdict.ts";
import { benchgate } from "./kit/command-line.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const EXAMPLES = join(PROJECT, "examples");

/** What keeps a round of an example short: the loads, by file, with fewer requests than their README speaks of. */
const SHORTER: readonly { readonly file: string; readonly long: RegExp; readonly short: string }[] = [
  { file: "http-service/load.js", long: /COUNT = 1500/, short: "COUNT = 300" },
  { file: "http-load/load.js", long: /amount: 500/, short: "amount: 100" },
  { file: "http-load/load.js", long: /amount: 3000/, short: "amount: 600" },
];

// At the same time: how fast they are is not looked at.
describe.concurrent.each(readdirSync(EXAMPLES))("example %s", (name) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-example-"));
    cpSync(join(EXAMPLES, name), folder, { recursive: true });
    for (const { file, long, short } of SHORTER.filter((each) => each.file.startsWith(`${name}/`))) {
      const text = readFileSync(join(EXAMPLES, file), "utf8");
      const path = join(folder, file.slice(name.length + 1));
      if (!long.test(text)) throw new Error(`${file} has no ${long} any more`);
      writeFileSync(path, readFileSync(path, "utf8").replace(long, short));
    }
    // What `npm install` brings: its packages are among this project's own.
    symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"), "junction");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is measured by the commands of its README, and compared", async () => {
    for (const file of ["before.json", "after.json"]) {
      const recorded = await benchgate(["record", "--rounds", "1", "-o", file], { cwd: folder });
      expect(recorded.code, recorded.stderr).toBe(0);
    }
    const compared = await benchgate(["compare", "before.json", "after.json", "--json", "-"], { cwd: folder });
    const { verdicts } = JSON.parse(compared.stdout) as {
      verdicts: { verdict: (typeof VERDICTS)[number]; metric: string }[];
    };
    expect(compared.code).toBeLessThan(2);
    // One round proves nothing: that its numbers can be held against each other is what is asked.
    expect(verdicts.filter(({ metric }) => metric === "latency").length).toBeGreaterThan(0);
    for (const { verdict } of verdicts)
      expect(["regression", "improvement", "unchanged", "not-slower", "inconclusive"]).toContain(verdict);
  });

  it("has a workflow whose every input exists", () => {
    const workflow = parse(readFileSync(join(folder, ".github/workflows/benchmarks.yml"), "utf8"));
    const steps: { uses?: string; with?: object }[] = workflow.jobs.benchgate.steps;
    const gates = steps.filter(({ uses }) => uses?.includes("/benchgate@"));
    expect(gates).toHaveLength(1);
    for (const input of Object.keys(gates[0]?.with ?? {})) expect(Object.keys(INPUTS)).toContain(input);
  });
});

describe.concurrent("the open load of the HTTP service", () => {
  it("sends no request before it is due: no latency is below zero", async () => {
    const server = createServer((_, response) => response.end("ok")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const folder = mkdtempSync(join(tmpdir(), "benchgate-open-load-"));
    const output = join(folder, "out.json");
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await promisify(execFile)(process.execPath, [join(EXAMPLES, "http-service", "load.js")], {
        env: { ...process.env, BENCHGATE_URL: url, BENCHGATE_OUTPUT: output },
      });
      const { rounds } = JSON.parse(readFileSync(output, "utf8"));
      const samples: number[] = rounds[0].measurements[0].samples;
      expect(samples).toHaveLength(1500);
      expect(Math.min(...samples)).toBeGreaterThan(0);
    } finally {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
