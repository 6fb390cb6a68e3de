import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPlace, benchgate as inProcess } from "../cli/command-line.ts";
import { hasTool } from "../tool.ts";
import { benchgate } from "./kit/command-line.ts";
import { LOCUSTFILE } from "./services.ts";

const SERVER =
  'import { writeFileSync } from "node:fs";\nimport { createServer } from "node:http";\nconst server = createServer((_, response) => response.end("hello"));\nserver.listen(0, "127.0.0.1", () => writeFileSync("port", String(server.address().port)));\n';

/** A load on a server of its own, both within one round. */
function loadScript(command: string, tool: string): string {
  const csv = tool === "locust" ? 'mv out_stats.csv "$BENCHGATE_OUTPUT"\n' : "";
  const start = 'node server.mjs &\nserver=$!\nuntil [ -s port ]; do :; done\nURL="http://127.0.0.1:$(cat port)"\n';
  return `${start}${command}\ncode=$?\nkill $server\n${csv}exit $code\n`;
}

/** Whether the compiler finds a header. */
function hasHeader(header: string): boolean {
  return hasTool("sh", "-c", `printf '#if !__has_include(<${header}>)\\n#error\\n#endif\\n' | g++ -E -x c++ -`);
}

/** Compiles a benchmark that takes seconds once for each version of all that `key` prints: the compiler, its libraries, the source. */
const kept = (name: string, key: string, compile: string): string => `kept=node_modules/.cache/benchgate; mkdir -p $kept
built=$kept/${name}-$({ ${key}; echo ${compile}; } | cksum | tr -d ' ')
[ -f "$built" ] || { ${compile} -o "$built.$$" && mv "$built.$$" "$built"; }
cp "$built" bench`;

/** Twenty times as fast: mitata takes 0.64 s for each of five measurements, four of them of nothing, and cannot be told less. */
const FAST_CLOCK = "const now = performance.now.bind(performance);\nperformance.now = () => 20 * now();\n";

