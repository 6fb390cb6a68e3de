/** A page on how a kind of repository is gated: what `benchgate init` writes for a small one, and what is worth knowing. */
export interface Recipe {
  /** The file's name, without `.md`. */
  readonly page: string;
  readonly title: string;
  readonly about: string;
  /** A small repository of the kind: texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Whole sentences. */
  readonly notes: readonly string[];
}

const SERVER = 'import { createServer } from "node:http";\ncreateServer(answer).listen(process.env.PORT);\n';
const SERVICE = {
  "package.json": '{ "type": "module", "scripts": { "start": "node server.js" } }',
  "server.js": SERVER,
};
const ROUNDS =
  "Leave out the tool's own repetitions, such as `-count` or `--repeat`: Benchgate repeats whole rounds, because what varies from one process to the next decides.";
const LOAD =
  "One load lasts seconds, not minutes: a round is one load, and many rounds decide. p99 needs 300 requests a round at least, better thousands.";

/** Every page that is made from a layout. */
export const RECIPES: readonly Recipe[] = [
  {
    page: "tinybench",
    title: "JavaScript with tinybench",
    about:
      "Modules that make a `Bench` are run by Benchgate's own harness: both revisions take turns of milliseconds on one CPU, which finds the smallest changes of all.",
    files: {
      "package.json": '{ "type": "module", "devDependencies": { "tinybench": "^6.0.0" } }',
      "package-lock.json": "{}",
      "bench/parse.bench.js": 'import { Bench } from "tinybench";\nexport default new Bench().add("parse", parse);\n',
    },
    notes: [
      "A module exports its `Bench`, or runs it itself: both work. TypeScript needs Node 22.18 or newer.",
      "The benchmark files of the pull request measure both revisions. A function that only the new one has is *added*, and compared from the next pull request on.",
    ],
  },
  {
    page: "vitest",
    title: "JavaScript with Vitest bench",
    about:
      "`vitest bench` writes its results as JSON: the percentiles of each benchmark, and how many calls they rest on.",
    files: {
      "package.json": '{ "type": "module", "devDependencies": { "vitest": "^5.0.0" } }',
      "package-lock.json": "{}",
      "src/parse.bench.ts": 'import { bench } from "vitest";\nbench("parse", parse);\n',
    },
    notes: [
      "Before Vitest 5 the flag is `--outputJson`, and `init` writes that.",
      "`times: auto` measures each benchmark for 100 ms, or for 10 calls where those take longer, in place of Vitest's 500 ms or what `bench` asks for: more rounds in the same minutes. It needs Node 22.15; `times: keep` measures as the file says.",
      "In a workspace Vitest is run where its configuration is, with `--project`, `--config` and `--root` of your own script, and the package as filter: one suite a package.",
      "A file that gives no benchmark fails the suite, because Vitest itself ends well without it: leave it out by naming the files that work.",
    ],
  },
  {
    page: "mitata",
    title: "JavaScript with mitata",
    about: "mitata prints tables for people unless it is asked for JSON; a copy of the file asks for it.",
    files: {
      "package.json": '{ "type": "module", "devDependencies": { "mitata": "^1.0.0" } }',
      "package-lock.json": "{}",
      "bench/parse.js": 'import { bench, run } from "mitata";\nbench("parse", parse);\nawait run();\n',
    },
    notes: [
      'With `format: process.env.BENCHGATE_OUTPUT ? "json" : "mitata"` in the file, the plain command is enough.',
    ],
  },
  {
    page: "go",
    title: "Go",
    about: "`go test -bench` is read with what it allocates: `B/op` and `allocs/op` have no noise, and gate at 10 %.",
    files: { "go.mod": "module example.com/parse\n", "parse_test.go": "func BenchmarkParse(b *testing.B) {}\n" },
    notes: [
      ROUNDS,
      "`{benchmarks}` stands for those that are still open, so that later rounds are shorter.",
      "Go prints one mean for each run: p50 is that of the rounds, and there is no p99.",
    ],
  },
  {
    page: "python",
    title: "Python with pytest-benchmark",
    about: "Each side gets a virtual environment of its own, so that neither imports the other's code.",
    files: {
      "pyproject.toml": '[project]\nname = "parse"\n[project.optional-dependencies]\nbench = ["pytest-benchmark"]\n',
      "src/parse/__init__.py": "",
      "tests/bench_parse.py": "def test_parse(benchmark):\n    benchmark(parse)\n",
    },
    notes: [
      "Extras that are called after benchmarks or tests, or whose packages the benchmark files import, are installed.",
      "pyperf scripts and airspeed velocity (`asv.conf.json`) are found too. An editable install of one tree for both sides would measure one side's code twice: `PYTHONPATH` prevents it.",
    ],
  },
  {
    page: "rust",
    title: "Rust with Criterion or Divan",
    about: "Both build with Cargo, each side in its own tree.",
    files: {
      "Cargo.toml":
        '[package]\nname = "parse"\n[[bench]]\nname = "parse"\nharness = false\n[[bench]]\nname = "small"\nharness = false\n',
      "benches/parse.rs": "use criterion::{criterion_group, criterion_main};\n",
      "benches/small.rs": "fn main() { divan::main(); }\n",
    },
    notes: [
      "Criterion leaves a folder of samples; only what a round wrote there counts.",
      "Many benchmarks: `init` gives each less time where a round of all takes more than 20 seconds.",
      "libtest's `#[bench]` needs nightly, and `init` says so. Gungraun and Iai-Callgrind count instructions, which have no noise.",
    ],
  },
  {
    page: "jvm",
    title: "Java and Kotlin with JMH",
    about: "The jar with the benchmarks is built once a side; a round is one fork of short iterations.",
    files: {
      "pom.xml":
        "<project><artifactId>parse-bench</artifactId><dependencies><dependency><artifactId>jmh-core</artifactId></dependency></dependencies><build><plugins><plugin><artifactId>maven-shade-plugin</artifactId><configuration><finalName>benchmarks</finalName></configuration></plugin></plugins></build></project>",
    },
    notes: [
      ROUNDS,
      "With Gradle, the plugin `me.champeau.jmh` is found, and its `jmhJar` built.",
      "`-prof gc` adds what an operation allocates, which has next to no noise.",
    ],
  },
  {
    page: "dotnet",
    title: ".NET with BenchmarkDotNet",
    about: "BenchmarkDotNet leaves a folder of reports; its JSON holds every iteration.",
    files: {
      "bench/Bench.csproj": '<Project Sdk="Microsoft.NET.Sdk"><PackageReference Include="BenchmarkDotNet" /></Project>',
      "bench/Program.cs": "BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);\n",
    },
    notes: [
      "A short job keeps rounds short; Benchgate repeats them.",
      "`[MemoryDiagnoser]` adds what an operation allocates.",
    ],
  },
  {
    page: "cpp",
    title: "C and C++ with Google Benchmark or Catch2",
    about: "CMake builds the benchmark program once a side, and a round runs it.",
    files: {
      "CMakeLists.txt":
        "find_package(benchmark)\nadd_executable(bench bench/parse.cpp)\ntarget_link_libraries(bench benchmark::benchmark_main)\n",
      "bench/parse.cpp": "#include <benchmark/benchmark.h>\nBENCHMARK(Parse);\n",
    },
    notes: [
      ROUNDS,
      "For a whole program, [any command](any-command.md) with `count: instructions` finds a change of 0.1 %.",
    ],
  },
  {
    page: "ruby",
    title: "Ruby with benchmark-ips",
    about: "The lines that benchmark-ips prints are read.",
    files: {
      Gemfile: 'gem "benchmark-ips"\n',
      "Gemfile.lock": "",
      "bench/parse.rb": 'require "benchmark/ips"\nBenchmark.ips { |x| x.report("parse") { parse } }\n',
    },
    notes: [
      "benchmark-ips prints iterations a second: throughput gates where there is no latency.",
      "benchmark-driver and Ruby's own Benchmark are read too.",
    ],
  },
  {
    page: "php",
    title: "PHP with PHPBench",
    about: "PHPBench dumps its iterations as XML.",
    files: {
      "composer.json": '{ "require-dev": { "phpbench/phpbench": "^1.4" } }',
      "composer.lock": "{}",
      "phpbench.json": '{ "runner.path": "benchmarks" }',
      "benchmarks/ParseBench.php": "<?php class ParseBench { public function benchParse() {} }\n",
    },
    notes: ["Few iterations with enough revolutions keep a round short."],
  },
  {
    page: "k6",
    title: "A load test with k6",
    about:
      "The service of each revision is started on a port of its own, and k6 loads both in turns. The address comes from `$BENCHGATE_URL`.",
    files: {
      ...SERVICE,
      "load/articles.js":
        'import http from "k6/http";\nexport default function () {\n  http.get(`${__ENV.BASE_URL}/articles`);\n}\n',
    },
    notes: [
      LOAD,
      "An open load (`constant-arrival-rate`) shows stalls; with a closed one each user waits for the answer, and p99 is too small. [Load tests](../load.md) has the whole story.",
      "Crossed thresholds of k6 (exit code 99) are told, and so are `checks`.",
    ],
  },
  {
    page: "locust",
    title: "A load test with Locust",
    about: "The service of each revision is started on a port of its own, and Locust loads both in turns.",
    files: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "app.py": "from fastapi import FastAPI\napp = FastAPI()\n",
      "locustfile.py":
        "from locust import HttpUser, task\nclass Visitor(HttpUser):\n    @task\n    def index(self):\n        self.client.get('/')\n",
    },
    notes: [LOAD, "`wait_time = constant(0)` makes enough requests in ten seconds."],
  },
  {
    page: "jmeter",
    title: "A load test with JMeter",
    about: "The service of each revision is started on a port of its own; the plan takes it as the property `port`.",
    files: {
      ...SERVICE,
      "load/articles.jmx":
        '<jmeterTestPlan><stringProp name="HTTPSampler.domain">localhost</stringProp><stringProp name="HTTPSampler.port">${__P(port)}</stringProp></jmeterTestPlan>\n',
    },
    notes: [LOAD, "A plan with a fixed port would load one service twice: `init` refuses it, and says what to write."],
  },
  {
    page: "monorepo",
    title: "A monorepo",
    about:
      "Each package with benchmarks is a suite of its own, in its own folder (`cwd`); equal names in several packages stay apart.",
    files: {
      "package.json": '{ "workspaces": ["packages/*"] }',
      "package-lock.json": "{}",
      "packages/parser/package.json": '{ "name": "parser", "devDependencies": { "tinybench": "^6.0.0" } }',
      "packages/parser/bench/parse.bench.js": 'import { Bench } from "tinybench";\n',
      "packages/router/package.json": '{ "name": "router", "devDependencies": { "tinybench": "^6.0.0" } }',
      "packages/router/bench/route.bench.js": 'import { Bench } from "tinybench";\n',
      "services/search/go.mod": "module example.com/search\n",
      "services/search/index_test.go": "func BenchmarkIndex(b *testing.B) {}\n",
    },
    notes: [
      "`--suite router` measures one of them; so does `only` in a matrix of jobs.",
      "A workspace is installed once, from its root.",
      "Path filters in the workflow leave a required check pending for ever: let the gate run, and let it end early.",
    ],
  },
];
