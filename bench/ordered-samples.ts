/**
 * Whether blocks of samples in the order of time help where whole processes take turns: `npm run bench:ordered`. Identical code on both
 * sides, measured by two tools that give every sample in order: pytest-benchmark (four functions), and hey against a server of Node that each turn starts anew. A pair's
 * estimate is the log ratio of both sides' p50, or the median over so many blocks of equal count, block by block, of the log ratio of their medians. Prints the standard
 * deviation of each. Needs pytest-benchmark and hey, which Debian has.
 */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Adapter } from "../src/adapters/adapter.ts";
import { outputOf } from "../src/adapters/reading/output.ts";
import { hey } from "../src/adapters/tools/hey/hey.ts";
import { pytestBenchmark } from "../src/adapters/tools/pytest-benchmark.ts";
import { median, standardDeviation } from "./lockstep/sweep.ts";

const FUNCTIONS = `
import json, random
r = random.Random(1)
rows = [{"id": i, "name": "n%d" % r.randrange(10**6), "v": r.random()} for i in range(300)]
text = json.dumps(rows)
def group():
    found = {}
    for x in rows: found.setdefault(int(x["v"] * 17), []).append(x["id"])
    return found
def test_parse(benchmark): benchmark(json.loads, text)
def test_sort(benchmark): benchmark(lambda: sorted(rows, key=lambda x: x["v"]))
def test_group(benchmark): benchmark(group)
def test_format(benchmark): benchmark(lambda: ["%s:%d" % (x["name"], x["id"]) for x in rows])
`;

/** Listens on a port that the system chooses, and says which. */
const SERVER = `
const rows = Array.from({ length: 200 }, (_, id) => ({ id, name: "x" + id }));
const server = require("node:http").createServer((_, response) => response.end(JSON.stringify(rows.filter(({ id }) => id % 3))));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

/** The samples of a turn by benchmark, in the order of time. */
type Turn = ReadonlyMap<string, readonly number[]>;

const blocked = (blocks: number) => (a: readonly number[], b: readonly number[]) => {
  const [one, other] = [mediansOf(a, blocks), mediansOf(b, blocks)];
  return median(one.map((value, at) => Math.log(other[at]! / value)));
};

const ESTIMATES: Readonly<Record<string, (a: readonly number[], b: readonly number[]) => number>> = {
  p50: (a, b) => Math.log(median(b) / median(a)),
  "20 blocks": blocked(20),
  "40 blocks": blocked(40),
};

const { values } = parseArgs({
  options: { pairs: { type: "string", default: "20" }, python: { type: "string", default: "/usr/bin/python3" } },
});
const folder = mkdtempSync(join(tmpdir(), "benchgate-ordered-"));
try {
  writeFileSync(join(folder, "test_functions.py"), FUNCTIONS);
  const before = loadavg()[0]!;
  const pairs: (readonly [Turn, Turn])[] = [];
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    const [first, second] = [await turn(), await turn()];
    pairs.push(pair % 2 === 0 ? [first, second] : [second, first]);
    process.stderr.write(`pair ${pair + 1} of ${values.pairs}\n`);
  }
  print(pairs, before);
} finally {
  rmSync(folder, { recursive: true });
}

async function turn(): Promise<Turn> {
  return new Map([...functions(), ...(await server())]);
}

function functions(): Turn {
  const output = join(folder, "pytest.json");
  const argv = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "test_functions.py", `--benchmark-json=${output}`];
  const times = ["--benchmark-max-time=0.3", "--benchmark-min-rounds=200"];
  execFileSync(values.python, [...argv, ...times], { cwd: folder, stdio: "ignore" });
  return samplesOf(pytestBenchmark, readFileSync(output, "utf8"));
}

async function server(): Promise<Turn> {
  const child = spawn(process.execPath, ["-e", SERVER], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [port] = await once(child.stdout, "data");
    const address = `http://127.0.0.1:${String(port).trim()}/`;
    const load = (requests: number) =>
      execFileSync("hey", ["-n", String(requests), "-c", "4", "-o", "csv", address], { encoding: "utf8" });
    load(500);
    return samplesOf(hey, load(4000));
  } finally {
    child.kill();
  }
}

function samplesOf(adapter: Adapter, text: string): Turn {
  const latencies = adapter.parse(outputOf(text))[0]!.measurements.filter(({ metric }) => metric === "latency");
  return new Map(
    latencies.map(({ benchmark, distribution }) => {
      if (distribution.kind !== "samples") throw new Error(`${benchmark} has no samples`);
      return [benchmark, Array.from(distribution.samples)] as const;
    }),
  );
}

function mediansOf(samples: readonly number[], blocks: number): readonly number[] {
  const end = (block: number) => Math.floor((block * samples.length) / blocks);
  return Array.from({ length: blocks }, (_, block) => median(samples.slice(end(block), end(block + 1))));
}

function print(pairs: readonly (readonly [Turn, Turn])[], before: number): void {
  const names = Object.keys(ESTIMATES);
  const logs = names.map(() => 0);
  const benchmarks = [...pairs[0]![0].keys()];
  console.log(
    `${pairs.length} pairs, load average ${before.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} at the end`,
  );
  console.log(["benchmark", ...names].map(cell).join(""));
  for (const benchmark of benchmarks) {
    const noise = Object.values(ESTIMATES).map((estimate) =>
      standardDeviation(pairs.map(([a, b]) => estimate(a.get(benchmark)!, b.get(benchmark)!))),
    );
    for (const [at, sd] of noise.entries()) logs[at]! += Math.log(sd / noise[0]!);
    console.log([benchmark, ...noise.map((sd) => `${(100 * sd).toFixed(1)} %`)].map(cell).join(""));
  }
  console.log(["times p50's", ...logs.map((sum) => Math.exp(sum / benchmarks.length).toFixed(2))].map(cell).join(""));
}

function cell(text: string): string {
  return text.padEnd(34);
}