/** Tools that are run for real, with today's version of each: its output in, a recording out. */
const TOOLS: readonly {
  readonly tool: string;
  readonly here: () => boolean;
  readonly files?: Readonly<Record<string, string>>;
  /** What compiles the benchmark, once. */
  readonly setup?: string;
  readonly command: string;
  /** A benchmark that must be in the recording. */
  readonly benchmark: string;
}[] = [
  {
    tool: "hyperfine",
    here: () => hasTool("hyperfine"),
    command: "hyperfine -N --warmup 1 --runs 4 --style none --export-json $BENCHGATE_OUTPUT true",
    benchmark: "true",
  },
  {
    tool: "go",
    here: () => hasTool("go", "version"),
    files: {
      "go.mod": "module example.com/sum\n\ngo 1.19\n",
      "sum_test.go":
        'package sum\n\nimport "testing"\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\t_ = i * i\n\t}\n}\n',
    },
    command: "GOFLAGS=-mod=mod go test -run '^$' -bench . -benchtime 1000x -count 3 ./...",
    benchmark: "example.com/sum.BenchmarkSum",
  },
  {
    tool: "pytest-benchmark",
    here: () => hasTool("/usr/bin/python3", "-c", "import pytest_benchmark"),
    files: { "test_sum.py": "def test_sum(benchmark):\n    benchmark(sum, range(100))\n" },
    command:
      "/usr/bin/python3 -m pytest -q --benchmark-min-rounds=5 --benchmark-max-time=0.05 --benchmark-json=$BENCHGATE_OUTPUT",
    benchmark: "test_sum.py::test_sum",
  },
  {
    tool: "tinybench",
    here: () => true,
    files: {
      "bench.mjs":
        'import { Bench } from "tinybench";\nconst bench = new Bench({ time: 20, warmupTime: 5, retainSamples: true });\nbench.add("sum", () => [1, 2, 3].reduce((a, b) => a + b, 0));\nawait bench.run();\nconsole.log(JSON.stringify({ tasks: bench.tasks.map(({ name, result }) => ({ name, result })) }));\n',
    },
    command: "node bench.mjs",
    benchmark: "sum",
  },
  {
    tool: "vitest",
    here: () => true,
    files: {
      "sum.bench.js":
        'import { describe, test } from "vitest";\ndescribe("numbers", () => { test("sum", async ({ bench }) => { await bench("sum", () => { [1, 2, 3].reduce((a, b) => a + b, 0); }).run({ time: 20, warmupTime: 5 }); }); });\n',
    },
    command: "node node_modules/vitest/vitest.mjs bench --run --reporter=json --outputFile=$BENCHGATE_OUTPUT",
    benchmark: "sum.bench.js > numbers > sum > sum",
  },
  {
    tool: "mitata",
    here: () => true,
    files: {
      "bench.mjs":
        `${FAST_CLOCK}const { bench, run } = await import("mitata");\n` +
        'bench("sum", () => [1, 2, 3].reduce((a, b) => a + b, 0));\nawait run({ format: { json: { debug: false, samples: false } } });\n',
    },
    command: "node bench.mjs",
    benchmark: "sum",
  },
  {
    tool: "google-benchmark",
    here: () => hasTool("g++") && hasHeader("benchmark/benchmark.h"),
    files: {
      "bench.cpp":
        "#include <benchmark/benchmark.h>\nstatic void Sum(benchmark::State& state) { for (auto _ : state) { int sum = 0; for (int i = 0; i < 100; i++) benchmark::DoNotOptimize(sum += i); } }\nBENCHMARK(Sum);\nBENCHMARK_MAIN();\n",
    },
    setup: "g++ bench.cpp -lbenchmark -lpthread -o bench",
    command:
      "./bench --benchmark_min_time=0.01 --benchmark_repetitions=3 --benchmark_filter={benchmarks} --benchmark_out=$BENCHGATE_OUTPUT >&2",
    benchmark: "Sum",
  },
  {
    tool: "catch2",
    here: () => hasTool("g++") && hasHeader("catch2/catch.hpp"),
    files: {
      "bench.cpp":
        '#define CATCH_CONFIG_MAIN\n#define CATCH_CONFIG_ENABLE_BENCHMARKING\n#include <catch2/catch.hpp>\nTEST_CASE("numbers") { BENCHMARK("sum") { int sum = 0; for (int i = 0; i < 100; i++) sum += i; return sum; }; }\n',
    },
    setup: kept("catch2", "g++ --version; g++ -E bench.cpp", "g++ bench.cpp"),
    command: "./bench -r xml --benchmark-samples 20 --benchmark-resamples 1000 --benchmark-warmup-time 10",
    benchmark: "numbers > sum",
  },
  {
    tool: "haskell-criterion",
    here: () => hasTool("ghc-pkg", "describe", "criterion"),
    files: {
      "Bench.hs":
        'module Main (main) where\n\nimport Criterion.Main\n\nmain :: IO ()\nmain = defaultMain [bench "sum" (nf sum [1 .. 1000 :: Int])]\n',
    },
    setup: kept("criterion", "ghc --version; ghc-pkg describe criterion; cat Bench.hs", "ghc -O1 Bench.hs"),
    command: "./bench -L 0.1 --resamples 100 --json $BENCHGATE_OUTPUT >&2",
    benchmark: "sum",
  },
  {
    tool: "ruby-benchmark",
    here: () => hasTool("ruby"),
    files: {
      "bm.rb": 'require "benchmark"\nBenchmark.bm(10) { |x| x.report("sum") { (1..100_000).sum { |i| i * 2 } } }\n',
    },
    command: "ruby bm.rb",
    benchmark: "sum",
  },
  {
    tool: "time",
    here: () => hasTool("/usr/bin/time"),
    command: "/usr/bin/time -v -o $BENCHGATE_OUTPUT sleep 0.05",
    benchmark: "sleep 0.05",
  },
  ...(
    [
      [
        "locust",
        'REQUESTS=100 /usr/bin/python3 -m locust -f locustfile.py --headless --only-summary -u 2 -r 2 -t 60s --host "$URL" --csv out >&2',
        "GET /articles",
      ],
      ["autocannon", 'node node_modules/autocannon/autocannon.js --json -a 200 -c 2 "$URL"', "/"],
      ["wrk", 'wrk -t 1 -c 2 -d 1s --latency "$URL/"', "/"],
      ["hey", 'hey -n 200 -c 2 "$URL/"', "requests"],
      ["ab", 'ab -q -n 200 -c 2 "$URL/"', "/"],
      ["h2load", 'h2load --h1 -n 200 -c 2 "$URL/"', "requests"],
      ["siege", 'HOME=$PWD siege --json-output -b -r 50 -c 2 "$URL/"', "requests"],
    ] as const
  ).map(([tool, command, benchmark]) => ({
    tool,
    here: () =>
      tool === "autocannon"
        ? true
        : tool === "locust"
          ? hasTool("/usr/bin/python3", "-c", "import locust")
          : hasTool(tool),
    files: { "server.mjs": SERVER, "locustfile.py": LOCUSTFILE, "load.sh": loadScript(command, tool) },
    command: "rm -f port && sh load.sh",
    benchmark,
  })),
];

// At the same time: what a tool measures is not looked at.
describe.concurrent.each(TOOLS)("$tool", ({ tool, here, files = {}, setup, command, benchmark }) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-tool-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!here())("is run, recognised by its output, recorded and judged", { timeout: 180_000 }, async () => {
    const compiling = setup === undefined ? [] : ["--setup", setup];
    const named = command.includes("{benchmarks}") ? tool : "auto";
    const { code, stderr } = await benchgate(
      ["record", "--run", command, "--tool", named, "--rounds", "1", "-o", "recording.json", ...compiling],
      { cwd: folder },
    );
    expect(code, stderr).toBe(0);
    if (named === "auto") expect(stderr).toContain(`its output is read as ${tool}`);
    const recording = readFileSync(join(folder, "recording.json"), "utf8");
    const { rounds } = JSON.parse(recording) as {
      rounds: { measurements: { benchmark: string; metric: string }[] }[];
    };
    expect(rounds).toHaveLength(1);
    expect(rounds[0]?.measurements, tool).toContainEqual(expect.objectContaining({ benchmark, metric: "latency" }));

    const place = aPlace({ "recording.json": recording });
    const compared = await inProcess(["compare", "recording.json", "recording.json", "--json", "-"], place);
    const { verdicts } = JSON.parse(compared.stdout) as { verdicts: { benchmark: string; verdict: string }[] };
    // One round is no evidence, and the verdict says so.
    expect(verdicts).toContainEqual(expect.objectContaining({ benchmark, verdict: "inconclusive" }));
  });
});
