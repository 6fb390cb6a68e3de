import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";

/*
 * Does a repository that sets up nothing but a command turn red on a real slowdown, and stay green on a change of its README? Four tools that give no
 * latency of their own, each in a repository that is made here, with the real tool, the real command line and no budget:
 *
 *   npm run bench:defaults            needs wrk, Go, a JDK with Maven, and npm's and Maven's registries
 *   npm run bench:defaults -- wrk go  only these
 */

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

interface Project {
  readonly name: string;
  /** Brings the tool into a folder beside the repository, which every side reaches as `$TOOL`. */
  readonly install?: readonly (readonly [string, ...string[]])[];
  readonly installFiles?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** The file that gets slower, and how. */
  readonly slower: readonly [file: string, from: string, to: string];
}

const POM = `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><dependencies>
${["jmh-core", "jmh-generator-annprocess"].map((id) => `<dependency><groupId>org.openjdk.jmh</groupId><artifactId>${id}</artifactId><version>1.37</version></dependency>`).join("\n")}
</dependencies></project>`;

const PROJECTS: readonly Project[] = [
  {
    name: "wrk",
    files: {
      "server.js": `require("http").createServer((request, response) => {
  for (let i = 0, x = 0; i < 20000; i++) x += i;
  response.end("hello");
}).listen(process.env.PORT, "127.0.0.1");\n`,
      "benchgate.yml": `suites:
  http:
    serve: node server.js
    ready: tcp://127.0.0.1:$PORT
    run: wrk -t 1 -c 4 -d 1s $BENCHGATE_URL/
    tool: wrk\n`,
    },
    slower: ["server.js", "i < 20000", "i < 2000000"],
  },
  {
    name: "jmh",
    installFiles: { "pom.xml": POM },
    install: [["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars"]],
    files: {
      "shop/Search.java": `package shop;
import org.openjdk.jmh.annotations.*;
@State(Scope.Benchmark)
public class Search {
  @Benchmark public int sum() { int sum = 0; for (int i = 0; i < 1000; i++) sum += Integer.toString(i).length(); return sum; }
}\n`,
      "benchgate.yml": `setup: rm -rf classes && mkdir classes && (javac -proc:full -cp "$TOOL/jars/*" -d classes shop/*.java || javac -cp "$TOOL/jars/*" -d classes shop/*.java)
suites:
  jvm:
    run: java -cp "classes:$TOOL/jars/*" org.openjdk.jmh.Main -bm thrpt -f 1 -wi 2 -w 200ms -i 3 -r 200ms -rf json -rff $BENCHGATE_OUTPUT
    tool: jmh\n`,
      ".gitignore": "classes\n",
    },
    slower: ["shop/Search.java", "i < 1000", "i < 2000"],
  },
  {
    name: "benchmarkjs",
    installFiles: { "package.json": "{}" },
    install: [["npm", "install", "--no-audit", "--no-fund", "--silent", "benchmark@2.1.4"]],
    files: {
      "sum.js":
        "module.exports = () => { let sum = 0; for (let i = 0; i < 1000; i++) sum += String(i).length; return sum; };\n",
      "bench.js": `const { Suite } = require(process.env.TOOL + "/node_modules/benchmark");
new Suite().add("sum", require("./sum.js"), { maxTime: 0.3 }).on("cycle", (event) => console.log(String(event.target))).run();\n`,
      "benchgate.yml": "suites:\n  js:\n    run: node bench.js\n    tool: benchmarkjs\n",
    },
    slower: ["sum.js", "i < 1000", "i < 2000"],
  },
  {
    name: "go",
    files: {
      "go.mod": "module example.com/buffers\n\ngo 1.19\n",
      "buffers_test.go": `package buffers

import "testing"

var sink []byte

func BenchmarkBuffer(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		sink = make([]byte, 64)
	}
}\n`,
      "benchgate.yml":
        "suites:\n  go:\n    run: go test -run '^$' -bench {benchmarks} -benchmem -benchtime 50ms .\n    tool: go\n",
    },
    slower: ["buffers_test.go", "make([]byte, 64)", "make([]byte, 400)"],
  },
];

const asked = process.argv.slice(2);
const rows: string[][] = [["tool", "README change", "slowdown", "what turned red", "s", "load average"]];
for (const project of PROJECTS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-defaults-"));
  try {
    rows.push(await tried(project, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stderr.write(`${rows.at(-1)!.join(" | ")}\n`);
}
process.stdout.write(`${markdownTable(rows)}\n`);
if (rows.slice(1).some(([, readme, slow]) => readme !== "0" || slow !== "1")) process.exitCode = 1;

/** A project's row: the exit codes of both gates, and what the second one found. */
async function tried(
  { name, install = [], installFiles = {}, files, slower }: Project,
  folder: string,
): Promise<string[]> {
  const began = performance.now();
  const [tool, repository] = [join(folder, "tool"), join(folder, "repository")];
  write(tool, installFiles);
  for (const [program, ...argv] of install) execFileSync(program, argv, { cwd: tool, stdio: "inherit" });
  write(repository, { "README.md": "# A\n", ...files });
  git(repository, "init", "-b", "main");
  commit(repository, "base");
  write(repository, { "README.md": "# A, and more\n" });
  commit(repository, "README");
  const readme = await gate(repository, tool);
  const [file, from, to] = slower;
  const text = readFileSync(join(repository, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} of ${name} has no ${from}`);
  write(repository, { [file]: text.replace(from, to) });
  commit(repository, "slower");
  const slow = await gate(repository, tool);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  return [name, String(readme.code), String(slow.code), slow.red.join(", "), seconds, loadavg()[0]!.toFixed(1)];
}

function gate(cwd: string, tool: string): Promise<{ readonly code: number | null; readonly red: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, "run", "--base", "HEAD~1", "--json", "-"], {
      cwd,
      env: { ...process.env, TOOL: tool },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      const { verdicts = [] } = JSON.parse(stdout === "" ? "{}" : stdout);
      const red = (verdicts as Record<string, string>[]).filter(({ verdict }) => verdict === "regression");
      resolve({
        code,
        red: red.map(({ metric, statistic, ratio }) => `${metric} ${statistic} × ${Number(ratio).toFixed(2)}`),
      });
    });
  });
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function commit(cwd: string, message: string): void {
  git(cwd, "add", "-A");
  git(cwd, "-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-m", message);
}

function git(cwd: string, ...argv: readonly string[]): void {
  execFileSync("git", argv, { cwd, stdio: "ignore" });
}
