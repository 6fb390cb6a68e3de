import { GateError, placed } from "../../../model/error.ts";
import type { Adapter, OutputReader, ParsedRound, ToolOutput } from "../../adapter.ts";
import { jsonOf, opensWith } from "../../reading/json.ts";
import { isCutHead, outputOf } from "../../reading/output.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { logReader, logVersion } from "./log.ts";
import { isStats, readStats } from "./stats.ts";

/** How long the version is that a binary simulation.log begins with: behind a zero, as 32 bits, then the text. */
const VERSION_LENGTHS: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 12]);

/**
 * Gatling's simulation.log as text (3.0 to 3.9), with every request; and its js/stats.json and js/global_stats.json, with Gatling's own
 * percentiles. Later logs are binary: then the statistics must do. Given the results folder, the log is preferred where it is text.
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
  parse: (output) => feed(gatlingReader(output.skip ?? 0), output),
  stream: ({ skip }) => gatlingReader(skip),
  folder: {
    patterns: ["**/simulation.log", "**/js/stats.json"],
    parse: readFolder,
  },
};

function gatlingReader(skip: number): OutputReader {
  return headed((head) => {
    if (isBinary(head)) throw binary();
    const version = logVersion(head);
    if (version === 3) return logReader(skip);
    if (version !== null) {
      throw new GateError(`a simulation.log of Gatling ${version} cannot be read`, "Give its js/stats.json", {
        line: 1,
      });
    }
    refuseWarmup(skip, "Gatling's statistics", "Give simulation.log, of Gatling 3.9 at most");
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
    ([path, text]) => path.endsWith("simulation.log") && logVersion(outputOf(text).head) === 3,
  );
  const [chosen] = [...logs, ...[...files].filter(([path]) => path.endsWith("js/stats.json")), ...files];
  if (chosen === undefined) throw new GateError("it holds no results of Gatling", "Give the folder that -rf names");
  const [path, text] = chosen;
  return placed({ file: path }, () => feed(gatlingReader(0), outputOf(text)));
}

/** The beginning of statistics that are longer than what was looked at. */
function isCutStats({ text, json }: ToolOutput): boolean {
  return (
    /^\uFEFF?\s*\{\s*"type":\s*"GROUP",\s*"name":\s*"[^"\n]*",\s*"path":/.test(text) &&
    isCutHead(text) &&
    json() === undefined
  );
}

/** Whether a text is the beginning of simulation.log as later versions write it. */
function isBinary(head: string): boolean {
  const zeros = [0, 1, 2, 3].every((at) => head.charCodeAt(at) === 0);
  return zeros && VERSION_LENGTHS.has(head.charCodeAt(4)) && /^\d+\.\d+\.\d/.test(head.slice(5, 17));
}

function binary(): GateError {
  const problem = "this simulation.log is binary, as Gatling writes it since 3.10 or so";
  return new GateError(problem, "Give js/stats.json of the same folder, which Gatling writes with its report", {
    line: 1,
  });
}
