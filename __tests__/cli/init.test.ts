import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { fakeClock } from "../fakes/clock.ts";
import type { Answer } from "../fakes/processes.ts";
import { aPlace, benchgate, type Place } from "./command-line.ts";

const PYTEST = readFileSync(new URL("../fixtures/pytest-benchmark/data.json", import.meta.url), "utf8");
const LOCUST = readFileSync(new URL("../fixtures/locust/ok_stats.csv", import.meta.url), "utf8");
const WORKFLOW = ".github/workflows/benchgate.yml";

/** A folder of files, as they are listed and as they are read. */
function aFolder(files: Readonly<Record<string, string>>): Place {
  const listed = Object.entries(files).map(([path, text]) => [`/here/${path}`, text] as const);
  return aPlace({ ...files, ...Object.fromEntries(listed) });
}

const GO = { "go.mod": "module example.com/a\n", "a_test.go": "func BenchmarkA(b *testing.B) {}\n" };

describe("benchgate init", () => {
  it("says what to write where it finds nothing: exit code 2", async () => {
    const place = aFolder({ "README.md": "" });
    const { code, stderr } = await benchgate(["init", "--yes"], place);
    expect([code, place.files.has("benchgate.yml")]).toEqual([2, false]);
    expect(stderr).toMatch(/^benchgate: Nothing here looks like a benchmark .*suites: .*time: /);
  });

  it("asks before it writes, and shows every line", async () => {
    const place = aFolder(GO);
    const { code, stderr } = await benchgate(["init"], place, "no\n");
    expect([code, place.files.has("benchgate.yml"), place.files.has(WORKFLOW)]).toEqual([0, false, false]);
    expect(stderr).toContain("found: a: a_test.go has benchmarks\n");
    expect(stderr).toContain("\n+suites:\n+  a: # a_test.go has benchmarks\n");
    expect(stderr).toContain(`Write benchgate.yml and ${WORKFLOW}? [y/N]`);
  });

  it("writes on a yes, and a suite that does not work here is a comment with the reason", async () => {
    const place = aFolder(GO);
    const { code, stderr } = await benchgate(["init"], place, "y\n");
    expect(code).toBe(3);
    expect(stderr).toMatch(/\na: does not work here, and is a comment in benchgate\.yml: \S/);
    expect(place.files.get("benchgate.yml")).toContain("# This did not work here: ");
    expect(place.files.get(WORKFLOW)).toContain("actions/setup-go@");
  });

  it("tries file by file what fails as a whole, and keeps what works", async () => {
    const bench = (name: string) => `def test_${name}(benchmark):\n    benchmark(print)\n`;
    const place = aFolder({ "setup.py": "", "bench/bench_a.py": bench("a"), "bench/bench_b.py": bench("b") });
    // What b imports is not there: pytest fails wherever it is among the files.
    const answer: Answer = ({ argv }) => {
      const line = argv.join(" ");
      if (!line.includes("pytest -q")) return {};
      return line.includes("bench_b.py") ? { exitCode: 1, tail: "no module named b" } : { stdout: PYTEST };
    };
    const { code, stderr } = await benchgate(["init", "--yes"], { ...place, answer });
    expect(code).toBe(0);
    expect(stderr).toContain("python-bench_a: works");
    expect(stderr).toMatch(/python-bench_b: does not work here.*no module named b/);
    const config = place.files.get("benchgate.yml")!;
    expect(config).toMatch(/^ {2}python-bench_a:/m);
    expect(config).toMatch(/^ {2}# python-bench_b:/m);
    expect(config).not.toMatch(/^ {2}(# )?python:/m);
  });

  it("gives each benchmark less time where a round of all takes minutes, and says what to expect then", async () => {
    const clock = fakeClock();
    const lines: string[] = [];
    const answer: Answer = ({ argv }) => {
      const line = argv.join(" ");
      lines.push(line);
      clock.pass(line.includes("-benchtime 100ms") ? 60 : 6);
      return { stdout: "BenchmarkA-2 \t 10\t 5 ns/op\nok  \texample.com/a\t1.000s\n" };
    };
    const place = aFolder(GO);
    const { code, stderr } = await benchgate(["init", "--yes"], { ...place, answer, clock });
    expect([code, stderr.includes("a: works, 1 benchmark")]).toEqual([0, true]);
    expect(place.files.get("benchgate.yml")).toContain("-benchtime 10ms");
    expect(lines.filter((line) => line.includes("-benchtime"))).toHaveLength(2);
    expect(stderr).toMatch(/about 1 to 3 minutes/);
  });

  /** What init runs in a repository of Go, where a round takes so long by its command, in seconds; and what comes of it. */
  async function tried(
    seconds: (line: string, index: number) => number,
    works: (line: string) => boolean = () => true,
  ) {
    const clock = fakeClock();
    const rounds: { readonly line: string; readonly limit: number }[] = [];
    const answer: Answer = ({ argv, timeLimit }) => {
      const line = argv.join(" ");
      if (!line.includes("-benchtime")) return {};
      rounds.push({ line: /-benchtime \d+ms/.exec(line)![0], limit: timeLimit! });
      const took = seconds(line, rounds.length - 1);
      clock.pass(Math.min(took, timeLimit!));
      if (took > timeLimit!) return { timedOut: true, exitCode: null };
      return works(line) ? { stdout: "BenchmarkA-2 \t 10\t 5 ns/op\n" } : { exitCode: 1, stderr: "no" };
    };
    const place = aFolder(GO);
    const { code, stderr } = await benchgate(["init", "--yes"], { ...place, answer, clock });
    const run = /-benchtime \d+ms/.exec(place.files.get("benchgate.yml")!)?.[0];
    return { code, stderr, run, rounds: rounds.map(({ line }) => line), limits: rounds.map(({ limit }) => limit) };
  }
  const [LONG, SHORT] = ["-benchtime 100ms", "-benchtime 10ms"];

  it("runs what works and is quick enough once: a proof has no verdict that a cold start could mislead", async () => {
    expect(await tried(() => 5)).toMatchObject({ code: 0, run: LONG, rounds: [LONG] });
  });

  it("waits no longer for a round that has a shorter form than it could use", async () => {
    const { rounds, limits, run } = await tried((line) => (line.includes(LONG) ? 45 : 6));
    expect([rounds, run]).toEqual([[LONG, SHORT], SHORT]);
    expect(limits[0]).toBeLessThan(20);
    expect(limits[1]).toBe(60);
    // However long the shorter one takes: there is no other, and its cold start was the first one's.
    expect((await tried((line) => (line.includes(LONG) ? 45 : 30))).rounds).toEqual([LONG, SHORT]);
  });

  it("takes no slow first start for a round that is too long", async () => {
    expect(await tried((_, index) => (index === 0 ? 18 : 8))).toMatchObject({ run: LONG, rounds: [LONG, LONG] });
    expect(await tried((line) => (line.includes(LONG) ? 15 : 6))).toMatchObject({ run: SHORT });
  });

  it("goes back to the command as it was where the shorter one does not work, and gives it its time then", async () => {
    const { code, run, rounds, limits } = await tried(
      (line) => (line.includes(LONG) ? 45 : 6),
      (line) => line.includes(LONG),
    );
    expect([code, run]).toEqual([0, LONG]);
    expect(rounds.slice(0, 4)).toEqual([LONG, SHORT, SHORT, LONG]);
    expect(limits[3]).toBe(60);
  });

  it("bounds the profiling that a red verdict waits for where Node runs, and where nothing is profiled says nothing of it", async () => {
    const files = { "package.json": "{}", "bench/a.js": 'require("benchmark");' };
    for (const [given, bounded] of [
      [files, true],
      [GO, false],
    ] as const) {
      const place = aFolder(given);
      await benchgate(["init", "--yes"], place);
      const { explainBudget } = parseConfig(place.files.get("benchgate.yml")!, "benchgate.yml");
      expect(explainBudget).toBe(bounded ? 60 : null);
    }
  });

  it("gives no suite less time for the sake of one that does not work", async () => {
    const clock = fakeClock();
    const place = aFolder({ ...GO, "package.json": "{}", "bench/a.js": 'require("benchmark");' });
    const answer: Answer = ({ argv }) => {
      const isGo = argv.join(" ").includes("-benchtime");
      clock.pass(isGo ? 6 : 60);
      return isGo ? { stdout: "BenchmarkA-2 \t 10\t 5 ns/op\n" } : { timedOut: true, exitCode: null };
    };
    const { code } = await benchgate(["init", "--yes"], { ...place, answer, clock });
    expect([code, place.files.get("benchgate.yml")]).toEqual([0, expect.stringContaining(LONG)]);
    expect(place.files.get("benchgate.yml")).toContain("# This did not work here: ");
  });

  it("tries once more what fails, and not what takes too long", async () => {
    let failures = 1;
    expect(
      await tried(
        () => 5,
        () => failures-- <= 0,
      ),
    ).toMatchObject({ code: 0, run: LONG, rounds: [LONG, LONG] });
    const endless = await tried(() => 1000);
    expect([endless.code, endless.rounds]).toEqual([3, [LONG, SHORT]]);
  });

  it("tries a setup that fails once more without the scripts of packages, and keeps what works", async () => {
    const files = { "package.json": "{}", "package-lock.json": "{}", "bench/a.js": 'require("benchmark");' };
    const answer =
      (works: (line: string) => boolean): Answer =>
      ({ argv }) => {
        const line = argv.join(" ");
        if (line.includes("npm ci")) return works(line) ? {} : { stderr: "postinstall: no browser", exitCode: 1 };
        return { stdout: "parse x 1,000 ops/sec \xb11.00% (90 runs sampled)\n" };
      };
    const place = aFolder(files);
    const { code } = await benchgate(["init", "--yes"], {
      ...place,
      answer: answer((line) => line.includes("--ignore-scripts")),
    });
    expect([code, place.files.get("benchgate.yml")]).toEqual([0, expect.stringContaining("npm ci --ignore-scripts\n")]);

    const other = aFolder(files);
    const failed = await benchgate(["init", "--yes"], { ...other, answer: answer(() => false) });
    expect(failed.code).toBe(3);
    expect(failed.stderr.match(/setup: fails here: /g)).toHaveLength(1);
    expect(parseConfig(other.files.get("benchgate.yml")!, "benchgate.yml").suites).toHaveLength(1);
    expect(other.files.get("benchgate.yml")).toContain("  npm ci\n");
  });

  describe("where a service under load comes next to benchmarks", () => {
    const files = {
      ...GO,
      "server.py": "import http.server\n",
      "requirements.txt": "psycopg2\n",
      "locustfile.py": "from locust import HttpUser, task\nclass A(HttpUser):\n    pass\n",
    };
    const answer =
      (fails: RegExp): Answer =>
      ({ argv }) =>
        fails.test(argv.join(" "))
          ? { stderr: "no pg_config", exitCode: 1 }
          : { stdout: "BenchmarkA-2 \t 10\t 5 ns/op\n" };

    it("keeps the benchmarks where the setup of the service fails, and says what it lacks", async () => {
      const place = aFolder(files);
      const { code, stderr } = await benchgate(["init", "--yes"], { ...place, answer: answer(/pip install/) });
      expect([code, stderr.includes("a: works")]).toEqual([0, true]);
      expect(stderr).toMatch(/locustfile: does not work here.*the setup of its service fails.*pip install/);
      const config = parseConfig(place.files.get("benchgate.yml")!, "benchgate.yml");
      expect([config.setup, [...config.suites].map(({ name }) => name)]).toEqual([null, ["a"]]);
      expect(place.files.get("benchgate.yml")).toMatch(/^ {2}# locustfile:/m);
    });

    it("says before it asks which services it will start", async () => {
      const { stderr } = await benchgate(["init"], aFolder(files), "no\n");
      expect(stderr).toMatch(/note: after that, `.*python server\.py` is started and put under load .*\nWrite /);
    });
  });

  it("takes no load for a suite that makes so few requests that some rounds would have none", async () => {
    const files = {
      Procfile: "web: ./server\n",
      "server.py": 'import http.server\n@get("/health")\n',
      "locustfile.py": "from locust import HttpUser, task\nclass A(HttpUser):\n    pass\n",
    };
    const [head] = LOCUST.split("\n");
    const numbers = (requests: number, failures = 0) =>
      `${requests},${failures},15,16.0,2.6,88.1,4.0,1.3,0.0,15,18,20,21,24,35,53,64,88,88,88`;
    const csv = (...counts: readonly [number, number?]) =>
      `${head}\nGET,/,${numbers(...counts)}\n,Aggregated,${numbers(...counts)}\n`;
    const tried = async (...counts: readonly [number, number?]) => {
      const { stderr } = await benchgate(["init", "--yes"], {
        ...aFolder(files),
        answer: () => ({ stdout: csv(...counts) }),
      });
      return stderr;
    };
    expect(await tried(4)).toMatch(/locustfile: does not work here.*it made 4 requests in a round, too few/);
    expect(await tried(400)).not.toContain("requests fail");
    expect(await tried(400, 8)).toMatch(/locustfile: works[\s\S]*locustfile: 2 % of its requests fail/);
  });

  it("says of a load that does not work what it says itself, and not what its service says of other things", async () => {
    const files = {
      Procfile: "web: ./server\n",
      "server.py": 'import http.server\n@get("/health")\n',
      "locustfile.py": "from locust import HttpUser, task\nclass A(HttpUser):\n    pass\n",
    };
    const answer: Answer = ({ argv }) =>
      argv.join(" ").includes("locust")
        ? { tail: "RuntimeError: no sample.heic\nthe service:\nGET /health 200\n", exitCode: 1 }
        : {};
    const { stderr } = await benchgate(["init", "--yes"], { ...aFolder(files), answer });
    expect(stderr).toMatch(/locustfile: does not work here.*exited with code 1\. RuntimeError: no sample\.heic\n/);
  });

  it("says which benchmarks fail in a suite that works: they would keep every check red", async () => {
    const answer: Answer = () => ({
      stdout: "BenchmarkA-2 \t 10\t 5 ns/op\n--- FAIL: BenchmarkB\n    b_test.go:3: no such file\nFAIL\n",
      exitCode: 1,
    });
    const { stderr } = await benchgate(["init", "--yes"], { ...aFolder(GO), answer });
    expect(stderr).toMatch(/a: 1 benchmark fails, which keeps the check red until fixed or removed: BenchmarkB/);
  });

  it("never overwrites what is there", async () => {
    const place = aFolder({ ...GO, "benchgate.yml": "time-budget: 1m\n" });
    const { code, stderr } = await benchgate(["init", "--yes"], place);
    expect([code, place.files.get("benchgate.yml")]).toEqual([0, "time-budget: 1m\n"]);
    expect(stderr).toContain("benchgate.yml: is there already, and stays as it is");
    expect(place.files.has(WORKFLOW)).toBe(true);
    const again = await benchgate(["init", "--yes"], place);
    expect(again.stderr).toContain(`${WORKFLOW}: is as it would be written`);
  });

  it("checks what is there: a line for each mistake on stdout, exit code 2", async () => {
    const workflow =
      "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v7\n      - uses: acme/benchgate@v1\n";
    const { code, stdout } = await benchgate(["init", "--check"], aFolder({ [WORKFLOW]: workflow }));
    expect(code).toBe(2);
    expect(stdout).toContain(`${WORKFLOW}:6:9: fetch-depth: `);
    const none = await benchgate(["init", "--check"], aFolder({}));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("There is no set-up here to check")]);
  });
});
