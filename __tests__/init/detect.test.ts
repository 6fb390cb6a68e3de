import { describe, expect, it } from "vitest";
import { TOOL_WORDS } from "../../src/adapters/index.ts";
import { parseConfig } from "../../src/config/config.ts";
import { configText } from "../../src/init/config-text.ts";
import { adapted, detect, plainer } from "../../src/init/detect.ts";
import { commandText } from "../../src/model/plan.ts";
import { aRepository } from "./a-repository.ts";

/** The suites of a repository, as the configuration that `init` writes for it is read. */
function suitesOf(files: Readonly<Record<string, string>>) {
  const text = configText(detect(aRepository(files)));
  return parseConfig(text, "benchgate.yml", TOOL_WORDS).suites.map(({ name, workload, folder, service, env }) => ({
    name,
    ...(folder !== undefined && { folder }),
    ...(workload.kind === "bench" ? { bench: workload.patterns } : {}),
    ...(workload.kind === "run" ? { run: commandText(workload.command) } : {}),
    ...(workload.kind === "time" ? { time: commandText(workload.command) } : {}),
    ...(workload.kind === "run" && {
      tool: workload.tool,
      ...(workload.output !== null && { output: workload.output }),
    }),
    ...(service !== undefined && { serve: commandText(service.serve), ready: service.ready.url }),
    ...(env !== undefined && { env }),
  }));
}

/** What runs before the first round. */
function setupOf(files: Readonly<Record<string, string>>): string {
  const { setup } = parseConfig(configText(detect(aRepository(files))), "benchgate.yml");
  return setup === null ? "" : commandText(setup);
}

const GO_BENCHMARK = 'package a\n\nimport "testing"\n\nfunc BenchmarkSum(b *testing.B) {}\n';
const CRITERION = "use criterion::{criterion_group, criterion_main, Criterion};\n";

