import { Bench } from "tinybench";
import { aRecording } from "../__tests__/synthetic.ts";
import { decodeRecording, encodeRecording } from "../src/codec/recording.ts";
import { DEFAULT_BUDGETS } from "../src/config/defaults.ts";
import { judge } from "../src/judge/judge.ts";
import { commentBody } from "../src/report/formats/markdown.ts";
import { marker } from "../src/report/parts/sticky.ts";

// What a user waits for after the last round: reading recordings, the verdict, the comment. 50 benchmarks of 12 rounds.
const benchmarks = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [`benchmark ${index}`, 0.001 + index / 1e5]),
);
const baseline = aRecording({ seed: 1, samples: 200, benchmarks });
const candidate = aRecording({ seed: 2, samples: 200, benchmarks });
const text = encodeRecording(candidate);
const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-01-01" } as const;
const outcome = judge({ kind: "file", recordings: [baseline] }, candidate, rules);

/** Benchgate on itself. */
export const bench = new Bench({ time: 500, warmupTime: 200 });
bench.add("decode a recording", () => decodeRecording(text));
bench.add("judge", () => judge({ kind: "file", recordings: [baseline] }, candidate, rules));
bench.add("write the comment", () => commentBody(outcome, { marker: marker("bench") }));
