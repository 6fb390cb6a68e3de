import { GateError } from "../../model/error.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  opensWith,
  readNumber,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { pathOf } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";

/** The audits that measure the page. All others are scores, or estimates of what a change would save: opinions, not measurements. */
const MEASURED: ReadonlySet<string> = new Set([
  "first-contentful-paint",
  "largest-contentful-paint",
  "first-meaningful-paint",
  "speed-index",
  "total-blocking-time",
  "max-potential-fid",
  "interactive",
  "interaction-to-next-paint",
  "experimental-interaction-to-next-paint",
  "server-response-time",
  "mainthread-work-breakdown",
  "bootup-time",
  "cumulative-layout-shift",
  "total-byte-weight",
  "dom-size",
  "dom-size-insight",
]);

/** Lighthouse's words for units: ours, and how many of theirs make one. */
const UNITS: Readonly<Record<string, { readonly unit: string; readonly per: number }>> = {
  millisecond: { unit: "s", per: 1000 },
  second: { unit: "s", per: 1 },
  byte: { unit: "B", per: 1 },
  unitless: { unit: "1", per: 1 },
  element: { unit: "1", per: 1 },
};

const HINTS = {
  remedy: "Give each run of Lighthouse a file of its own",
  nothing: "Run Lighthouse with the category performance",
};

/**
 * The adapter of a Lighthouse report (LHR, `--output=json`): what its audits measured of one page load, without scores.
 *
 * Each audit is a benchmark, `/path largest-contentful-paint`: times are latencies, everything else has the audit's name as metric. One load is one
 * number, so one round. A run that Lighthouse itself calls failed (`runtimeError`) is a failure, an audit in error is one of its own.
 */
export const lighthouse: Adapter = {
  name: "lighthouse",
  title: "Lighthouse",
  command:
    "lighthouse http://127.0.0.1:$PORT/ --only-categories=performance --output=json --output-path=$BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0, { code: 1, means: "the page could not be measured whole" }],
  recognises: (output) =>
    isReport(output.json()) || (opensWith(output.text, "[") && searched(output).includes('"isRepresentativeRun"')),
  parse(output) {
    const report = jsonOf(output);
    if (!isReport(report))
      throw new GateError(
        "This is not a report of Lighthouse: scores alone are not measurements",
        "Give a report of lighthouse --output=json, such as the `jsonPath` of a run in Lighthouse CI's manifest.json",
        { line: 1 },
      );
    const stopped = field(report, "runtimeError");
    if (isObject(stopped) && field(stopped, "code") !== "NO_ERROR") {
      const said = `${String(field(stopped, "code")).slice(0, 60)}: ${String(field(stopped, "message")).slice(0, 200)}`;
      return [
        { measurements: [], failures: [{ benchmark: "*", reason: `the page was not measured (${oneLine(said)})` }] },
      ];
    }
    const told = readAudits(report);
    return [round(told, HINTS)];
  },
};

function isReport(value: unknown): value is JsonObject {
  return isObject(value) && typeof field(value, "lighthouseVersion") === "string" && isObject(field(value, "audits"));
}

function readAudits(report: JsonObject): Told[] {
  const audits = readObject(field(report, "audits"), "audits");
  const url = ["requestedUrl", "finalDisplayedUrl", "finalUrl"].find((key) => typeof field(report, key) === "string");
  const page = pathOf(readString(field(report, url ?? "finalUrl"), url ?? "finalUrl"));
  return Object.keys(audits)
    .filter((id) => MEASURED.has(id))
    .flatMap((id): Told[] => {
      const path = at("audits", id);
      const audit = readObject(field(audits, id), path);
      const benchmark = `${page} ${id}`;
      if (field(audit, "scoreDisplayMode") === "error") {
        return [
          { benchmark, reason: oneLine(String(field(audit, "errorMessage") ?? "the audit failed")).slice(0, 200) },
        ];
      }
      if ((field(audit, "numericValue") ?? null) === null) return [];
      const value = readPositive(
        readNumber(field(audit, "numericValue"), at(path, "numericValue")),
        at(path, "numericValue"),
      );
      // Before version 6 there were values without a unit.
      const word = readString(field(audit, "numericUnit"), at(path, "numericUnit"));
      const { unit, per } = Object.hasOwn(UNITS, word) ? UNITS[word]! : { unit: word, per: 1 };
      const distribution = { kind: "value", value: value / per, exact: false } as const;
      return [{ benchmark, metric: unit === "s" ? "latency" : id, unit, better: "lower", distribution }];
    });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