describe("what init finds", () => {
  it("is nothing in a repository without benchmarks", () => {
    expect(detect(aRepository({ "package.json": "{}", "src/index.js": "export const a = 1;" })).suites).toEqual([]);
  });

  it("is one suite for all tinybench modules of a package, for Benchgate's own harness", () => {
    const files = {
      "package.json": '{ "name": "@scope/parser", "devDependencies": { "tinybench": "^6.0.0" } }',
      "package-lock.json": "{}",
      "bench/a.bench.js": 'import { Bench } from "tinybench";',
      "bench/b.bench.ts": "import { Bench } from 'tinybench';",
      "bench/helper.js": "export const a = 1;",
      "src/a.js": "",
    };
    expect(suitesOf(files)).toEqual([{ name: "parser", bench: ["bench/a.bench.js", "bench/b.bench.ts"] }]);
    expect(setupOf(files)).toBe("npm ci");
  });

  it("is run in the folder of its package, and of a workspace only the root is installed", () => {
    const files = {
      "package.json": '{ "private": true, "workspaces": ["packages/*"] }',
      "pnpm-lock.yaml": "",
      "pnpm-workspace.yaml": "",
      "packages/a/package.json": '{ "name": "a", "devDependencies": { "tinybench": "6" } }',
      "packages/a/bench/x.js": 'import { Bench } from "tinybench";',
      "packages/b/package.json": '{ "name": "b", "devDependencies": { "tinybench": "6" } }',
      "packages/b/bench/x.js": 'import { Bench } from "tinybench";',
    };
    expect(suitesOf(files)).toEqual([
      { name: "a", folder: "packages/a", bench: ["bench/x.js"] },
      { name: "b", folder: "packages/b", bench: ["bench/x.js"] },
    ]);
    expect(setupOf(files)).toBe("npx --yes pnpm@10 install --frozen-lockfile");
  });

  it("is built before where the benchmarks import what a build makes", () => {
    const files = (text: string) => ({
      "package.json": '{ "name": "lib", "scripts": { "build": "tsc" }, "devDependencies": { "tinybench": "6" } }',
      "yarn.lock": "",
      "bench/x.js": `import { Bench } from "tinybench";\nimport { a } from "${text}";`,
    });
    expect(setupOf(files("../dist/index.js"))).toMatch(/npm run build$/);
    expect(setupOf(files("lib"))).toMatch(/npm run build$/);
    expect(setupOf(files("../src/index.js"))).not.toContain("build");
  });

  it.each([
    ["^2.1.0", "npx vitest bench --run --outputJson=$BENCHGATE_OUTPUT"],
    ["~4.0.1", "npx vitest bench --run --outputJson=$BENCHGATE_OUTPUT"],
    ["^5.1.0", "npx vitest bench --run --reporter=json --outputFile=$BENCHGATE_OUTPUT"],
  ])("asks Vitest %s for its results in its own words", (version, run) => {
    const files = {
      "package.json": `{ "name": "v", "devDependencies": { "vitest": "${version}" } }`,
      "src/sum.bench.ts": 'import { bench, describe } from "vitest";\nbench("sum", () => {});',
      "src/bench-helpers.test.ts": 'import { describe, it } from "vitest";\ndescribe("x", () => {});',
    };
    expect(suitesOf(files)).toEqual([{ name: "v", run, tool: "vitest" }]);
  });

  it("has mitata write JSON, of a copy where the file does not", () => {
    const [suite] = suitesOf({
      "package.json": "{}",
      "bench/run.mjs": 'import { bench, run } from "mitata";\nawait run();',
    });
    expect(suite).toMatchObject({ name: "run", tool: "mitata" });
    expect(suite!.run).toMatch(
      /^sed .* bench\/run\.mjs > bench\/\.benchgate-run\.mjs && node bench\/\.benchgate-run\.mjs;/,
    );
    const asked = suitesOf({
      "package.json": "{}",
      "bench/run.mjs": 'import { run } from "mitata";\nawait run({ format: "json" });',
    });
    expect(asked[0]!.run).toBe("node bench/run.mjs");
  });

  it("takes a script as a whole only where no file says more", () => {
    const manifest = '{ "name": "x", "scripts": { "bench": "node bench/run.js" } }';
    expect(suitesOf({ "package.json": manifest, "bench/run.js": "console.log(1)" })).toEqual([
      { name: "x", time: "npm run --silent bench" },
    ]);
    const both = { "package.json": manifest, "bench/run.js": 'const { Suite } = require("benchmark");' };
    expect(suitesOf(both)).toEqual([{ name: "run", run: "node bench/run.js", tool: "benchmarkjs" }]);
  });

  it("compiles the Go packages that have benchmarks, module by module", () => {
    const run = (where: string) => `go test -run '^$' -bench {benchmarks} -benchmem -benchtime 100ms ${where}`;
    expect(
      suitesOf({
        "go.mod": "module example.com/sum\n",
        "a/a_test.go": GO_BENCHMARK,
        "b/b_test.go": "package b\n",
        "tools/go.mod": "module example.com/sum/tools\n",
        "tools/t_test.go": GO_BENCHMARK,
        "vendor/x/x_test.go": GO_BENCHMARK,
      }),
    ).toEqual([
      { name: "sum", run: run("./a"), tool: "go" },
      { name: "tools", folder: "tools", run: run("."), tool: "go" },
    ]);
  });

  it("names Criterion's targets, those of a workspace from its root, and runs Divan's one by one", () => {
    const files = {
      "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
      "crates/a/Cargo.toml":
        '[package]\nname = "a"\n\n[[bench]]\nname = "fast"\npath = "benches/slow.rs"\nharness = false\n',
      "crates/a/benches/slow.rs": CRITERION,
      "crates/a/benches/more.rs": "fn main() { divan::main(); }",
      "crates/a/benches/common/mod.rs": "pub fn x() {}",
    };
    const [criterion, divan] = suitesOf(files);
    expect(criterion).toEqual({
      name: "a",
      run: "rm -rf target/criterion && cargo bench -p a --bench fast -- --noplot --warm-up-time 0.5 --measurement-time 1 {benchmarks}",
      tool: "criterion",
      output: "target/criterion",
    });
    expect(divan).toEqual({ name: "a-more", run: "cargo bench -p a --bench more", tool: "divan" });
  });

  it("gives each side of a Python project an environment of its own", () => {
    const files = {
      "pyproject.toml":
        '[project]\nname = "mark"\n\n[project.optional-dependencies]\ntesting = ["pytest"]\nbenchmarking = [\n  "pytest-benchmark",\n]\ndocs = ["sphinx"]\n',
      "src/mark/__init__.py": "",
      "benchmarking/bench_core.py": "def test_spec(benchmark, parser):\n    benchmark(parser)\n",
      "benchmarking/run_perf.py": "import pyperf\nrunner = pyperf.Runner()\n",
      "tests/test_x.py": "def test_x():\n    pass\n",
    };
    expect(suitesOf(files)).toMatchObject([
      {
        name: "mark",
        tool: "pytest-benchmark",
        env: { PYTHONPATH: "src" },
        run: expect.stringMatching(/ -k \{benchmarks\} benchmarking\/bench_core\.py$/),
      },
      { name: "run_perf", tool: "pyperf", run: expect.stringContaining("benchmarking/run_perf.py --processes=3") },
    ]);
    expect(setupOf(files)).toContain("-e '.[testing,benchmarking]' pytest pytest-benchmark pyperf");
  });

  it("installs the extras whose packages the benchmarks import, whatever their name", () => {
    const files = {
      "pyproject.toml":
        '[project]\nname = "mark"\n[project.optional-dependencies]\ncompare = [\n  "commonmark~=0.9",\n]\nrtd = ["sphinx"]\n',
      "bench/bench_all.py": "import commonmark\n\ndef test_a(benchmark):\n    benchmark(commonmark.parse)\n",
    };
    expect(setupOf(files)).toContain("-e '.[compare]' pytest pytest-benchmark");
  });

  it("installs what asv's matrix names, in its older form too, and what is no package not", () => {
    const asv = (matrix: string) =>
      setupOf({
        "setup.py": "",
        "asv.conf.json": `{\n  // a comment\n  "matrix": ${matrix},\n}`,
        "benchmarks/b.py": "",
      });
    expect(
      asv('{ "req": { "pip+rich": [""], "numpy": ["1.26", "2.0"], "six": [null] }, "env": { "A": ["1"] } }'),
    ).toMatch(/ asv rich numpy==1\.26$/);
    expect(asv('{ "rich": [] , "attrs": ["23.1"] }')).toMatch(/ asv attrs==23\.1$/);
  });

  it("runs Vitest as a workspace does: its version, the configuration above the package, the flags of its script", () => {
    const bench = 'import { bench } from "vitest";\nbench("x", () => {});';
    const files = {
      "package.json":
        '{ "scripts": { "bench": "NODE_OPTIONS=--expose-gc vitest bench --project=unit --outputJson=a.json" }, "devDependencies": { "vitest": "catalog:" } }',
      "pnpm-workspace.yaml": 'catalog:\n  vitest: "^4.1.0"\n',
      "vitest.config.ts": "",
      "packages/a/package.json": '{ "name": "a" }',
      "packages/a/x.bench.ts": bench,
      "packages/b/package.json": '{ "name": "b" }',
      "packages/b/vitest.config.ts": "",
      "packages/b/y.bench.tsx": bench,
    };
    const env = 'NODE_OPTIONS="$NODE_OPTIONS --expose-gc"';
    expect(suitesOf(files)).toEqual([
      {
        name: "a",
        run: `${env} npx vitest bench --run --project=unit packages/a/ --outputJson=$BENCHGATE_OUTPUT`,
        tool: "vitest",
      },
      {
        name: "b",
        folder: "packages/b",
        run: "../../node_modules/.bin/vitest bench --run --outputJson=$BENCHGATE_OUTPUT",
        tool: "vitest",
      },
    ]);
  });

  it("runs Vitest through yarn where packages are in no folder", () => {
    const files = {
      "package.json": '{ "name": "p", "devDependencies": { "vitest": "5" } }',
      "yarn.lock": "",
      ".yarnrc.yml": "yarnPath: .yarn/releases/yarn-4.cjs\n",
      "a.bench.ts": "describe('a', () => {\n  bench('b', () => {});\n});",
    };
    const [suite] = suitesOf(files);
    expect(suite).toMatchObject({
      run: expect.stringMatching(/^npx --yes @yarnpkg\/cli-dist@4 vitest bench --run --reporter/),
    });
    expect(suitesOf({ ...files, ".yarnrc.yml": "nodeLinker: node-modules\n" })).toMatchObject([
      { run: expect.stringMatching(/^npx vitest bench/) },
    ]);
  });

  it("builds what relative imports name, in the package that has the build", () => {
    const files = {
      "package.json": '{ "scripts": { "build": "node build.js" } }',
      "packages/a/package.json": '{ "name": "a", "devDependencies": { "tinybench": "6" } }',
      "packages/a/bench/x.js": 'import "tinybench";\nimport "../dist/a.prod";',
    };
    expect(setupOf(files)).toMatch(/ && npm run build$/);
    expect(setupOf({ ...files, "packages/a/dist/a.prod.js": "" })).not.toContain("build");
  });

  it("installs without the scripts of packages where that is tried", () => {
    const found = detect(
      aRepository({ "package.json": "{}", "package-lock.json": "{}", "bench/a.js": 'import "tinybench";' }),
    );
    expect(configText(plainer(found))).toContain("npm ci --ignore-scripts");
    const go = detect(aRepository({ "go.mod": "module a\n", "a_test.go": GO_BENCHMARK }));
    expect(plainer(go)).toBe(go);
  });

  it("starts threads of benchmarks by the file that starts them, with the flags of the project's script", () => {
    const files = {
      "package.json": '{ "scripts": { "bench": "node --expose-gc ./benchmark/bench.js" } }',
      "benchmark/bench.js": "new Worker('./bench-thread.js');",
      "benchmark/bench-thread.js": 'const { parentPort } = require("worker_threads");\nrequire("benchmark");',
      "benchmark/compare.js": "new Worker('./bench-thread.js'); execSync('git checkout main');",
    };
    expect(suitesOf(files)).toEqual([
      { name: "bench", run: "node --expose-gc benchmark/bench.js", tool: "benchmarkjs" },
    ]);
  });

  it("measures a pool of threads itself, and a file that starts itself in a thread", () => {
    const files = (text: string) => ({ "package.json": "{}", "bench/pool.js": `require("benchmark");\n${text}` });
    for (const text of [
      "new Pool({ workerData: 1 });",
      'const { isMainThread, parentPort } = require("node:worker_threads");',
    ])
      expect(suitesOf(files(text))).toMatchObject([{ run: "node bench/pool.js" }]);
    expect(suitesOf(files('import { parentPort } from "worker_threads";'))).toEqual([]);
  });

  it("leaves examples out where there is something else, and takes them where there is not", () => {
    const example = { "examples/a/package.json": '{ "name": "e" }', "examples/a/bench/x.js": 'import "tinybench";' };
    const own = { "package.json": '{ "name": "p" }', "bench/y.js": 'import "tinybench";' };
    expect(suitesOf({ ...example, ...own }).map(({ name }) => name)).toEqual(["p"]);
    expect(suitesOf(example).map(({ name }) => name)).toEqual(["e"]);
    const found = detect(aRepository({ ...example, ...own }));
    expect(found.notes).toEqual([expect.stringMatching(/^examples\/a\/bench\/x\.js .*left out/)]);
    // The terminal is gone when the file is reviewed.
    expect(configText(found)).toContain(`\n# Found as well:\n# - ${found.notes[0]}\n`);
    expect(configText({ ...found, notes: [] })).not.toContain("Found as well");
  });

  it("installs the plugins and the imports that a project's groups name, and nothing else that stands in quotes", () => {
    const files = (toml: string) => ({
      "pyproject.toml": `[project]\nname = "mine"\n${toml}\n[tool.pytest.ini_options]\naddopts = "--cov=mine"\n`,
      "tests/bench/test_a.py":
        "import mine\nimport blocker\nimport tests\ndef test_a(benchmark):\n    benchmark(print)\n",
    });
    const poetry =
      '[tool.poetry.group.dev.dependencies]\npytest-asyncio = "^1.0"\npytest-cov = ">=4"\nblocker = { version = "1" }\nruff = "*"\n';
    expect(setupOf(files(poetry))).toMatch(/ pytest pytest-benchmark blocker pytest-asyncio$/);
    const uv =
      '[dependency-groups]\ndev = [\n  { include-group = "tests" },\n  "pytest-timeout>=2",\n  "ruff",\n]\ntests = ["blocker[extra]>=1"]\n';
    expect(setupOf(files(uv))).toMatch(/ pytest pytest-benchmark blocker pytest-timeout$/);
    expect(suitesOf(files(uv))[0]!.run).toContain("-m pytest -q -o addopts= --benchmark-only");
  });

  it("says of tests that are only marked as benchmarks what would measure them", () => {
    const found = detect(
      aRepository({
        "pyproject.toml": "",
        "bench/test_a.py": "import pytest\npytestmark = pytest.mark.benchmark()\ndef test_a(): pass\n",
      }),
    );
    expect([found.suites, found.notes]).toEqual([
      [],
      [expect.stringContaining("bench/test_a.py only marks its tests")],
    ]);
  });

  it("has each file as a suite of its own, for where all of them do not work together", () => {
    const files = {
      "setup.py": "",
      "bench/bench_a.py": "def test_a(benchmark):\n    benchmark(print)\n",
      "bench/bench_b.py": "def test_b(benchmark):\n    benchmark(print)\n",
    };
    const found = detect(aRepository(files));
    const broken = new Map([[found.suites[0]!.name, "it failed"]]);
    expect(adapted(found, { broken: new Map(), long: new Set(), cut: new Set<string>() })).toBe(found);
    const smaller = adapted(found, { broken, long: new Set(), cut: new Set<string>() });
    expect(smaller.suites.map(({ name }) => name)).toEqual(["python-bench_a", "python-bench_b"]);
    expect(smaller.suites.map(({ keys }) => keys.find(({ key }) => key === "run")?.value)).toEqual([
      expect.stringMatching(/ bench\/bench_a\.py$/),
      expect.stringMatching(/ bench\/bench_b\.py$/),
    ]);
  });

  it("measures some files of very many where a round of all takes too long or fails, spread over them, and says so", () => {
    const bench = 'import { bench } from "vitest";\nbench("x", () => {});';
    const names = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, "0")}.bench.ts`);
    const found = detect(
      aRepository({
        "package.json": '{ "name": "v", "devDependencies": { "vitest": "4" } }',
        ...Object.fromEntries(names.map((name) => [name, bench])),
      }),
    );
    const broken = new Map([["v", "took too long"]]);
    for (const cut of [new Set(["v"]), new Set<string>()]) {
      const fewer = adapted(found, { broken, long: new Set(["v"]), cut });
      const text = configText(fewer);
      expect(text).toContain("vitest bench --run 00.bench.ts 05.bench.ts 10.bench.ts 15.bench.ts 20.bench.ts");
      expect(text).toContain("# Note: Only 8 of 40 files are measured");
      const least = adapted(fewer, { broken, long: new Set(), cut: new Set(["v"]) });
      expect(configText(least)).toContain("vitest bench --run 00.bench.ts 20.bench.ts --outputJson");
      expect(configText(least).match(/Only \d+ of 40 files are measured/g)).toEqual([
        "Only 2 of 40 files are measured",
      ]);
      const alone = adapted(fewer, { broken, long: new Set(), cut: new Set() });
      expect(alone.suites.map(({ name }) => name).slice(0, 2)).toEqual(["v-00.bench", "v-05.bench"]);
      for (const { notes } of alone.suites) expect(notes).toEqual([expect.stringContaining("Only 8 of 40 files")]);
    }
  });

  it("gives each benchmark less time where a round of all takes too long, and leaves what cannot be shorter", () => {
    const found = detect(
      aRepository({
        "go.mod": "module a\n",
        "a_test.go": GO_BENCHMARK,
        "bench/a.bench.js": 'import "tinybench";',
        "package.json": "{}",
      }),
    );
    const names = found.suites.map(({ name }) => name);
    const shorter = adapted(found, { broken: new Map(), long: new Set(names), cut: new Set<string>() });
    expect(shorter.suites.map(({ name }) => name)).toEqual(names);
    const runs = shorter.suites.map(({ keys }) => keys.find(({ key }) => key === "run")?.value);
    expect(runs).toEqual([undefined, expect.stringContaining("-benchtime 10ms")]);
  });

  it("reads where asv leaves its results", () => {
    const files = {
      "setup.py": "",
      "asv_bench/benchmarks/b.py": "class T:\n  def time_a(self): pass\n",
    };
    const asv = (config: string) => suitesOf({ ...files, "asv_bench/asv.conf.json": config });
    expect(asv('{\n  "results_dir": "kept"\n}')).toMatchObject([
      { name: "asv", folder: "asv_bench", tool: "asv", output: "kept" },
    ]);
    expect(asv("{}")).toMatchObject([{ output: "results" }]);
  });

  it("has asv and JMH run what is undecided alone, in their shorter forms too", () => {
    const found = detect(
      aRepository({
        "pom.xml":
          "<project><artifactId>j</artifactId><dependency><artifactId>jmh-core</artifactId></dependency></project>",
        "asv.conf.json": "{}",
        "setup.py": "",
      }),
    );
    const names = found.suites.map(({ name }) => name);
    const shorter = adapted(found, { broken: new Map(), long: new Set(names), cut: new Set() });
    expect(names).toEqual(["asv", "j"]);
    for (const { keys } of [...found.suites, ...shorter.suites])
      expect(keys.find(({ key }) => key === "run")?.value).toContain("{benchmarks}");
    expect(shorter.suites.map(({ keys }) => keys.find(({ key }) => key === "run")?.value)).toEqual([
      expect.stringContaining(" -a rounds=1 "),
      expect.stringContaining(" -f 0 "),
    ]);
  });

  it("goes back to what it shortened where that does not work, unless files one by one may, or more time would be needed", () => {
    const suite = { name: "a", why: "", keys: [{ key: "run", value: "long", about: "" }] } as const;
    const found = {
      suites: [{ ...suite, shorter: { run: "short", note: "short" } }],
      setup: [],
      runtimes: [],
      notes: [],
    };
    const shorter = adapted(found, { broken: new Map([["a", "cut"]]), long: new Set(["a"]), cut: new Set(["a"]) });
    const broken = new Map([["a", "no such option"]]);
    expect(adapted(shorter, { broken, long: new Set(), cut: new Set() }).suites).toEqual([suite]);
    expect(adapted(shorter, { broken, long: new Set(["a"]), cut: new Set(["a"]) })).toBe(shorter);
    const alone = { ...shorter, suites: shorter.suites.map((each) => ({ ...each, alone: [{ ...suite, name: "b" }] })) };
    expect(adapted(alone, { broken, long: new Set(), cut: new Set() }).suites).toEqual([{ ...suite, name: "b" }]);
  });

  it("builds the jar of JMH by Maven, the module with what it needs, and by Gradle's plugin", () => {
    const pom = (more: string) =>
      `<project><artifactId>bench</artifactId>${more}<dependencies><dependency><artifactId>jmh-core</artifactId></dependency></dependencies><build><finalName>\${uberjar.name}</finalName></build><properties><uberjar.name>benchmarks</uberjar.name></properties></project>`;
    const maven = {
      "pom.xml": "<project><packaging>pom</packaging><modules><module>bench</module></modules></project>",
      "bench/pom.xml": pom(""),
    };
    expect(suitesOf(maven)).toMatchObject([
      {
        name: "bench",
        folder: "bench",
        tool: "jmh",
        run: expect.stringContaining("java -jar target/benchmarks.jar -f 1 "),
      },
    ]);
    expect(setupOf(maven)).toBe("mvn -q -B -DskipTests -pl bench -am package");
    const spaced = {
      "pom.xml": "<project><packaging>pom</packaging><modules><module>my$bench</module></modules></project>",
      "my$bench/pom.xml": pom("").replace("${uberjar.name}", "all of it"),
    };
    expect(setupOf(spaced)).toBe("mvn -q -B -DskipTests -pl 'my$bench' -am package");
    expect(suitesOf(spaced)).toMatchObject([{ run: expect.stringContaining("java -jar 'target/all of it.jar' -f 1") }]);
    const gradle = { gradlew: "", "core/build.gradle.kts": 'plugins { id("me.champeau.jmh") version "0.7.2" }' };
    expect(suitesOf(gradle)).toMatchObject([{ name: "core", folder: "core", tool: "jmh" }]);
    expect(setupOf(gradle)).toBe("./gradlew --quiet :core:jmhJar");
  });

  it("builds the programs that CMake links with a library of benchmarks", () => {
    const files = {
      "CMakeLists.txt": "project(x)\nadd_subdirectory(bench)\n",
      "bench/CMakeLists.txt":
        "add_executable(parse_bench parse.cc)\ntarget_link_libraries(parse_bench PRIVATE x benchmark::benchmark)\nadd_executable(tool tool.cc)\n",
    };
    expect(suitesOf(files)).toMatchObject([
      {
        name: "parse_bench",
        tool: "google-benchmark",
        run: expect.stringContaining("--benchmark_filter={benchmarks}"),
      },
    ]);
    expect(setupOf(files)).toMatch(/--target parse_bench$/);
  });

  it.each([
    [
      "const base = __ENV.BASE_URL || 'http://localhost:3000';",
      "k6 run --quiet --vus 10 --duration 9s -e BASE_URL=$BENCHGATE_URL --out json=$BENCHGATE_OUTPUT load/api.js",
    ],
    [
      "http.get('http://localhost:3000/a');",
      `cd load && sed "s#http://localhost:3000#$BENCHGATE_URL#g" api.js | k6 run --quiet --vus 10 --duration 9s --out json=$BENCHGATE_OUTPUT -`,
    ],
    [
      "http.get(`http://${__ENV.HOST}/a`);",
      "k6 run --quiet --vus 10 --duration 9s -e HOST=127.0.0.1:$PORT --out json=$BENCHGATE_OUTPUT load/api.js",
    ],
  ])("sends the load of k6 to the side's own service: %s", (line, run) => {
    const files = {
      "package.json": '{ "scripts": { "start": "node src/server.js" } }',
      "src/server.js":
        'const { createServer } = require("http");\napp.get("/healthz");\ncreateServer().listen(process.env.PORT);',
      "load/api.js": `import http from "k6/http";\nexport default function () { ${line} }`,
    };
    expect(suitesOf(files)).toEqual([
      { name: "api", run, tool: "k6", serve: "node src/server.js", ready: "http://127.0.0.1:$PORT/healthz" },
    ]);
  });

  it.each([
    [
      "has an address of its own",
      'http.get("https://staging.example.com/")',
      { "server.js": 'require("http").createServer().listen(process.env.PORT)' },
      /does not take its address from the environment/,
    ],
    ["nothing starts the service of", "http.get(__ENV.BASE_URL)", {}, /nothing was found that starts the service/],
  ])("is no suite where the load would not reach the side: %s", (_, line, more, note) => {
    const found = detect(
      aRepository({ ...more, "load/k6.js": `import http from "k6/http";\nexport default function () { ${line} }` }),
    );
    expect(found.suites).toEqual([]);
    expect(found.notes).toEqual([expect.stringMatching(note)]);
  });

  it("installs what the service under load needs, and Node for it", () => {
    const files = {
      "package.json": '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
      "package-lock.json": "",
      "server.js": "listen(process.env.PORT)",
      "load/k6.js": 'import http from "k6/http";\nexport default function () { http.get(__ENV.BASE_URL); }',
    };
    expect(setupOf(files)).toBe("npm ci");
    expect(detect(aRepository(files)).runtimes).toEqual(["k6", "node"]);
  });

  it("builds libtest's benches with the compiler that runs them", () => {
    const files = { "Cargo.toml": '[package]\nname = "a"\n', "benches/b.rs": "#![feature(test)]\nuse test::Bencher;" };
    expect(setupOf(files)).toBe("cargo +nightly bench --no-run");
  });

  it("builds before a script that measures what a build makes", () => {
    const files = {
      "package.json":
        '{ "scripts": { "build": "tsc", "bench": "node bench/run.js" }, "devDependencies": { "typescript": "7" } }',
      "package-lock.json": "",
      "bench/run.js": 'import { a } from "../dist/index.js";',
    };
    expect(setupOf(files)).toBe("npm ci && npm run build");
  });

  it("starts a Python service for Locust, and a connection is proof that it is ready", () => {
    const [suite] = suitesOf({
      "app.py": "from fastapi import FastAPI\napi = FastAPI()\n",
      "locustfile.py": "from locust import HttpUser, task\n\nclass Reader(HttpUser):\n    pass\n",
    });
    expect(suite).toMatchObject({
      name: "locustfile",
      tool: "locust",
      serve: "python3 -m uvicorn app:api --port $PORT",
      ready: "tcp://127.0.0.1:$PORT",
    });
  });

  it("cuts a load of k6 short that lasts minutes, and sends it from the one place where it goes to the side's own", () => {
    const runOf = (script: string) => {
      const files = {
        "package.json": '{ "scripts": { "start": "node server.js" } }',
        "server.js": "createServer(answer).listen(process.env.PORT)",
        "k6/load.js": `import http from "k6/http";\nimport { x } from "https://jslib.k6.io/a.js";\n${script}`,
      };
      return suitesOf(files)[0]?.run;
    };
    const load = (duration: string) =>
      `export const options = { stages: [{ duration: "${duration}", target: 80 }] };\nexport default () => http.get("http://shop.internal/heavy");`;
    expect(runOf(load("2m"))).toBe(
      String.raw`cd k6 && sed "s#http://shop\.internal#$BENCHGATE_URL#g" load.js | k6 run --quiet --vus 50 --duration 9s --out json=$BENCHGATE_OUTPUT -`,
    );
    expect(runOf(load("8s").replace("80", "40"))).toContain("k6 run --quiet --out");
    const two = 'export default () => [http.get("http://a.internal/"), http.get("http://b.internal/")];';
    expect(runOf(two)).toBeUndefined();
  });

  it("starts a Python service from an environment of its side's own, where the project says what it needs", () => {
    const files = {
      "requirements.txt": "fastapi\n",
      "service/main.py": 'from fastapi import FastAPI\napi = FastAPI()\n\n@api.get("/ping")\ndef ping(): return {}\n',
      "locustfile.py": "from locust import HttpUser, task\nclass A(HttpUser):\n    pass\n",
    };
    expect(suitesOf(files)).toMatchObject([
      {
        serve: ".benchgate-venv/bin/python -m uvicorn service.main:api --port $PORT",
        ready: "http://127.0.0.1:$PORT/ping",
      },
    ]);
    expect(setupOf(files)).toMatch(/pip install --quiet -r requirements\.txt uvicorn$/);
    expect(detect(aRepository(files)).runtimes).toContain("python");
  });

  it("takes over the load in a script, with the flags that make it tell percentiles", () => {
    const files = {
      "package.json":
        '{ "scripts": { "start": "node server.js", "bench": "autocannon -c 10 -d 5 http://localhost:3000/a" } }',
      "server.js": 'require("http").createServer().listen(process.env.PORT)',
    };
    expect(suitesOf(files)).toMatchObject([
      {
        name: "load",
        run: "npx autocannon --json -c 10 -d 5 $BENCHGATE_URL/a",
        tool: "autocannon",
        serve: "node server.js",
      },
    ]);
  });

  it("takes over what another service's workflow runs, where nothing else was found", () => {
    const files = {
      ".github/workflows/bench.yml":
        "jobs:\n  bench:\n    steps:\n      - run: make bench | tee output.txt\n      - uses: benchmark-action/github-action-benchmark@v1\n        with:\n          tool: 'cargo'\n          output-file-path: output.txt\n",
    };
    expect(suitesOf(files)).toEqual([
      { name: "bench", run: "make bench | tee output.txt", tool: "libtest", output: "output.txt" },
    ]);
  });

  it("gives suites of one name different ones", () => {
    const bench = 'import { Bench } from "tinybench";';
    const names = suitesOf({
      "a/package.json": '{ "name": "x" }',
      "a/bench/a.js": bench,
      "b/package.json": '{ "name": "x" }',
      "b/bench/b.js": bench,
      "c/package.json": '{ "name": "x" }',
      "c/bench/c.js": bench,
    }).map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });

  it("writes a suite that does not work as a comment with the reason", () => {
    const found = detect(
      aRepository({ "package.json": "{}", "bench/a.js": 'require("benchmark")', "bench/b.js": 'require("benchmark")' }),
    );
    const text = configText(found, { broken: new Map([["a", "it ended with 1: no such module"]]) });
    expect(text).toContain("# This did not work here: it ended with 1: no such module");
    expect(parseConfig(text, "benchgate.yml").suites.map(({ name }) => name)).toEqual(["b"]);
    const broken = new Map([
      ["a", "x"],
      ["b", "y"],
    ]);
    const none = configText(found, { broken });
    expect(parseConfig(none, "benchgate.yml").suites).toEqual([]);
  });
});
