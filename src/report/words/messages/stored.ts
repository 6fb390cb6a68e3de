import { listed, plural, signedPercent } from "../format.ts";
import { REASON, some, unstopped } from "./pieces.ts";
import type { Table } from "./row.ts";

/** What stored runs said or could not say, in words. */
export const STORED = {
  "suite-shift": ({ suite, ratio, lower, upper, benchmarks }, ink) => ({
    sentence: `Stored runs of ${ink.name(suite)} come from machines of different speed (all ${benchmarks} benchmarks together: ${signedPercent(lower)} … ${signedPercent(upper)}). This run was ${signedPercent(ratio)}, which was taken off: each benchmark is compared with the others. A change that slows all of them by that much looks the same as a change of the machine.`,
    remedy:
      "Use `compare: auto`, which measures some of them side by side to find out, or keep to one kind of machine.",
  }),
  "suite-shift-checked": ({ suite, ratio, sentinels }, ink) => ({
    sentence: `This machine and those of the stored runs of ${ink.name(suite)} differ in speed by ${signedPercent(ratio)}, which was taken off. Measured side by side, ${listed(sentinels.map((each) => ink.name(each)))} did not get slower.`,
    remedy: "Set `compare: side-by-side` to measure everything so.",
  }),
  "baseline-moved": () => ({
    sentence:
      "The baseline itself has shifted: this run is worse than the stored average, but no worse than the newest stored run.",
    remedy: "Runs after this one settle it; `compare: side-by-side` (on the command line `run --base`) decides now.",
  }),
  "few-baseline-runs": ({ runs, needed }) => ({
    sentence: `The history holds ${plural(runs, "run", "runs")}; a verdict needs ${needed}.`,
    remedy:
      "It grows with every push to the default branch; `compare: side-by-side`, or `--base REF` on the command line, does not need it.",
  }),
  "no-baseline": ({ stored, differs }, ink) => ({
    sentence:
      stored === 0
        ? "No baseline is stored yet."
        : `${plural(stored, "stored run comes", "stored runs come")} from another environment${differs.length === 0 ? "" : ` (${some(differs, ink)})`}, so that nothing is comparable.`,
    remedy:
      "The next push to the default branch records one, and pull requests after it are compared. To compare at once, measure side by side: `compare: side-by-side`, or `benchgate run --base REF` on the command line.",
  }),
  "unreadable-baseline": ({ entry, reason }, ink) => ({
    sentence: `The stored entry ${ink.name(entry)} was left out: ${ink.name(unstopped(reason), REASON)}.`,
    remedy:
      "Update Benchgate if a newer version wrote it, or delete the file on the baseline branch (or in the baseline folder).",
  }),
  "baseline-out-of-reach": ({ place, reason }, ink) => ({
    sentence: `The stored runs (${ink.name(place)}) could not be reached: ${ink.name(unstopped(reason), REASON)}.`,
    remedy:
      "Everything was measured side by side with the base revision instead, which takes longer and decides as much.",
  }),
  "measured-again": ({ benchmarks, kept }) => ({
    sentence: `Stored runs left ${plural(benchmarks, "benchmark", "benchmarks")} in doubt; ${benchmarks === 1 ? "it was" : "they were"} measured again side by side with the base revision.${kept === 0 ? "" : ` Stored runs decided the other ${plural(kept, "comparison", "comparisons")}.`}`,
    remedy: "No action needed.",
  }),
  "not-stored": ({ reason }, ink) => ({
    sentence: `The recording was not stored: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "The next push to the default branch stores one again, once what the reason names is fixed.",
  }),
} satisfies Partial<Table>;
