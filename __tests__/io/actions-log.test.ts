import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { RUNNER_NODE } from "../e2e/kit/runner.ts";
import { readCommands } from "../e2e/kit/workflow-commands.ts";

const MODULE = new URL("../../src/io/actions-log.ts", import.meta.url).href;

/** What a step prints that calls `script` with a `log`, in a process of its own: the log writes to the real stdout. */
function printed(script: string): string {
  const code = `import { createActionsLog } from ${JSON.stringify(MODULE)};\nconst log = createActionsLog();\n${script}`;
  return execFileSync(RUNNER_NODE, ["--input-type=module", "-e", code], { encoding: "utf8", env: {} });
}

const HOSTILE = [
  "::error::planted",
  "  ::add-mask::e",
  "50 %\r::warning::planted",
  "##[error]planted",
  "::stop-commands::x",
  "::x::",
];

describe("the log of a workflow step", () => {
  it("prints progress as plain lines", () => {
    expect(printed('log.info("round 1 of 12");')).toBe("round 1 of 12\n");
  });

  it("turns a warning into an annotation, on one line", () => {
    expect(readCommands(printed('log.warn("50 % slower\\nthan before");')).annotations).toEqual([
      { level: "warning", message: "50 % slower\nthan before", properties: {} },
    ]);
  });

  it("quotes a child's output so that no line of it is a command, and reads commands again afterwards", () => {
    const output = printed(`log.quote(${JSON.stringify(`${HOSTILE.join("\n")}\n`)}); log.warn("after");`);
    for (const line of HOSTILE) expect(output).toContain(line);
    expect(readCommands(output).names).toEqual(["warning"]);
  });

  it.each(HOSTILE)("makes a progress line inert that looks like a command: %j", (line) => {
    expect(readCommands(printed(`log.info(${JSON.stringify(line)});`)).names).toEqual([]);
  });

  it("draws a new token for every quotation, so that output cannot end one it has seen", () => {
    const tokens = [...printed('log.quote("a"); log.quote("a");').matchAll(/^::stop-commands::(.+)$/gm)].map(
      (match) => match[1],
    );
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  });

  it("prints nothing for nothing", () => {
    expect(printed('log.quote("");')).toBe("");
  });
});
