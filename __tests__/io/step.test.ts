import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStep } from "../../src/io/step.ts";
import { RUNNER_NODE } from "../e2e/kit/runner.ts";
import { parseOutputFile, readCommands } from "../e2e/kit/workflow-commands.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-step-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("inputs, outputs, annotations and the summary", () => {
  it("reads inputs, sets outputs, masks and annotates as the runner expects", () => {
    const output = join(folder, "output");
    writeFileSync(output, "");
    const code = `
      import { createStep } from ${JSON.stringify(new URL("../../src/io/step.ts", import.meta.url).href)};
      const step = createStep();
      step.hide("s3cret");
      step.hide("");
      const inputs = Object.fromEntries(["run", "time-budget", "config"].map((name) => [name, step.input(name)]));
      step.outputs({ ...inputs, regressions: 2, text: "two\\nlines" });
      step.annotate({ level: "error", message: "1.35× slower", title: "parser / json: p50", file: "bench/json,x.ts", line: 12 });
      step.annotate({ level: "notice", message: "fine" });`;
    const env = { GITHUB_OUTPUT: output, INPUT_RUN: " node bench.js ", "INPUT_TIME-BUDGET": "10m" };
    const printed = execFileSync(RUNNER_NODE, ["--input-type=module", "-e", code], { encoding: "utf8", env });
    expect(parseOutputFile(readFileSync(output, "utf8"))).toEqual({
      run: "node bench.js",
      "time-budget": "10m",
      config: "",
      regressions: "2",
      text: "two\nlines",
    });
    expect(readCommands(printed)).toMatchObject({
      masks: ["s3cret"],
      annotations: [
        {
          level: "error",
          message: "1.35× slower",
          properties: { title: "parser / json: p50", file: "bench/json,x.ts", line: "12" },
        },
        { level: "notice", message: "fine", properties: {} },
      ],
    });
  });

  it("appends to the summary, and writes nothing where GitHub would drop all of it", () => {
    const file = join(folder, "summary.md");
    writeFileSync(file, "");
    const { summary } = createStep({ GITHUB_STEP_SUMMARY: file });
    expect(summary("## one")).toBe(true);
    expect(summary("é".repeat(600_000))).toBe(false);
    expect(summary("two\n")).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("## one\ntwo\n");
    expect(createStep({}).summary("nowhere")).toBe(false);
  });

  it("names its variables, and a folder of its own for each step of a job", () => {
    const { variables, folder: results } = createStep({ RUNNER_TEMP: "/tmp/r", GITHUB_ACTION: "bench", INPUT_RUN: "" });
    expect(variables).toEqual(["RUNNER_TEMP", "GITHUB_ACTION", "INPUT_RUN"]);
    expect(results).toBe("/tmp/r/benchgate-bench");
    expect(createStep({ RUNNER_TEMP: "/tmp/r", GITHUB_ACTION: "__self" }).folder).toBe("/tmp/r/benchgate");
  });

  it("reads its event once: what runs between may change the file", () => {
    const file = join(folder, "event.json");
    writeFileSync(file, JSON.stringify({ number: 7, pull_request: { number: 7 } }));
    const names = ["REPOSITORY", "REF", "SHA", "SERVER_URL", "API_URL", "RUN_ID", "WORKFLOW", "JOB"];
    const told = Object.fromEntries(names.map((name) => [`GITHUB_${name}`, "https://example.org/x"]));
    const step = createStep({ ...told, GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file });
    expect(step.event().pull).toBe(7);
    rmSync(file);
    expect(step.event().pull).toBe(7);
    expect(step.github("a token")).not.toBeNull();
  });

  it("asks GitHub for nothing without a token", () => {
    expect(createStep({}).github("")).toBeNull();
  });
});
