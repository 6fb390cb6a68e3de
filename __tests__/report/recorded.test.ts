import { describe, expect, it } from "vitest";
import { recordedMarkdown } from "../../src/report/recorded.ts";
import { aRecording, withRounds } from "../synthetic.ts";

const recording = aRecording({ seed: 1, rounds: 6, samples: 5, benchmarks: { json: 1, yaml: 2 } });

describe("the summary of a run that stores a baseline", () => {
  it("says what was recorded, and where it went", () => {
    const text = recordedMarkdown(recording, "branch benchgate-baseline", []);
    expect(text).toMatch(/^## ✅ Baseline recorded · 2 benchmarks\n/);
    expect(text).toContain("6 rounds");
    expect(text).toContain("branch benchgate&#45;baseline");
  });

  it("says why it was not stored, with the remedy", () => {
    const text = recordedMarkdown(recording, "branch b", [{ code: "not-stored", reason: "the branch is protected" }]);
    expect(text).toMatch(/^## ⚠️ Measured, not stored/);
    expect(text).toContain("the branch is protected");
    expect(text).toContain("The next push to the default branch stores one again");
  });

  it("names each failure once, however many rounds it spoiled, and lets no name shape the page", () => {
    const failing = withRounds(recording, (round) => ({
      ...round,
      failures: [{ suite: "s", benchmark: "</details>|x", reason: "exit code 1", output: "" }],
    }));
    const text = recordedMarkdown(failing, "branch b", []);
    expect(text).toMatch(/^## ❌ Not recorded · 2 benchmarks · 1 failed\n/);
    expect(text.match(/exit code 1/g)).toHaveLength(1);
    expect(text).not.toContain("</details>");
  });
});
