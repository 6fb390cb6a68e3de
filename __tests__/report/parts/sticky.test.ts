import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentBody } from "../../../src/report/formats/markdown.ts";
import { isOurs, marker } from "../../../src/report/parts/sticky.ts";
import { anOutcome } from "../../builders.ts";

describe("isOurs", () => {
  const body = commentBody(anOutcome(), { marker: marker("ci/bench") });

  it("knows our comment by its first line and its author", () => {
    expect(isOurs({ body, author: "github-actions[bot]" }, "ci/bench", "github-actions[bot]")).toBe(true);
    expect(isOurs({ body: body.replace("\n", "\r\n"), author: "bot" }, "ci/bench", "bot")).toBe(true);
  });

  it("does not take a comment by somebody else that carries our marker", () => {
    expect(isOurs({ body, author: "mallory" }, "ci/bench", "github-actions[bot]")).toBe(false);
    expect(isOurs({ body, author: "" }, "ci/bench", "")).toBe(false);
  });

  it("does not take a comment of ours that only quotes the marker, nor that of another gate", () => {
    expect(isOurs({ body: `> ${body}`, author: "bot" }, "ci/bench", "bot")).toBe(false);
    expect(isOurs({ body: `hello\n${body}`, author: "bot" }, "ci/bench", "bot")).toBe(false);
    expect(isOurs({ body, author: "bot" }, "ci/benc", "bot")).toBe(false);
  });
});

describe("marker", () => {
  it("is one whole HTML comment for any key, and a different one for each", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(marker(a)).toMatch(/^<!-- benchgate:[A-Za-z0-9._/~]* -->$/);
        if (a !== b) expect(marker(a)).not.toBe(marker(b));
      }),
    );
  });
});
