import { GateError } from "../model/error.ts";
import type { ToolOutput } from "./adapter.ts";
import { opensWith } from "./reading/json.ts";

/** A format that people have at hand and that holds no results of one run: how it is told, what it is, and what to give instead. */
interface Refused {
  readonly recognises: (output: ToolOutput) => boolean;
  readonly problem: string;
  readonly remedy: string;
}

/** The heading of the column in which benchstat compares two files, in a table and as CSV. */
const COMPARED = /[\u2502,][^\n\u2502]{0,500}\bvs base {0,100}[\u2502,]/;
/** A unit in the heading of benchstat's only column. */
const OF_ONE_FILE = /^ {2,100}\u2502 {1,40}(?:sec|B|allocs)\/(?:op|s) {1,40}\u2502/m;

const REFUSED: readonly Refused[] = [
  {
    recognises: ({ head }) => COMPARED.test(head) || OF_ONE_FILE.test(head),
    problem: "This is benchstat's comparison, which holds medians and no results",
    remedy: "Give the output of `go test -bench` that benchstat was given",
  },
  {
    recognises: ({ text }) => opensWith(text, "window.BENCHMARK_DATA"),
    problem: "This is github-action-benchmark's data.js: the history of many commits, not the results of one run",
    remedy: "Give the output of the benchmarks themselves",
  },
  {
    recognises: ({ text }) =>
      opensWith(text, "[") && /"requests":"[^"]{1,40}","latency":"[^"]{1,40}","throughput":"/.test(text.slice(0, 4096)),
    problem: "This is a table of fastify/benchmarks: rounded means without units",
    remedy: "Give what `autocannon --json` printed for each server",
  },
];

/** Why a text that no adapter recognises cannot be read, or null where nothing is known of it: for `auto`. */
export function refusal(output: ToolOutput): GateError | null {
  const known = REFUSED.find(({ recognises }) => recognises(output));
  return known === undefined ? null : new GateError(known.problem, known.remedy, { line: 1 });
}
