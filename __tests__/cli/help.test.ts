import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cliDoc } from "../../scripts/cli-doc.ts";
import { commandHelp, flagAbout, flagText, overview } from "../../src/cli/help.ts";
import { COMMANDS } from "../../src/cli/main.ts";
import { type FlagTable, SWITCH, TEXT, TEXTS } from "../../src/model/setting.ts";

const flags: FlagTable = {
  output: { type: TEXT, value: "FILE", short: "o", default: "out.json", about: "A file." },
  suite: { type: TEXTS, value: "NAME", about: "A suite of the configuration to measure. Without it, all are." },
  append: { type: SWITCH, about: "Adds." },
};
const word = { name: "word", usage: "-o FILE", summary: "does something that takes words", flags, run: async () => 0 };

describe("the help of a command", () => {
  it("has a line for every flag, with what stands for its value, its default and whether it may be repeated", () => {
    expect(commandHelp(word, 100)).toBe(
      [
        "benchgate word -o FILE",
        "",
        "does something that takes words",
        "",
        "Flags:",
        "  -o, --output FILE  A file. Default: `out.json`.",
        "  --suite NAME       A suite of the configuration to measure. Without it, all are. May be repeated.",
        "  --append           Adds.",
      ].join("\n"),
    );
  });

  it("breaks at the width of the terminal, and stands below the flag where that is narrow", () => {
    expect(commandHelp(word, 64).split("\n").slice(-4)).toEqual(
      [
        "  --suite NAME       A suite of the configuration to measure.",
        "                     Without it, all are. May be repeated.",
        "  --append           Adds.",
      ].toSpliced(0, 0, "  -o, --output FILE  A file. Default: `out.json`."),
    );
    expect(commandHelp(word, 44)).toContain("\n  --append\n    Adds.");
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))("of %s explains every flag", (_, command) => {
    for (const width of [50, 80, 120]) {
      const lines = commandHelp(command, width).split("\n");
      for (const [name, flag] of Object.entries(command.flags)) {
        expect(lines.some((line) => line.startsWith(`  ${flagText(name, flag)}`))).toBe(true);
      }
      // The line of usage is one line, to be copied.
      expect(lines.slice(1).filter((line) => line.length > width)).toEqual([]);
    }
  });

  it("is in whole sentences", () => {
    for (const { flags: table } of COMMANDS) {
      for (const flag of Object.values(table)) expect(flagAbout(flag)).toMatch(/^[A-Z`].*\.$/);
    }
  });
});

describe("the overview", () => {
  it.each([60, 80, 120])("names every command and the exit codes within %d cells", (width) => {
    const text = overview(COMMANDS, width);
    const words = text.replace(/\s+/g, " ");
    for (const { name, usage, summary } of COMMANDS) {
      expect(words).toContain(`benchgate ${name} ${usage} ${summary}`.replace(/\s+/g, " "));
    }
    expect(words).toMatch(/Exit codes: 0 .* 3 /);
    expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
  });
});

describe("docs/cli.md", () => {
  it("is what the commands say: otherwise run `npm run generate`", () => {
    expect(readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8")).toBe(cliDoc());
  });
});
