import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeRecording } from "../../src/codec/recording.ts";
import { aRecording } from "../synthetic.ts";
import { CLI } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";

const SKILL = readFileSync(fileURLToPath(new URL("../../skills/benchgate/SKILL.md", import.meta.url)), "utf8");
const SCHEMA = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../schema/result.schema.json", import.meta.url)), "utf8"),
);

/** A program whose two benchmarks take exactly so long: what an assistant changes, without noise. */
const PROGRAM = (parse: number) => `
import { appendFileSync } from "node:fs";
const measurement = (benchmark, value) => ({ benchmark, metric: "latency", unit: "s", better: "lower",
  samples: Array.from({ length: 400 }, (_, index) => value * (1 + 0.001 * Math.sin(index * 7 + Number(process.pid)))) });
const rounds = [{ measurements: [measurement("parse", ${parse}), measurement("print", 0.002)], failures: [] }];
console.log(JSON.stringify({ schema: "benchgate.recording/1", rounds }));
`;

const CONFIG = `setup: "true"
suites:
  lib:
    run: node bench.mjs
    tool: benchgate
`;

/** The real tinybench, as a package of the repository: nothing is installed. */
const TINYBENCH = {
  "node_modules/tinybench/package.json": '{ "name": "tinybench", "type": "module", "exports": "./index.js" }',
  "node_modules/tinybench/index.js": `export * from ${JSON.stringify(import.meta.resolve("tinybench"))};\n`,
};

let repository: Repository;
let folder: string;
beforeAll(async () => {
  repository = await createRepository();
  await repository.commit({ "benchgate.yml": CONFIG, "bench.mjs": PROGRAM(0.001) }, "first");
  folder = mkdtempSync(join(tmpdir(), "benchgate-agents-"));
});
afterAll(() => {
  repository.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A session of the official client with the bundled server, in the working tree of the repository. */
async function connected<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const transport = new StdioClientTransport({
    command: RUNNER_NODE,
    args: [CLI, "mcp"],
    cwd: repository.author,
    stderr: "inherit",
  });
  await client.connect(transport);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

interface Answer {
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: {
    readonly exitCode: number;
    readonly result: {
      readonly outcome: string;
      readonly verdicts: readonly {
        readonly benchmark: string;
        readonly statistic: string;
        readonly verdict: string;
        readonly ratio: number;
        readonly goal: { readonly state: string } | null;
      }[];
    };
  };
  readonly isError?: boolean;
}

describe("benchgate mcp, driven by the protocol's own client", () => {
  it("offers run, compare, explain and history, each with a schema of what goes in and comes out", async () => {
    await connected(async (client) => {
      expect(client.getServerVersion()).toMatchObject({ name: "benchgate" });
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(["run", "compare", "explain", "history"]);
      for (const { inputSchema, outputSchema, description } of tools) {
        expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
        expect(outputSchema).toMatchObject({ type: "object" });
        expect(description).toMatch(/\.$/);
      }
      expect(tools.filter(({ annotations }) => annotations?.readOnlyHint === false).map(({ name }) => name)).toEqual([
        "run",
      ]);
    });
  });

  it("proves a change 20 % faster in one call, with the whole result as data, and tells how far it is", async () => {
    writeFileSync(join(repository.author, "bench.mjs"), PROGRAM(0.0007));
    const heard: string[] = [];
    const answer = (await connected((client) =>
      client.callTool(
        { name: "run", arguments: { base: "HEAD", only: "lib/parse", goal: ["20%"], rounds: "6" } },
        undefined,
        { onprogress: ({ message }) => void heard.push(message ?? "") },
      ),
    )) as unknown as Answer;
    const { exitCode, result } = answer.structuredContent!;
    expect([exitCode, result.outcome]).toEqual([0, "pass"]);
    expect(result.verdicts.find(({ statistic }) => statistic === "p50")).toMatchObject({
      benchmark: "parse",
      verdict: "improvement",
      goal: { value: 0.2, state: "proven" },
    });
    const isSound = new Ajv2020({ strict: false, validateFormats: false }).compile(SCHEMA);
    expect(isSound(result), JSON.stringify(isSound.errors)).toBe(true);
    expect(answer.content[0]!.text).toContain("parse");
    expect(heard.join("\n")).toMatch(/round/);
  });

  it("compares files, looks at what is stored, and says in one line what the caller must change", async () => {
    const benchmarks = { json: 0.001 };
    writeFileSync(join(folder, "a.json"), encodeRecording(aRecording({ seed: 1, rounds: 8, benchmarks })));
    const slower = aRecording({ seed: 2, rounds: 8, benchmarks: { json: 0.0013 }, sha: "b".repeat(40) });
    writeFileSync(join(folder, "b.json"), encodeRecording(slower));
    await connected(async (client) => {
      const call = async (name: string, given: Record<string, unknown>) =>
        (await client.callTool({ name, arguments: given })) as unknown as Answer;
      const compared = await call("compare", { baseline: [join(folder, "a.json")], candidate: join(folder, "b.json") });
      expect(compared.structuredContent).toMatchObject({ exitCode: 1, result: { outcome: "fail" } });
      const stored = await call("history", { "baseline-directory": join(folder, "none") });
      expect(stored.structuredContent).toMatchObject({ stored: 0, series: [] });
      const missing = await call("explain", { before: "no-such-profile", after: "neither" });
      expect(missing).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("no-such-profile") }] });
      const unknown = await call("run", { bass: "main" });
      expect(unknown).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("bass") }] });
    });
  });
});

describe.skipIf(process.platform === "win32")("skills/benchgate/SKILL.md, followed to the letter", () => {
  it("gives a set-up, a verdict and a proof", async () => {
    // `benchgate` is what the skill says it stands for.
    const command = join(folder, "benchgate");
    writeFileSync(command, `#!/bin/sh\nexec '${RUNNER_NODE}' '${CLI}' "$@"\n`);
    chmodSync(command, 0o755);
    const tree = await createRepository();
    try {
      // The benchmark file measures both revisions: what differs is what it calls.
      const bench = `import { Bench } from "tinybench";\nimport { sum } from "../sum.js";\nexport default new Bench({ time: 10, warmupTime: 5 }).add("sum", sum);\n`;
      const sum = (loops: number) =>
        `export function sum() {\n  let sum = 0;\n  for (let at = 0; at < ${loops}; at++) sum += Math.sqrt(at);\n  return sum;\n}\n`;
      await tree.commit({
        ...TINYBENCH,
        "package.json": '{ "type": "module" }',
        ".gitignore": "result.json\n",
        "bench/sum.bench.js": bench,
        "sum.js": sum(20_000),
      });
      writeFileSync(join(tree.author, "sum.js"), sum(4_000));
      const env = { ...process.env, PATH: [folder, dirname(RUNNER_NODE), process.env.PATH].join(delimiter) };
      const commands = [...SKILL.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = ""]) => text.trim());
      expect(commands).toHaveLength(3);
      const results = commands.map((line) => {
        execFileSync("sh", ["-c", line], { cwd: tree.author, env, stdio: ["ignore", "ignore", "pipe"] });
        return line.includes("result.json") ? JSON.parse(readFileSync(join(tree.author, "result.json"), "utf8")) : null;
      });
      const p50 = (result: NonNullable<Answer["structuredContent"]>["result"]) =>
        result.verdicts.find(({ statistic }) => statistic === "p50");
      expect(p50(results[1])).toMatchObject({ verdict: "improvement", goal: null });
      expect(p50(results[2])).toMatchObject({ verdict: "improvement", goal: { state: "proven" } });
    } finally {
      tree.close();
    }
  });
});
