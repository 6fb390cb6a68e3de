import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const preload = new URL("../../src/harness/preload.ts", import.meta.url).href;

/** The times of Benches that a program makes with these options, where short times are asked for or not. */
function timesOf(asked: string, ...options: readonly string[]): unknown {
  const code = `import * as tinybench from "tinybench";
    const { Bench, Task } = tinybench;
    const times = (bench) => [bench.warmupTime, bench.time, bench.warmupIterations, bench.iterations];
    console.log(JSON.stringify([typeof Task, ...[${options.join(", ")}].map((each) => times(new Bench(each)))]));`;
  const out = execFileSync(process.execPath, ["--import", preload, "--input-type=module", "-e", code], {
    cwd: root,
    env: { ...process.env, BENCHGATE_SHORT_TIMES: asked },
    encoding: "utf8",
  });
  return JSON.parse(out);
}

describe("short times of whoever imports tinybench", () => {
  it("are the most that a Bench gets, and never more than it asks for", () => {
    const found = timesOf(
      "1",
      "undefined",
      "{ time: 2000, iterations: 500 }",
      "{ time: 0, iterations: 1, warmup: false }",
    );
    expect(found).toEqual(["function", [25, 100, 2, 10], [25, 100, 2, 10], [25, 0, 2, 1]]);
  });

  it("are not given where nobody asks", () => {
    expect(timesOf("", "{ time: 2000, iterations: 500 }")).toEqual(["function", [250, 2000, 16, 500]]);
  });
});
