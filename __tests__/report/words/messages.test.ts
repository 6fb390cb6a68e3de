import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/main.ts";
import type { Warning } from "../../../src/model/warning.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { message } from "../../../src/report/words/messages.ts";
import { HOSTILE } from "../outcomes.ts";

type Examples = { readonly [Code in Warning["code"]]: Extract<Warning, { readonly code: Code }> };

/** One example of each code: a new code without an example does not compile. */
function examples(text: string): Examples {
  return {
    "few-rounds": { code: "few-rounds", rounds: 3, needed: 5 },
    "common-shift": {
      code: "common-shift",
      suite: "parser",
      metric: "latency",
      statistic: "p50",
      ratio: 1.08,
      lower: 1.05,
      upper: 1.11,
      benchmarks: 9,
    },
    "two-modes": { code: "two-modes", baseline: 3, candidate: 4 },
    "first-round": { code: "first-round" },
    "coarse-clock": { code: "coarse-clock", tick: 4e-8, distinct: 7 },
    "heavy-tail": { code: "heavy-tail", index: 1.4 },
    correlated: { code: "correlated", statistic: "p99", beyond: 3.2 },
    goal: { code: "goal", goal: 0.2, state: "open" },
    "baseline-moved": { code: "baseline-moved" },
    "slow-rounds": { code: "slow-rounds", slow: 2, rounds: 6 },
    "different-sessions": { code: "different-sessions" },
    "uneven-rounds": { code: "uneven-rounds", baseline: 12, candidate: 6 },
    "definitions-removed": { code: "definitions-removed", files: ["bench/a.bench.js"] },
    "incomplete-baseline": { code: "incomplete-baseline", paths: [text] },
    canary: { code: "canary", suite: text, dropped: 2, of: 14 },
    "busy-machine": { code: "busy-machine", steal: 0.07, load: 3.2, cores: 2, throttled: 1 },
    "machine-unstable": { code: "machine-unstable", benchmarks: [text] },
    "suites-removed": { code: "suites-removed", suites: ["parser"] },
    "limit-close": { code: "limit-close" },
    "few-samples": { code: "few-samples", statistic: "p99", samples: 240, needed: 1000 },
    "statistic-unavailable": { code: "statistic-unavailable", suite: text, metric: text, statistic: "p99" },
    "few-baseline-runs": { code: "few-baseline-runs", runs: 1, needed: 5 },
    noisy: { code: "noisy", detectable: 0.09, roundsNeeded: 26 },
    "unequal-samples": { code: "unequal-samples", baseline: 5000, candidate: 9000 },
    "estimator-differs": { code: "estimator-differs", baseline: text, candidate: text },
    "non-positive": { code: "non-positive" },
    "below-floor": { code: "below-floor", floor: 0.0000001 },
    "closed-loop": { code: "closed-loop" },
    "no-baseline": { code: "no-baseline", stored: 4, differs: [text] },
    "unreadable-baseline": { code: "unreadable-baseline", entry: text, reason: text },
    "budgets-from-base": { code: "budgets-from-base", file: text },
    "acceptance-expired": { code: "acceptance-expired", match: text, until: text },
    "acceptance-exceeded": { code: "acceptance-exceeded", match: text, upTo: 0.08 },
    "measured-again": { code: "measured-again", benchmarks: 3, kept: 37 },
    "time-budget": { code: "time-budget", suite: "api", rounds: 7, planned: 12 },
    forbidden: { code: "forbidden", action: text, permission: text },
    "github-failed": { code: "github-failed", action: text, reason: text },
    "not-stored": { code: "not-stored", reason: text },
  };
}

describe("message", () => {
  it.each(Object.values(examples("x")))("says $code in whole sentences, with a remedy", (warning) => {
    const { sentence, remedy } = message(warning, PLAIN, { unit: "s", metric: "latency" });
    expect(sentence).toMatch(/^[A-Za-z0-9].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it.each(Object.keys(examples("")) as (keyof Examples)[])(
    "lets no text from outside through unescaped: %s",
    (code) => {
      for (const hostile of HOSTILE) {
        const said = (text: string) => {
          const { sentence, remedy } = message(examples(text)[code], MARKDOWN, { unit: "s", metric: "latency" });
          return `${sentence} ${remedy}`.replaceAll("<!-- -->", "").replace(/<code>[^<]*<\/code>/g, "<code></code>");
        };
        expect(said(hostile)).toBe(said("x"));
      }
    },
  );

  it("names only commands that exist", () => {
    for (const warning of Object.values(examples("x"))) {
      const { sentence, remedy } = message(warning, PLAIN, { unit: "s", metric: "latency" });
      for (const [, name = "", more = ""] of `${sentence} ${remedy}`.matchAll(/benchgate ([a-z]+)(?: ([a-z]+))?/g)) {
        const command = COMMANDS.find((each) => each.name === name);
        expect(command, name).toBeDefined();
        expect(more === "" ? "" : command?.usage).toContain(more);
      }
    }
  });

  it("shows the whole of a long reason, such as an error of git's with its remedy, and one full stop", () => {
    const reason = `git push failed: ${"word ".repeat(60)}give the job \`permissions: contents: write\`.`;
    const { sentence, remedy } = message({ code: "not-stored", reason }, PLAIN);
    expect(sentence).toBe(`The recording was not stored: ${reason}`);
    expect(remedy).toContain("The next push to the default branch stores one");
  });

  it("sends nobody to permissions or a re-run for a token that is not valid", () => {
    const reason = "the token is not valid: it is wrong, or it has expired (HTTP 401 Bad credentials)";
    const { sentence, remedy } = message({ code: "github-failed", action: "comment", reason }, PLAIN);
    expect(sentence).toContain(reason);
    expect(remedy).toContain("mend what the reason names");
    expect(remedy).not.toContain("permissions");
  });

  it("says that only the default branch records", () => {
    for (const code of ["no-baseline", "few-baseline-runs"] as const) {
      expect(message(examples("x")[code], PLAIN).remedy).toContain("default branch");
    }
  });

  it("writes a floor in the unit of its metric", () => {
    const warning: Warning = { code: "below-floor", floor: 65_536 };
    expect(message(warning, PLAIN, { unit: "B", metric: "memory" }).sentence).toContain("64.0 KiB");
  });

  it("promises no number of rounds where more rounds do not help", () => {
    const warning: Warning = { code: "noisy", detectable: Number.POSITIVE_INFINITY, roundsNeeded: null };
    const { sentence, remedy } = message(warning, PLAIN);
    expect(sentence).toBe("The noise hides changes of any size.");
    expect(remedy).toContain("quieter machine");
  });
});
