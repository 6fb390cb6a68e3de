import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStep } from "../../../src/io/step/step.ts";
import { createWorkflowCommands } from "../../../src/io/step/workflow-commands.ts";
import { RUNNER_NODE } from "../../e2e/kit/runner.ts";
import { parseOutputFile, readCommands } from "../../e2e/kit/workflow-commands.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-step-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A step, and the warnings that it has given so far. */
function watched(environment: Readonly<Record<string, string>>) {
  let printed = "";
  const commands = createWorkflowCommands((text) => {
    printed += text;
  });
  const warnings = () => readCommands(printed).annotations.map(({ message }) => message);
  return { step: createStep(environment, commands), warnings };
}

describe("inputs, outputs, annotations and the summary", () => {
  it("reads inputs, sets outputs, masks and annotates as the runner expects", () => {
    const output = join(folder, "output");
    writeFileSync(output, "");
    const code = `
      import { createStep } from ${JSON.stringify(new URL("../../../src/io/step/step.ts", import.meta.url).href)};
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

  it("appends to the summary what it has room for, the longest form first, and says what has none", () => {
    const file = join(folder, "summary.md");
    writeFileSync(file, "");
    const { step, warnings } = watched({ GITHUB_STEP_SUMMARY: file });
    step.summary("## one");
    step.summary("é".repeat(600_000));
    expect(warnings()).toEqual([expect.stringMatching(/summary is not complete: there is no room/)]);
    step.summary("é".repeat(600_000), "e".repeat(2 ** 20), "## two\n", "two");
    step.summary("three\n");
    expect(readFileSync(file, "utf8")).toBe("## one\n## two\nthree\n");
    expect(warnings()).toHaveLength(2);
  });

  it.each<[string, string, (file: string) => void]>([
    ["is a folder", "EISDIR", mkdirSync],
    ["is a named pipe that nobody reads", "a named pipe", (file) => execFileSync("mkfifo", [file])],
    ["is a full disk", "a device", (file) => symlinkSync("/dev/full", file)],
    ["lies where nothing can", "ENOTDIR", (file) => symlinkSync("/dev/null/x", file)],
    ["is a link that goes round", "ELOOP", (file) => symlinkSync(file, file)],
  ])(
    "says it, throws nothing and waits for nobody where the file of the summary, or of the outputs, %s",
    (kind, reason, make) => {
      const file = join(folder, kind.replaceAll(" ", "-"));
      make(file);
      const { step, warnings } = watched({ GITHUB_STEP_SUMMARY: file, GITHUB_OUTPUT: file });
      step.summary("## one");
      step.outputs({ outcome: "pass" });
      expect(warnings()).toEqual([
        expect.stringMatching(`^The step's summary is not complete: .*${reason}`),
        expect.stringMatching(`^The step's outputs are not complete: .*${reason}`),
      ]);
    },
  );

  it("leaves no half of an output behind where the disk is full", () => {
    const file = join(folder, "output-full");
    writeFileSync(file, "before=1\n");
    const code = `
      import { createStep } from ${JSON.stringify(new URL("../../../src/io/step/step.ts", import.meta.url).href)};
      createStep().outputs({ long: "x".repeat(100_000) });`;
    // Files of 32 KiB at most; the signal that says so is ignored.
    const shell = `trap '' XFSZ; ulimit -f 32; exec "$0" --input-type=module -e "$1"`;
    const env = { PATH: process.env.PATH, GITHUB_OUTPUT: file };
    const printed = execFileSync("bash", ["-c", shell, RUNNER_NODE, code], { encoding: "utf8", env });
    expect(readCommands(printed).annotations).toHaveLength(1);
    expect(readFileSync(file, "utf8")).toBe("before=1\n");
  });

  it("says where the runner names no file", () => {
    const { step, warnings } = watched({});
    step.summary("nowhere");
    expect(warnings()).toEqual([expect.stringContaining("the runner names no file")]);
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
