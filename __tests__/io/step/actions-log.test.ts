import { describe, expect, it } from "vitest";
import { createActionsLog } from "../../../src/io/step/actions-log.ts";
import { createWorkflowCommands } from "../../../src/io/step/workflow-commands.ts";
import { readCommands } from "../../e2e/kit/workflow-commands.ts";

/** What a step prints, write by write. */
function step() {
  const writes: string[] = [];
  const commands = createWorkflowCommands((text) => void writes.push(text));
  return { writes, commands, log: createActionsLog(commands), printed: () => writes.join("") };
}

const HOSTILE = [
  "::error::planted",
  "  ::add-mask::e",
  "50 %\r::warning::planted",
  "two lines\n::notice::planted",
  "\u0085::error::planted",
  "\u00a0\u2003\u3000::error::planted",
  "\ufeff::error::planted",
  "\u200b\u00ad:\u2060:error::planted",
  "\u0000\u0007\u001b::error::planted",
  "\u2028::error::planted",
  "##[error]planted",
  "some text ##[add-mask]e",
  "\u001b[31m##\u200b[error]planted",
  "::stop-commands::x",
  "::x::",
];

describe("the log of a workflow step", () => {
  it("prints progress as plain lines, names with colons and signs among it", () => {
    const { log, writes } = step();
    const lines = ["round 1 of 12", "parser::json: 12 µs ± 3 %", "⚠️ slower  ##", "#1 [x]: 1:2::3"];
    for (const line of lines) log.info(line);
    expect(writes).toEqual(lines.map((line) => `${line}\n`));
  });

  it("turns a warning into an annotation, on one line", () => {
    const { log, printed } = step();
    log.warn("50 % slower\nthan before: 1,5");
    expect(readCommands(printed()).annotations).toEqual([
      { level: "warning", message: "50 % slower\nthan before: 1,5", properties: {} },
    ]);
  });

  it("quotes a child's output so that no line of it is a command, and reads commands again afterwards", () => {
    const { log, printed } = step();
    log.quote(`${HOSTILE.join("\n")}\n`);
    log.warn("after");
    for (const line of HOSTILE) expect(printed()).toContain(line);
    expect(readCommands(printed()).names).toEqual(["warning"]);
  });

  it.each(HOSTILE)("makes a progress line inert that the runner could take for a command: %j", (line) => {
    const { log, printed } = step();
    log.info(line);
    expect(readCommands(printed()).names).toEqual([]);
    log.warn("after");
    expect(readCommands(printed()).names).toEqual(["warning"]);
  });

  it("draws a new token for every quotation, so that output cannot end one it has seen", () => {
    const { log, printed } = step();
    log.quote("a");
    log.quote("a");
    const tokens = [...printed().matchAll(/^::stop-commands::(.+)$/gm)].map((match) => match[1]);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  });

  it("prints nothing for nothing", () => {
    const { log, writes } = step();
    log.quote("");
    expect(writes).toEqual([]);
  });
});

describe("commands that are stopped", () => {
  it("leave what others write without effect, before, between and after commands of ours, which take effect", () => {
    const { commands, log, writes, printed } = step();
    const others = () => writes.push(HOSTILE.map((line) => `${line}\n`).join(""));
    commands.stop();
    commands.stop();
    others();
    log.info("progress");
    others();
    commands.issue("error", "ours", { title: "a: b,c", file: "x.ts", line: 3 });
    others();
    writes.push("a line without its end");
    log.warn("ours too");
    others();
    log.quote("::error::quoted");
    others();
    const { annotations, names } = readCommands(printed());
    expect(names).toEqual(["error", "warning"]);
    expect(annotations).toEqual([
      { level: "error", message: "ours", properties: { title: "a: b,c", file: "x.ts", line: "3" } },
      { level: "warning", message: "ours too", properties: {} },
    ]);
  });

  it("are resumed for a command in one write of no more than a pipe takes in one piece, however long it is", () => {
    const { commands, writes } = step();
    commands.stop();
    commands.issue("warning", `${"é%\n".repeat(5000)}`, { title: "long" });
    expect(writes).toHaveLength(2);
    expect(Buffer.byteLength(writes[1]!)).toBeLessThanOrEqual(4096);
    const [annotation] = readCommands(writes.join("")).annotations;
    expect(annotation?.message.startsWith("é%\né%\n")).toBe(true);
    expect(annotation?.message.endsWith("…")).toBe(true);
  });

  it("are not resumed by a token that has been seen", () => {
    const { commands, writes, printed } = step();
    commands.stop();
    commands.issue("notice", "ours");
    const tokens = [...printed().matchAll(/^::(?:stop-commands::)?([0-9a-f-]{36})/gm)].map((match) => match[1]!);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens.slice(0, -1)) writes.push(`::${token}::\n::error::planted\n`);
    expect(readCommands(printed()).names).toEqual(["notice"]);
  });

  it("are read again once that is asked for", () => {
    const { commands, writes, printed } = step();
    commands.stop();
    commands.resume();
    writes.push("::notice::of a later program\n");
    expect(readCommands(printed()).names).toEqual(["notice"]);
  });
});
