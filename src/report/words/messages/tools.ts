import type { Ink } from "../../parts/ink.ts";
import { plural } from "../format.ts";
import { REASON, some, unstopped } from "./pieces.ts";
import type { Coded, Table } from "./row.ts";

type ToolVerdict = Coded<"tool-verdict" | "tool-verdict-before">;

/** What tools said of their own runs, in words. */
export const TOOLS = {
  "closed-loop": () => ({
    sentence:
      "The load generator waits for each answer before it sends the next request, so stalls are hidden from this percentile.",
    remedy: "Send requests at a constant rate to judge the tail.",
  }),
  noted: ({ benchmarks, side, sentence, remedy }, ink) => {
    const whose = benchmarks.filter((name) => name !== "*");
    const where = [...(whose.length === 0 ? [] : [some(whose, ink)]), ...(side === null ? [] : [`${side} alone`])];
    return {
      sentence: `${where.length === 0 ? "" : `${where.join(", ")}: `}${ink.name(unstopped(sentence), REASON)}.`,
      remedy: `To do: ${ink.name(unstopped(remedy), REASON)}.`,
    };
  },
  "tool-verdict": (warning, ink) => ({
    sentence: toolVerdict(warning, ink),
    remedy:
      "Its results were compared all the same; what it found is in what it printed, and in the limits of its own script.",
  }),
  "tool-verdict-before": (warning, ink) => ({
    sentence: toolVerdict(warning, ink),
    remedy: "The baseline did so too, so that this change did not bring it.",
  }),
  "fewer-requests": ({ suite, baseline, candidate }, ink) => ({
    sentence: `A round of ${ink.name(suite)} holds ${requests(candidate)}, one of the baseline ${requests(baseline)}.`,
    remedy: "Find out what ended the load early, or slowed it down: what was not sent is not compared.",
  }),
} satisfies Partial<Table>;

/** What a tool said of its own run by its exit code, and in how many rounds. */
function toolVerdict({ suite, exitCode, means, baseline, candidate, requests: cut }: ToolVerdict, ink: Ink): string {
  const why = means === "" ? "" : ` (${ink.name(means)})`;
  const [after, before] = [candidate, baseline].map(
    ({ rounds, of }) => `${rounds} of ${plural(of, "round", "rounds")}`,
  );
  const short =
    cut === null
      ? ""
      : ` A round of the candidate held ${requests(cut.candidate)}, one of the baseline ${requests(cut.baseline)}.`;
  return `The command of ${ink.name(suite)} ended with exit code ${exitCode}${why} in ${after} of the candidate and ${before} of the baseline.${short}`;
}

function requests(count: number): string {
  return plural(Math.round(count), "request", "requests");
}
