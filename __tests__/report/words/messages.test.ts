import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/main.ts";
import type { Warning } from "../../../src/model/warning.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { message } from "../../../src/report/words/messages.ts";
import { HOSTILE } from "../outcomes.ts";
import { examples } from "../warnings.ts";

describe("message", () => {
  it.each(Object.values(examples("x")))("says $code in whole sentences, with a remedy", (warning) => {
    const { sentence, remedy } = message(warning, PLAIN, { unit: "s", metric: "latency" });
    expect(sentence).toMatch(/^[A-Za-z0-9].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it.each(Object.keys(examples("")) as Warning["code"][])("lets no text from outside through unescaped: %s", (code) => {
    for (const hostile of HOSTILE) {
      const said = (text: string) => {
        const { sentence, remedy } = message(examples(text)[code], MARKDOWN, { unit: "s", metric: "latency" });
        return `${sentence} ${remedy}`.replaceAll("<!-- -->", "").replace(/<code>[^<]*<\/code>/g, "<code></code>");
      };
      expect(said(hostile)).toBe(said("x"));
    }
  });

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
    expect(remedy).toContain("Fix what the reason names");
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
    expect(sentence).toBe("The noise hides even a doubling.");
    expect(remedy).toContain("quieter machine");
  });
});
