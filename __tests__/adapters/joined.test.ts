import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { ab } from "../../src/adapters/tools/ab/ab.ts";
import { gatling } from "../../src/adapters/tools/gatling/gatling.ts";
import { hey } from "../../src/adapters/tools/hey/hey.ts";
import { jmeter } from "../../src/adapters/tools/jmeter/jmeter.ts";
import { k6 } from "../../src/adapters/tools/k6/k6.ts";
import { locust } from "../../src/adapters/tools/locust/locust.ts";
import { sightglass } from "../../src/adapters/tools/sightglass.ts";
import { vegeta } from "../../src/adapters/tools/vegeta/vegeta.ts";
import { fixture, numbersOf, onlyRound } from "./outputs.ts";

const HEY = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";
const heyRow = (time: string) => `${time},0,0,0,0,0,200,1.5\n`;
const JTL = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes\n";
const jtlRow = (elapsed: string, at = 1_700_000_000_000) => `${at},${elapsed},home,200,OK,T 1-1,text,true,,28\n`;
const K6 = "metric_name,timestamp,metric_value,scenario,group,method,name\n";
const k6Row = (value: string) => `http_req_duration,1700000000,${value},default,,GET,http://localhost/\n`;
const AB = "starttime\tseconds\tctime\tdtime\tttime\twait\n";
const abRow = (time: string) => `Sun Nov 01\t1700000000\t0\t5\t${time}\t5\n`;

/** The samples of the only latency, in milliseconds. */
function milliseconds(adapter: Adapter, text: string): number[] {
  const [samples = []] = Object.values(numbersOf(onlyRound(adapter, text)));
  return samples.map((seconds) => Math.round(seconds * 1e6) / 1e3);
}

describe("files that were joined", () => {
  it.each<[string, Adapter, string]>([
    ["JTLs", jmeter, JTL + jtlRow("5") + jtlRow("7") + JTL + jtlRow("9") + JTL],
    ["JTLs with byte order marks", jmeter, `\uFEFF${JTL}${jtlRow("5")}${jtlRow("7")}\uFEFF${JTL}${jtlRow("9")}`],
    ["a JTL without a header and one with it", jmeter, jtlRow("5") + jtlRow("7") + JTL + jtlRow("9")],
    ["outputs of k6 --out csv", k6, K6 + k6Row("5") + k6Row("7") + K6 + k6Row("9")],
    ["outputs of hey -o csv", hey, HEY + heyRow("0.005") + heyRow("0.007") + HEY + heyRow("0.009")],
    ["outputs of ab -g", ab, AB + abRow("5") + abRow("7") + AB + abRow("9")],
  ])("%s are one, whose header stands there again", (_, adapter, text) => {
    expect(milliseconds(adapter, text)).toEqual([5, 7, 9]);
  });

  it("tables of Sightglass are one", () => {
    const header = "arch,engine,wasm,process,iteration,phase,event,count\n";
    const row = (process: number, count: number) => `x86_64,e.so,b.wasm,${process},0,Execution,cycles,${count}\n`;
    const rounds = sightglass.parse(outputOf(header + row(1, 5) + header + row(2, 7)));
    expect(rounds.map((round) => Object.values(numbersOf(round, "cycles")))).toEqual([[[5]], [[7]]]);
  });

  it("summaries of Locust are refused: two of them make none", () => {
    const text = fixture("locust/ok_stats.csv");
    expect(() => locust.parse(outputOf(text + text))).toThrow(/^\d+: /);
  });

  it("of other columns are refused with the line of their header", () => {
    const other =
      "elapsed,timeStamp,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes\n";
    expect(() => jmeter.parse(outputOf(JTL + jtlRow("5") + other))).toThrow(/^3: elapsed: Expected whole milliseconds/);
  });
});

describe("a time below zero", () => {
  it.each<[string, Adapter, string]>([
    ["JMeter's CSV", jmeter, JTL + jtlRow("5") + jtlRow("-1")],
    ["JMeter's CSV without a header", jmeter, jtlRow("5") + jtlRow("6") + jtlRow("-20")],
    [
      "JMeter's XML",
      jmeter,
      '<testResults>\n<httpSample t="5" lb="home" s="true"/>\n<httpSample t="-1" lb="home" s="true"/>\n</testResults>',
    ],
    ["k6's CSV", k6, K6 + k6Row("5") + k6Row("-1")],
    [
      "k6's JSON",
      k6,
      [
        '{"type":"Metric","metric":"http_req_duration","data":{"name":"http_req_duration","type":"trend","contains":"time"}}',
        ...["5", "-0.5"].map(
          (value) =>
            `{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T00:35:19Z","value":${value},"tags":{}}}`,
        ),
        "",
      ].join("\n"),
    ],
    ["hey's CSV", hey, HEY + heyRow("0.005") + heyRow("-0.001")],
    ["ab's table", ab, AB + abRow("5") + abRow("-1")],
    [
      "vegeta's CSV",
      vegeta,
      ["5000", "6000", "-1"].map((latency) => `1700000000000000000,200,${latency},0,0,,,a,0,GET,http://x/,\n`).join(""),
    ],
  ])("in %s is named with its line, as what it is", (_, adapter, text) => {
    expect(() => adapter.parse(outputOf(text))).toThrow(
      /^3: [\w.-]+: Expected [^\n]*-\d[^\n]*It is below zero: the clock was set back/,
    );
  });

  it("is none of Gatling's, which tells start and end", () => {
    const text = fixture("gatling/simulation.log").replace(/^(REQUEST\t.*\t\d+)\t\d+(\tOK)/m, "$1\t1$2");
    expect(() => gatling.parse(outputOf(text))).toThrow(/^\d+: end: Expected a time not before the start/);
  });
});
