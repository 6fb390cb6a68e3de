import { describe, expect, it } from "vitest";
import { INPUTS, readInputs, refuseUnknownInputs } from "../../src/action/inputs.ts";
import { refusal } from "../config/errors.ts";

const read = (given: Readonly<Record<string, string>> = {}) => readInputs((name) => given[name] ?? "");
const refused = (given: Readonly<Record<string, string>>) => refusal(() => read(given));

describe("the inputs of the action", () => {
  it("leave to the file what the file can say, and have defaults for the rest", () => {
    expect(read()).toMatchObject({
      config: null,
      run: null,
      bench: null,
      tool: null,
      output: null,
      setup: null,
      threshold: [],
      compare: null,
      rounds: null,
      "time-budget": null,
      "baseline-store": "branch",
      "baseline-branch": "benchgate-baseline",
      "baseline-directory": ".benchgate/baseline",
      cell: null,
      "fan-in": null,
      expect: [],
      comment: "always",
      status: false,
      "on-inconclusive": null,
      fail: true,
      token: "",
    });
  });

  it("are read into canonical units", () => {
    expect(
      read({
        run: " node bench.js ",
        bench: "bench/**/*.bench.ts\n\n  more/{a,b}.ts\n",
        threshold: "p50=5%, p99=15%",
        compare: "side-by-side",
        rounds: "24",
        "time-budget": "10m",
        "baseline-store": "directory",
        comment: "on-change",
        "on-inconclusive": "fail",
        fail: "False",
        cell: " ubuntu-24.04 node@24 ",
        "fan-in": "cells",
        expect: "ubuntu-24.04, macos\n windows",
        status: "true",
      }),
    ).toMatchObject({
      run: "node bench.js",
      bench: ["bench/**/*.bench.ts", "more/{a,b}.ts"],
      threshold: [
        { for: { metric: "latency", statistic: "p50" }, value: 0.05 },
        { for: { metric: "latency", statistic: "p99" }, value: 0.15 },
      ],
      compare: "side-by-side",
      rounds: 24,
      "time-budget": 600,
      "baseline-store": "directory",
      comment: "on-change",
      "on-inconclusive": "fail",
      fail: false,
      cell: "ubuntu-24.04 node@24",
      "fan-in": "cells",
      expect: ["ubuntu-24.04", "macos", "windows"],
      status: true,
    });
  });

  it.each<[Record<string, string>, string]>([
    [
      { compare: "sidebyside" },
      'input compare: "sidebyside" is not one of auto, stored, side-by-side. Did you mean "side-by-side"?',
    ],
    [{ rounds: "many" }, 'input rounds: "many" is not a whole number'],
    [{ rounds: "0" }, "input rounds: 0 is less than 1"],
    [{ "time-budget": "600" }, "input time-budget: 600 has no unit. Write 600s"],
    [{ threshold: "5" }, "input threshold: 5 has no unit. Write 5%"],
    [{ comment: "sometimes" }, 'input comment: "sometimes" is not one of always, on-change, never. Write one of them'],
    [{ bench: "bench/*.js\n  ../*.js" }, 'input bench: "../*.js" leads out of the repository'],
    [{ cell: "linux/x64" }, `input cell: "linux/x64" cannot be a cell's name. Use 64 characters at most`],
    [{ cell: ".." }, "cannot be a cell's name"],
    [{ cell: "x".repeat(65) }, "cannot be a cell's name"],
    [{ expect: "linux, mac, linux" }, 'input expect: "linux" is there twice'],
    [{ status: "yes" }, 'input status: "yes" is not one of true, false'],
    [{ "on-inconclusive": "ignore" }, "input on-inconclusive:"],
    [{ fail: "no" }, 'input fail: "no" is not one of true, false. Write one of them'],
    [{ "baseline-store": "artifact" }, 'input baseline-store: "artifact" is not one of branch, '],
    [{ "baseline-store": "directry" }, 'Did you mean "directory"?'],
    [{ "baseline-branch": "--force" }, 'input baseline-branch: "--force" is not a branch name'],
    [{ "baseline-branch": "a..b" }, "is not a branch name"],
    [{ "baseline-branch": "a:b" }, "is not a branch name"],
  ])("refuse %j by name", (given, message) => {
    expect(refused(given)).toContain(message);
  });

  it("refuse a name that does not exist, with the one that was meant", () => {
    const refuse = (name: string) => refusal(() => refuseUnknownInputs([name]));
    expect(refuse("INPUT_TRESHOLD")).toBe('with: There is no input "treshold". Did you mean "threshold"?');
    expect(refuse("INPUT_TIME_BUDGET")).toContain('Did you mean "time-budget"?');
    expect(refuse("INPUT_COLOUR")).toContain("Known: config, run, bench,");
  });

  it("accept every name that exists, as the runner writes it, and mind nothing else", () => {
    const names = Object.keys(INPUTS).map((name) => `INPUT_${name.toUpperCase()}`);
    expect(() => refuseUnknownInputs([...names, "PATH", "GITHUB_TOKEN", "INPUT"])).not.toThrow();
  });
});
