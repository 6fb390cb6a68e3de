import { describe, expect, it } from "vitest";
import { OUTPUTS, reportOutputs } from "../../src/action/outputs.ts";
import { GateError } from "../../src/model/error.ts";
import { REPORTS, type ReportContext, type ReportName } from "../../src/report/index.ts";
import { anOutcome } from "../builders.ts";

const part = (text: string) => ({ text, hash: `sha256-${text}` });
const context: ReportContext = {
  outcome: anOutcome(),
  now: "2026-01-01T00:00:00Z",
  evidence: () => [],
  program: async () => ({ script: part("run()"), style: part("body{}"), trend: { script: part(""), style: part("") } }),
};
const report = (name: ReportName) => REPORTS.find((each) => each.name === name)!;
const rendered = async (name: ReportName, given = context) => report(name).render(given);

describe("the table of reports", () => {
  it("gives every report a name, a file and an output of its own", () => {
    const outputs = REPORTS.flatMap(({ output }) => (output === undefined ? [] : [output.name]));
    for (const words of [REPORTS.map(({ name }) => name), REPORTS.map(({ file }) => file), outputs]) {
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it("makes each of them in its own form", async () => {
    expect(JSON.parse(await rendered("json"))).toMatchObject({ schema: "benchgate.result/1" });
    expect(await rendered("html")).toMatch(/^<!doctype html>[\s\S]*<script>run\(\)<\/script>/);
    expect(await rendered("junit")).toMatch(/^<\?xml [\s\S]*<testsuites /);
    expect(await rendered("markdown")).toMatch(/^## /);
    expect(await rendered("markdown", { ...context, marker: "<!-- mark -->" })).toMatch(/^<!-- mark -->\n## /);
  });

  it("asks for the browser's program and for the evidence only where they are needed", async () => {
    const refuse = () => {
      throw new GateError("a part is missing", "Build it");
    };
    const without = { ...context, program: async () => refuse(), evidence: refuse };
    for (const { ready, render } of REPORTS) {
      if (ready === undefined) await expect(Promise.resolve(render(without))).resolves.not.toBe("");
      else {
        await expect(ready(without)).rejects.toThrow("a part is missing");
        await expect(ready(context)).resolves.toBeDefined();
      }
    }
    expect(REPORTS.filter(({ ready }) => ready !== undefined).map(({ name }) => name)).toEqual(["html"]);
  });
});

describe("the outputs of a workflow step", () => {
  it("name the file of every report that has one, though all are written", async () => {
    const asked: string[] = [];
    const outputs = await reportOutputs(async ({ file }) => {
      asked.push(file);
      return `/results/${file}`;
    });
    expect(asked).toEqual(REPORTS.map(({ file }) => file));
    expect(outputs).toMatchObject({
      verdicts: "/results/result.json",
      report: "/results/report.html",
      summary: "/results/summary.md",
    });
    expect(Object.keys(OUTPUTS)).toEqual(expect.arrayContaining(Object.keys(outputs)));
  });

  it("say where the other reports are", () => {
    for (const { output, file } of REPORTS) if (output === undefined) expect(OUTPUTS.folder).toContain(`\`${file}\``);
  });
});
