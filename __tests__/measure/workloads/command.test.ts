import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { argvOf, withBenchmarks } from "../../../src/measure/workloads/command.ts";
import { commandText } from "../../../src/model/plan.ts";

const runs = (shell: "sh" | "bash", line: string) => {
  const [program, ...rest] = argvOf({ kind: "shell", shell, line });
  return spawnSync(program, rest, { encoding: "utf8" });
};

describe("a command", () => {
  it("is run as it is where it is an argument vector", () => {
    expect(argvOf({ kind: "argv", argv: ["node", "a b.js", "$X"] })).toEqual(["node", "a b.js", "$X"]);
  });

  it("goes to the shell that is named, as one argument", () => {
    const line = `echo "a  b" | tr a-z A-Z && printf '%s' $((1+1))`;
    expect(runs("sh", line).stdout).toBe("A  B\n2");
    expect(runs("bash", line).stdout).toBe("A  B\n2");
  });

  it("stops at the first error in bash, also within a pipe, and reads no start-up files", () => {
    expect(runs("bash", "false; echo on")).toMatchObject({ status: 1, stdout: "" });
    expect(runs("bash", "false | true")).toMatchObject({ status: 1 });
    expect(argvOf({ kind: "shell", shell: "bash", line: "x" })).toEqual(
      expect.arrayContaining(["--noprofile", "--norc"]),
    );
  });

  it("makes PowerShell stop at errors and pass on the exit code of what it ran", () => {
    const argv = argvOf({ kind: "shell", shell: "pwsh", line: "k6 run x.js" });
    expect(argv.slice(0, -1)).toEqual(["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command"]);
    expect(argv.at(-1)?.split("\n")).toEqual([
      "$ErrorActionPreference = 'stop'",
      "k6 run x.js",
      expect.stringContaining("exit $LASTEXITCODE"),
    ]);
  });

  it("is quoted for cmd, which takes off exactly one pair", () => {
    expect(argvOf({ kind: "shell", shell: "cmd", line: 'run "a b"' })).toEqual([
      "cmd",
      "/d",
      "/s",
      "/c",
      '"run "a b""',
    ]);
  });

  it("reads as a person would type it", () => {
    expect(commandText({ kind: "argv", argv: ["node", "bench.js"] })).toBe("node bench.js");
    expect(commandText({ kind: "shell", shell: "sh", line: "a | b" })).toBe("a | b");
  });
});

describe("a command with {benchmarks}", () => {
  const hostile = '^(it\'s|a "b" $HOME `x`)$';

  it("gives a POSIX shell the filter as one word, whatever is in it", () => {
    const line = "printf '%s\\n' -bench {benchmarks} end";
    const [program, ...rest] = argvOf(withBenchmarks({ kind: "shell", line, shell: "sh" }, hostile));
    expect(execFileSync(program, rest, { encoding: "utf8" })).toBe(`-bench\n${hostile}\nend\n`);
  });

  it("gives cmd nothing that it would look into, and what still matches the same names", () => {
    const given = (filter: string) =>
      commandText(withBenchmarks({ kind: "shell", line: "{benchmarks}", shell: "cmd" }, filter)).slice(1, -1);
    for (const [filter, name] of [
      [String.raw`^(shop\.Search\.run)$`, "shop.Search.run"],
      [String.raw`^BenchmarkA$/^a\^b$`, "BenchmarkA"],
      [String.raw`^(a\"b%c\\d)$`, String.raw`a"b%c\d`],
    ] as const) {
      expect(given(filter)).not.toMatch(/["%!^&<>]/);
      expect(name).toMatch(new RegExp(given(filter).split("/")[0]!));
    }
  });

  it("puts it into the argument that it stands in", () => {
    expect(withBenchmarks({ kind: "argv", argv: ["./bench", "--benchmark_filter={benchmarks}"] }, hostile)).toEqual({
      kind: "argv",
      argv: ["./bench", `--benchmark_filter=${hostile}`],
    });
  });

  it("leaves a command without it alone", () => {
    const command = { kind: "shell", line: "go test", shell: "sh" } as const;
    expect(withBenchmarks(command, hostile)).toEqual(command);
  });
});
