import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { benchgate } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";

const AUTOCANNON = fileURLToPath(new URL("../../node_modules/.bin/autocannon", import.meta.url));

/** Three quarters of the work are `steady`; `parse` takes `times` as long as the fourth. */
const LIBRARY = (times: number) => `export function steady(text) {
  let h = 0;
  for (let k = 0; k < 3; k++) for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h;
}
export function parse(text) {
  let h = 0;
  for (let k = 0; k < ${times}; k++) for (let i = 0; i < text.length; i++) h = (Math.imul(h, 33) + text.charCodeAt(i)) | 0;
  return h;
}
`;
const BENCH = `import { parse, steady } from "./lib.mjs";
const text = "a line of text; ".repeat(250);
export const options = { time: 20, warmupTime: 5 };
export function both() { return parse(text) + steady(text); }
`;
const SERVER = `import { createServer } from "node:http";
import { parse, steady } from "./lib.mjs";
const text = "a line of text; ".repeat(15_000);
createServer((request, response) => response.end(String(parse(text) + steady(text)))).listen(process.env.PORT, "127.0.0.1");
`;

let repository: Repository;
beforeAll(async () => {
  repository = await createRepository();
  await repository.commit({
    "lib.mjs": LIBRARY(1),
    "both.bench.mjs": BENCH,
    "server.mjs": SERVER,
  });
  writeFileSync(join(repository.author, "lib.mjs"), LIBRARY(4));
});
afterAll(() => repository.close());

interface Explained {
  readonly verdicts: readonly object[];
  readonly explanations?: readonly {
    readonly suite: string;
    readonly benchmark: string;
    readonly culprits: readonly {
      readonly name: string;
      readonly file: string;
      readonly line: number;
      readonly origin: object;
    }[];
  }[];
}

async function gate(suite: string): Promise<Explained> {
  const config = `rounds: 2\nexplain: always\nsuites:\n  s: ${suite}\n`;
  writeFileSync(join(repository.author, "benchgate.yml"), config);
  const { code, stderr } = await benchgate(["run", "--base", "main", "--json", "out.json"], { cwd: repository.author });
  // Two pairs prove nothing: functions are named by the profiled rounds alone.
  expect([0, 1], stderr).toContain(code);
  return JSON.parse(readFileSync(join(repository.author, "out.json"), "utf8"));
}

describe("a function that takes four times as long", () => {
  it.each([
    ["a module's benchmark", "{ bench: '*.bench.mjs' }", "both"],
    [
      "a Node service under load",
      `{ serve: node server.mjs, ready: "tcp://127.0.0.1:$PORT", run: "${AUTOCANNON} -a 150 -c 2 --json $BENCHGATE_URL/", tool: autocannon }`,
      "*",
    ],
  ])("is named with its line in %s, without a word of set-up", async (_name, suite, benchmark) => {
    const { explanations } = await gate(suite);
    expect(explanations, JSON.stringify(explanations)).toMatchObject([
      { suite: "s", benchmark, kind: "profiled", rounds: 5 },
    ]);
    expect(explanations![0]!.culprits).toMatchObject([
      { name: "parse", file: "lib.mjs", line: 8, origin: { kind: "changed" } },
    ]);
  });
});
