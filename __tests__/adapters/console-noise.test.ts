import { describe, expect, it } from "vitest";
import { parseText } from "../../src/adapters/parse.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { adapterCalled, selectAdapter } from "../../src/adapters/select.ts";
import { fixture } from "./outputs.ts";

/** What a program, a runtime and a logger print before and after a result, with and without the ends of their lines. */
const BEFORE = 'Check file:///bench.ts\n{"level":30,"msg":"ready"}\n[1/2] { name: \'x\' }\nloading... ';
const AFTER = '\ndone { ok: true }\n["all", "done"]\n';

/** Results that tools print to stdout. */
const PRINTED: readonly (readonly [tool: string, file: string])[] = [
  ["deno", "deno/two-files.json"],
  ["mitata", "mitata/percentiles.json"],
  ["mitata", "mitata/samples.json"],
  ["google-benchmark", "google-benchmark/repetitions.json"],
  ["tinybench", "tinybench/v6-samples.json"],
  ["benchmarkjs", "benchmarkjs/suite.json"],
  ["benchmark-ips", "benchmark-ips/ips.json"],
  ["autocannon", "autocannon/ok.json"],
  ["locust", "locust/ok.json"],
  ["oha", "oha/slow.json"],
  ["bmf", "bmf/measures.json"],
];

describe("console noise around JSON", () => {
  it.each(PRINTED)("does not hide the result of %s (%s)", (tool, file) => {
    const text = fixture(file);
    const whole = parseText(adapterCalled(tool), outputOf(text));
    for (const noisy of [BEFORE + text, text + AFTER, `\uFEFF${BEFORE}${text}${AFTER}`.replace(/\r?\n/g, "\r\n")]) {
      const output = outputOf(noisy);
      expect(parseText(adapterCalled(tool), output)).toEqual(whole);
      expect(selectAdapter("auto", output).name).toBe(tool);
    }
  });

  it("does not make one run of two", () => {
    const text = fixture("deno/two-files.json");
    const lines = text.split("\n").length;
    expect(() => parseText(adapterCalled("deno"), outputOf(`x\n${text}\n${text}`))).toThrow(
      new RegExp(`^${lines + 2}: It holds two outputs of Deno bench`),
    );
  });

  it("leaves a mistake in its place", () => {
    const text = `loading\n\n${fixture("deno/two-files.json").replace('"n": ', '"n": -')}`;
    expect(() => parseText(adapterCalled("deno"), outputOf(text))).toThrow(/^3: benches\[0\]\.results\[0\]\.ok\.n: /);
  });

  it("inside a result is refused: a part of it is not the whole", () => {
    const text = fixture("benchmarkjs/suite.json");
    const middle = text.lastIndexOf(',"1":');
    expect(middle).toBeGreaterThan(0);
    const broken = `${text.slice(0, middle)}loading${text.slice(middle)}`;
    expect(() => parseText(adapterCalled("benchmarkjs"), outputOf(`x\n${broken}`))).toThrow();
    expect(() => selectAdapter("auto", outputOf(broken))).toThrow(/^1: No tool that we know/);
  });
});
