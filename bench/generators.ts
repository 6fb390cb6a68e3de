/**
 * `npm run bench:generators -- --k6 PATH`: three real k6 processes as the generators of one load, end to end through the committed command line. Prints the p50 and
 * p99 of the recording, and of all samples as the files have them; the exit code is 1 where they are not the same.
 */
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { decodeRecording } from "../src/codec/recording.ts";
import { evaluate } from "../src/stats/statistic.ts";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../__tests__/fixtures/generators", import.meta.url));

const { values } = parseArgs({
  options: { k6: { type: "string", default: "k6" }, fixtures: { type: "boolean", default: false } },
});

const LOAD = `import http from "k6/http";
export const options = { vus: 2, iterations: 60 };
export default function () { http.get(__ENV.TARGET); }
`;

/** Most answers take a few milliseconds, one in forty 60. */
let answered = 0;
const server = createServer((_, response) => {
  const wait = answered++ % 40 === 0 ? 60 : 1 + (answered % 7);
  setTimeout(() => response.end("hello"), wait);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slow`;
const folder = mkdtempSync(join(tmpdir(), "benchgate-generators-"));
try {
  writeFileSync(join(folder, "load.js"), LOAD);
  writeFileSync(
    join(folder, "benchgate.yml"),
    `suites:
  api:
    run: |
      mkdir -p out
      for part in 1 2 3; do
        ${values.k6} run -q --no-usage-report -e TARGET=${url} --out csv=out/generator-$part.csv.gz load.js & all="$all $!"
      done
      for each in $all; do wait $each || exit 1; done
    output: out/*.csv.gz
`,
  );
  execFileSync("git", ["init", "-q"], { cwd: folder });
  const record = spawn(process.execPath, [CLI, "record", "--rounds", "1", "-o", "recording.json"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise((resolve) => record.on("close", resolve));
  if (code !== 0) throw new Error(`benchgate record ended with ${code}`);

  const { rounds } = decodeRecording(readFileSync(join(folder, "recording.json"), "utf8"));
  const measured = rounds[0]!.measurements.find(({ metric }) => metric === "latency")!.distribution;
  const names = readdirSync(join(folder, "out"));
  const lines = names.flatMap((name) =>
    gunzipSync(readFileSync(join(folder, "out", name)))
      .toString()
      .split("\n"),
  );
  const durations = lines.filter((line) => line.startsWith("http_req_duration,"));
  const all = Float64Array.from(durations, (line) => Number(line.split(",")[2]) / 1000);
  for (const statistic of ["p50", "p99"] as const) {
    const [whole, own] = [measured, { kind: "samples", samples: all } as const].map((of) =>
      evaluate(of, statistic, null),
    ) as [number, number];
    process.stdout.write(
      `${statistic} of ${names.length} generators with ${all.length} requests: ${whole} s in the recording, ${own} s of all samples\n`,
    );
    if (whole !== own) process.exitCode = 1;
  }
  if (values.fixtures) for (const name of names) copyFileSync(join(folder, "out", name), join(FIXTURES, name));
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
