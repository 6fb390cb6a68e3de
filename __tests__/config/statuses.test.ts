import { describe, expect, it } from "vitest";
import { TOOL_WORDS } from "../../src/adapters/index.ts";
import { parseConfig } from "../../src/config/config.ts";
import { statuses } from "../../src/config/statuses.ts";
import { refusal } from "./errors.ts";

const range = (from: number, to = from) => ({ from, to });

describe("expected statuses", () => {
  it.each([
    ["200-399, 404, 429", [range(200, 399), range(404), range(429)]],
    [204, [range(204)]],
    [
      ["200 - 299", 404],
      [range(200, 299), range(404)],
    ],
    ["OK, NotFound", [range(0), range(5)]],
    ["0-5", [range(0, 5)]],
  ])("are read from %j", (written, expected) => {
    expect(statuses(written)).toEqual(expected);
  });

  it.each([
    ["", "No status is named. Write it like 200-399, 404"],
    ["two hundred", '"two hundred" is not a status. Write it like'],
    ["NotFoud", '"NotFoud" is not a status. Did you mean "NotFound"?'],
    ["399-200", '"399-200" ends before it begins. Write 200-399'],
    ["17", '"17" is not a status: those of HTTP are 100 to 999, the codes of gRPC 0 to 16'],
    ["0-399", '"0-399" is not a status'],
    ["2000", '"2000" is not a status'],
    [{ from: 200 }, "is not a status"],
  ])("are refused where they are none: %j", (written, message) => {
    expect(refusal(() => statuses(written))).toContain(message);
  });
});

describe("expected-status of a suite", () => {
  const suite = (lines: string) =>
    parseConfig(`suites:\n  api:\n    ${lines.replaceAll("\n", "\n    ")}\n`, "benchgate.yml", TOOL_WORDS);

  it("goes with the suite, for a tool that tells statuses, and for one that is only known later", () => {
    for (const tool of ["k6", "vegeta", "auto"]) {
      const config = suite(`run: load\ntool: ${tool}\nexpected-status: 200-399, 404`);
      expect(config.suites[0]).toMatchObject({ expected: [range(200, 399), range(404)] });
    }
  });

  it("is refused with a word where the tool tells none", () => {
    const error = refusal(() => suite("run: load\ntool: wrk\nexpected-status: 404"));
    expect(error).toMatch(/expected-status cannot be combined with "wrk", whose output has no statuses/);
    expect(error).toContain("k6");
    expect(error).toMatch(/^benchgate\.yml:5/);
  });

  it("is refused beside what is no load", () => {
    expect(refusal(() => suite("bench: bench/*.js\nexpected-status: 404"))).toContain(
      "expected-status cannot be combined with bench",
    );
  });
});
