import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { reproduceLine } from "../../../src/report/words/reproduce.ts";

describe("the command line that measures the same again", () => {
  const words = { config: null, run: null, bench: null, tool: null, setup: null };

  it("names every flag that was given, and nothing else", () => {
    expect(reproduceLine("abc1234", words)).toBe("npx benchgate run --base abc1234");
    expect(reproduceLine("main", { ...words, bench: ["bench/*.js"], only: "parser/json" })).toBe(
      "npx benchgate run --base main --bench 'bench/*.js' --only parser/json",
    );
  });

  it("takes the program from where the action was taken, for a reader who has nothing installed", () => {
    const source = { serverUrl: "https://github.com", repository: "octo-org/benchgate", ref: "v1" };
    expect(reproduceLine("abc1234", words, source)).toBe("npx --yes github:octo-org/benchgate#v1 run --base abc1234");
    expect(reproduceLine("abc1234", words, { ...source, serverUrl: "https://git.example", ref: "a&b" })).toBe(
      "npx --yes 'git+https://git.example/octo-org/benchgate.git#a&b' run --base abc1234",
    );
  });

  it("repeats the effort: suites, rounds and time", () => {
    expect(reproduceLine("abc1234", { ...words, suite: ["api", "lib"], rounds: "12", "time-budget": "5m" })).toBe(
      "npx benchgate run --base abc1234 --suite api --suite lib --rounds 12 --time-budget 5m",
    );
  });

  it.skipIf(process.platform === "win32")("is read back by a shell as it was written", () => {
    const run = `node b.js --name='it's "$HOME"' && echo \`id\``;
    const line = reproduceLine("main", { ...words, run }).replace("npx benchgate run --base main --run", "printf %s");
    expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe(run);
  });
});
