import { GateError, placed } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { field, type JsonObject, parseJson, readObject, readPositive } from "../reading/json.ts";
import { type LoadSummary, printedQuantiles, roundsOf, UNNAMED } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { splitRuns, type TextLine, textLines } from "../reading/text-lines.ts";

/** siege prints seconds with two decimals in its JSON, whatever its text does. */
const STEP = 0.01;

const START = /^\{\s*"transactions":/;
const ADVICE = "Run siege with -j and keep its stdout in a file of its own";

/** What siege prints around its JSON: about its configuration, its banner, and with -v a line for each request. */
const NOISE: readonly RegExp[] = [
  /^New configuration template added to |^Run siege -C to view |^\[(?:\S*m)?(?:alert|error|info)\S*\] /,
  /^\*\* (?:SIEGE|Preparing) |^The server is now under siege|^Lifting the server siege/,
  /^(?:\S*\[\d+(?:;\d+)*m)*HTTP\/\d(?:\.\d)? +\d{3} /,
];

/**
 * The adapter of siege's JSON (`-j`, which a fresh configuration prints by itself): mean, longest and shortest time in steps of 10 ms, no percentiles.
 *
 * `failed_transactions` got no answer, or a status from 500 up. Statuses from 400 to 499 are `transactions` like any other for siege, and its availability is
 * 100 % where every answer is a 404: only `successful_transactions` leaves them out, and it counts here. siege prints no URL, so the benchmark is called `requests`. The load is closed. Each JSON in a file is a round.
 */
export const siege: Adapter = {
  name: "siege",
  title: "siege",
  command: "siege -j -b -c 8 -t 30S http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => {
    const text = searched(output);
    return (
      (text.includes('"transactions"') && text.includes('"longest_transaction"')) ||
      /^Longest transaction:\s/m.test(text)
    );
  },
  parse({ text }) {
    const { before, runs } = splitRuns(textLines(text), START);
    for (const line of before) refuseUnlessNoise(line);
    if (runs.length === 0) throw new GateError("There is no JSON of siege", ADVICE, { line: 1 });
    return roundsOf("siege", runs.map(readRun));
  },
};

function refuseUnlessNoise({ text, number }: TextLine): void {
  if (text.trim() === "" || NOISE.some((pattern) => pattern.test(text))) return;
  throw new GateError(`This line is not of siege's JSON: ${text.slice(0, 80)}`, ADVICE, { line: number });
}

function readRun(lines: readonly TextLine[]): LoadSummary {
  const end = lines.findIndex(({ text }) => text.startsWith("}"));
  if (end < 0) throw new GateError("The JSON is cut short", "Let siege end by itself", { line: lines[0]!.number });
  for (const line of lines.slice(end + 1)) refuseUnlessNoise(line);
  const text = lines.slice(0, end + 1).map((line) => line.text);
  const first = lines[0]!.number;
  const report = readObject(parseJson(text.join("\n"), first), "");
  return placed({ line: first }, () => {
    const read = (key: string) => readPositive(field(report, key), key);
    const [transactions, unanswered] = [read("transactions"), read("failed_transactions")];
    const requests = transactions + unanswered;
    const failed = requests - Math.min(transactions, successesOf(report) ?? transactions);
    const ends = { min: read("shortest_transaction"), max: read("longest_transaction"), mean: read("response_time") };
    return {
      benchmark: UNNAMED,
      loadModel: "closed",
      requests,
      failed,
      rate: { perSecond: read("transaction_rate"), of: transactions },
      failedInLatency: failed,
      latency:
        transactions === 0
          ? null
          : { distribution: printedQuantiles([], { ...ends, count: transactions }), resolution: STEP },
    };
  });
}

/** What siege itself takes for success: a status below 400, or a demand to log in. Undefined in old versions, which do not count it. */
function successesOf(report: JsonObject): number | undefined {
  const key = "successful_transactions";
  return field(report, key) === undefined ? undefined : readPositive(field(report, key), key);
}
