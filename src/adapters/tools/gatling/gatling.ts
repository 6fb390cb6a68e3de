import { GateError, placed } from "../../../model/error.ts";
import type { Adapter, OutputReader, ParsedRound, ToolOutput } from "../../adapter.ts";
import { jsonOf, opensWith } from "../../reading/json.ts";
import { isCutHead, outputOf } from "../../reading/output.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { binaryReader, bytesOf, isBinary } from "./binary.ts";
import { logReader, logVersion } from "./log.ts";
import { isStats, readStats } from "./stats.ts";

/**
 * Gatling's simulation.log, with every request: text up to 3.12, binary since; and its js/stats.json and js/global_stats.json, with Gatling's own
 * percentiles, which no version since 3.13.5 writes. Given the results folder, the log is preferred.
 *
 * A benchmark is a request with its groups before it, `checkout / pay`; `All Requests` is all of them.
 */
export const gatling: Adapter = {
  name: "gatling",
  title: "Gatling",
  command: "gatling.sh --run-mode local -s my.Simulation -rf results    # and `output: results`",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0, { code: 2, means: "an assertion of the simulation failed" }],
  cutsWarmup: true,
  recognises: (output) => {
    const { text, head, json } = output;
    if (logVersion(head) !== null || isBinary(head)) return true;
    return isStats(json()) || (isCutStats(output) && text.includes('"percentiles1"'));
  },
  parse: (output) => read(output),
  stream: ({ skip }) => gatlingReader(skip),
  folder: {
    patterns: ["**/simulation.log", "**/js/stats.json"],
    parse: readFolder,
  },
};

function read(output: ToolOutput): readonly ParsedRound[] {
  const reader = gatlingReader(output.skip ?? 0);
  if (!isBinary(output.text)) return feed(reader, output);
  reader.push(bytesOf(output.text));
  return reader.end();
}

function gatlingReader(skip: number): OutputReader {
  return headed((head) => {
    if (isBinary(head)) return binaryReader(skip);
    const version = logVersion(head);
    if (version === 3) return logReader(skip);
    if (version !== null) {
      throw new GateError(`a simulation.log of Gatling ${version} cannot be read`, "Give its js/stats.json", {
        line: 1,
      });
    }
    refuseWarmup(skip, "Gatling's statistics", "Give simulation.log");
    return whole((output) => {
      const stats = opensWith(output.text, "{") ? jsonOf(output) : undefined;
      if (isStats(stats)) return [readStats(stats)];
      throw new GateError(
        "this is neither a simulation.log nor the statistics of Gatling",
        "Give js/stats.json of the results folder",
        { line: 1 },
      );
    });
  });
}

/** One run's folder, or that which holds the folders of runs: then it must be one run. */
function readFolder(files: ReadonlyMap<string, string>): readonly ParsedRound[] {
  const runs = new Set([...files.keys()].map((path) => path.replace(/(?:simulation\.log|js\/stats\.json)$/, "")));
  if (runs.size > 1) {
    const problem = `it holds ${runs.size} runs of Gatling (${[...runs].slice(0, 3).join(", ")})`;
    throw new GateError(problem, "Run one simulation in a round, into a folder of its own");
  }
  const logs = [...files].filter(
    ([path, text]) => path.endsWith("simulation.log") && (isBinary(text) || logVersion(outputOf(text).head) === 3),
  );
  const [chosen] = [...logs, ...[...files].filter(([path]) => path.endsWith("js/stats.json")), ...files];
  if (chosen === undefined) throw new GateError("it holds no results of Gatling", "Give the folder that -rf names");
  const [path, text] = chosen;
  return placed({ file: path }, () => read(outputOf(text)));
}

/** The beginning of statistics that are longer than what was looked at. */
function isCutStats({ text, json }: ToolOutput): boolean {
  return (
    /^\uFEFF?\s*\{\s*"type":\s*"GROUP",\s*"name":\s*"[^"\n]*",\s*"path":/.test(text) &&
    isCutHead(text) &&
    json() === undefined
  );
}
