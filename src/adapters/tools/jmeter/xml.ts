import { GateError, placed } from "../../../model/error.ts";
import type { OutputReader } from "../../adapter.ts";
import { SET_BACK } from "../../reading/rows.ts";
import { xmlReader } from "../../reading/xml-reader.ts";
import { JMETER, type JMeterRun } from "./run.ts";

const SAMPLES: ReadonlySet<string> = new Set(["httpSample", "sample"]);
const REMEDY = "The file is damaged, or not a JTL: check `tool`";

/** A reader of a JTL in XML. A sample within a sample is a sub-result, whose time is part of the outer one, and is left out. */
export function jtlReader(run: JMeterRun): OutputReader {
  const decoder = new TextDecoder();
  let depth = 0;
  const elements = xmlReader({
    open(name, attributes, line) {
      if (depth === 0 && name !== "testResults") throw refused(`Expected testResults, found <${name}>`, line);
      if (depth === 1) {
        if (!SAMPLES.has(name)) throw refused(`Expected a sample, found <${name}>`, line);
        readSample(attributes, line, run);
      }
      depth++;
    },
    close: () => void depth--,
    text(text, line) {
      if (depth === 1 && text.trim() !== "") throw refused("There is text between the samples", line);
    },
  });
  return {
    push: (bytes) => elements.push(decoder.decode(bytes, { stream: true })),
    end() {
      elements.push(decoder.decode());
      return placed({ line: elements.end() }, () => [run.round()]);
    },
  };
}

function readSample(attributes: ReadonlyMap<string, string>, line: number, run: JMeterRun): void {
  const whole = (key: string) => {
    const text = attributes.get(key) ?? "";
    if (!/^\d{1,15}$/.test(text))
      throw refused(
        `${key}: Expected whole milliseconds, found ${JSON.stringify(text.slice(0, 40))}`,
        line,
        /^-\d/.test(text) ? SET_BACK : REMEDY,
      );
    return Number(text);
  };
  const success = attributes.get("s") ?? "";
  if (success !== "true" && success !== "false")
    throw refused(`s: Expected true or false, found ${JSON.stringify(success.slice(0, 40))}`, line);
  const label = attributes.get("lb") ?? "";
  if (label === "") throw refused("lb: Expected a label, found nothing", line);
  run.add({
    label,
    thread: null,
    start: attributes.has("ts") ? whole("ts") / JMETER.per : Number.NaN,
    elapsed: whole("t"),
    status: /^\d{1,3}$/.test(attributes.get("rc") ?? "") ? Number(attributes.get("rc")) : Number.NaN,
    succeeded: success === "true",
  });
}

function refused(problem: string, line: number, remedy: string = REMEDY): GateError {
  return new GateError(problem, remedy, { line });
}
