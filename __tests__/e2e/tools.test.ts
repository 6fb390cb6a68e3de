import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTool } from "../tool.ts";
import { benchgate } from "./kit/command-line.ts";

/** Tools that are run for real, with today's version of each: its output in, a recording out. */
const TOOLS: readonly {
  readonly tool: string;
  readonly here: () => boolean;
  readonly files?: Readonly<Record<string, string>>;
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
    tool: "locust",
    here: () => hasTool("/usr/bin/python3", "-c", "import locust"),
    files: {
      "locustfile.py":
        "from locust import HttpUser, task\n\nclass Reader(HttpUser):\n    @task\n    def home(self):\n        self.client.get('/')\n",
      "load.sh":
        'node server.mjs &\nserver=$!\nuntil [ -s port ]; do :; done\n/usr/bin/python3 -m locust -f locustfile.py --headless --only-summary -u 2 -r 2 -t 2s --host "http://127.0.0.1:$(cat port)" --csv out >&2\ncode=$?\nkill $server\nmv out_stats.csv "$BENCHGATE_OUTPUT"\nexit $code\n',
      "server.mjs":
        'import { writeFileSync } from "node:fs";\nimport { createServer } from "node:http";\nconst server = createServer((_, response) => response.end("hello"));\nserver.listen(0, "127.0.0.1", () => writeFileSync("port", String(server.address().port)));\n',
    },
    command: "rm -f port && sh load.sh",
    benchmark: "GET /",
  },
];

describe.each(TOOLS)("$tool", ({ tool, here, files = {}, command, benchmark }) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "benchgate-tool-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!here())("is run, recognised by its output and recorded", async () => {
    const { code, stderr } = await benchgate(
      ["record", "--run", command, "--tool", "auto", "--rounds", "1", "-o", "recording.json"],
      { cwd: folder },
    );
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`its output is read as ${tool}`);
    const { rounds } = JSON.parse(readFileSync(join(folder, "recording.json"), "utf8")) as {
      rounds: { measurements: { benchmark: string; metric: string }[] }[];
    };
    expect(rounds).toHaveLength(1);
    expect(rounds[0]?.measurements, tool).toContainEqual(expect.objectContaining({ benchmark, metric: "latency" }));
  });
});
