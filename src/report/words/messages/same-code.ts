import { listed, plural } from "../format.ts";
import type { Table } from "./row.ts";

/** What is left out by each way of knowing it, and how it is known. */
const WAYS = {
  closure: ["benchmark", "benchmarks", "everything that the modules load and read is the same on both sides"],
  inputs: ["suite", "suites", "inputs, dependencies and configuration are the same on both sides"],
} as const;

/** What was left out as the same code, in words. */
export const SAME_CODE = {
  "same-code": ({ by, benchmarks, audited }) => {
    const [one, many, why] = WAYS[by];
    const skipped = `Not measured, because ${why}: ${plural(benchmarks, one, many)}.`;
    const checked = `Measured all the same, as a check: ${plural(audited, one, many)} of the same code.`;
    return {
      sentence: [...(benchmarks > 0 ? [skipped] : []), ...(audited > 0 ? [checked] : [])].join(" "),
      remedy: "Set `skip-same-code: false` to measure everything.",
    };
  },
  "same-code-differs": ({ benchmarks }, ink) => ({
    sentence: `${listed(benchmarks.slice(0, 3).map((each) => ink.name(each)))}${benchmarks.length > 3 ? ` and ${benchmarks.length - 3} more` : ""} changed although both sides were found to run the same code: measured as a check, which nothing else would have shown.`,
    remedy:
      "Set `skip-same-code: false` until the cause is known, and report it: either the comparison of code missed something, or this machine changed speed.",
  }),
  "same-code-late": ({ suite, file, path }, ink) => ({
    sentence: `${file === null ? "" : `${ink.name(file)} of `}${ink.name(suite)} was not measured, because it was the same code on both sides. It depends on ${ink.name(path)}, which something else has written since: whether it got slower is not known.`,
    remedy:
      "Have `setup` write that, or keep it apart from what others read. `skip-same-code: false` measures everything.",
  }),
} satisfies Partial<Table>;
