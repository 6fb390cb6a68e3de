import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { hdrHistogram } from "../../src/adapters/tools/hdr-histogram/hdr-histogram.ts";
import { decodeHistogram } from "../../src/codec/histogram.ts";
import { deflate, inflate } from "../../src/codec/inflate.ts";

const MOST_INFLATED = 64 * 2 ** 20;

/** A histogram in base64 that is small itself, and inflates to so many bytes. */
function bomb(size: number): string {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32BE(0x1c849313, 0);
  bytes.writeUInt32BE(size - 40, 4);
  bytes.writeUInt32BE(3, 12);
  bytes.writeBigInt64BE(1n, 16);
  const body = deflateSync(bytes, { level: 9 });
  const outer = Buffer.alloc(8);
  outer.writeUInt32BE(0x1c849314, 0);
  outer.writeUInt32BE(body.length, 4);
  return Buffer.concat([outer, body]).toString("base64");
}

describe("zlib data", () => {
  it("are written as zlib writes them, and give back what they hold", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(inflate(deflate(bytes))).toEqual(bytes);
        expect(inflate(new Uint8Array(deflateSync(bytes)))).toEqual(bytes);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("are refused where any byte is damaged or missing: their checksum is read", () => {
    const whole = deflate(new TextEncoder().encode("hello hello hello hello world"));
    for (const [at] of whole.entries()) {
      expect(inflate(whole.subarray(0, at)), `cut at ${at}`).toBeNull();
      const damaged = whole.map((byte, i) => (i === at ? byte ^ 0x10 : byte));
      expect(inflate(damaged), `damaged at ${at}`).toBeNull();
    }
  });

  it("inflate to as much as is named and no further, however small they are", () => {
    expect(inflate(new Uint8Array(deflateSync(new Uint8Array(MOST_INFLATED))))).toHaveLength(MOST_INFLATED);
    const larger = new Uint8Array(deflateSync(new Uint8Array(MOST_INFLATED + 1)));
    expect(() => inflate(larger)).toThrow("inflates to more than 64 MiB");
  });

  it("of a histogram that is a bomb are refused, with the line of the log it stands in", () => {
    const encoded = bomb(MOST_INFLATED + 1);
    expect(encoded.length).toBeLessThan(256 * 1024);
    expect(() => decodeHistogram(encoded, 1)).toThrow("inflates to more than 64 MiB");
    const log = `#[Histogram log format version 1.3]\n0.1,1.0,1.0,${encoded}\n`;
    expect(() => hdrHistogram.parse(outputOf(log))).toThrow(
      expect.objectContaining({ problem: "The histogram inflates to more than 64 MiB", position: { line: 2 } }),
    );
  });
});
