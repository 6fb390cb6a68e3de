import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UNREAD } from "../../scripts/fixtures/tool.ts";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { HEAD, outputOf } from "../../src/adapters/reading/output.ts";
import { GateError } from "../../src/model/error.ts";
import { recognisedBy } from "./outputs.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");

const streaming = ADAPTERS.filter(({ stream }) => stream !== undefined);
const samples = streaming.flatMap((adapter) => {
  const folder = join(FIXTURES, adapter.name);
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "README.md" && !UNREAD.test(`${adapter.name}/${name}`))
    .filter((entry) => entry.isFile())
    .map(({ name: file }) => ({ adapter, name: `${adapter.name}/${file}`, bytes: readFileSync(join(folder, file)) }));
});

/** What an adapter reads from bytes that come in pieces of so many, in the same memory each time. */
function streamed(adapter: Adapter, bytes: Uint8Array, size: number) {
  const reader = adapter.stream!({ skip: 0 });
  const memory = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    memory.set(piece);
    reader.push(memory.subarray(0, piece.length));
  }
  return reader.end();
}

describe("an adapter that reads piece by piece", () => {
  it("is there for every format that grows with the load", () => {
    expect(streaming.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["ab", "gatling", "hdrhistogram", "hey", "jmeter", "k6", "vegeta"]),
    );
  });

  it.each(samples)("reads $name the same whole and in pieces of any size", ({ adapter, bytes }) => {
    const whole = adapter.parse(outputOf(bytes.toString("utf8")));
    for (const size of [1, 7, 1000, HEAD, 2 * HEAD]) expect(streamed(adapter, bytes, size)).toEqual(whole);
  });

  it.each(samples)("recognises $name by its first 64 KiB", ({ adapter, bytes }) => {
    const head = bytes.subarray(0, HEAD).toString("utf8");
    expect(recognisedBy(head)).toEqual([adapter.name]);
  });

  it("recognises summaries that are longer than that by their beginning", () => {
    const padded = (name: string, change: (value: { [key: string]: unknown }) => object) => {
      const { adapter, bytes } = samples.find((sample) => sample.name === name)!;
      const text = JSON.stringify(change(JSON.parse(bytes.toString("utf8"))));
      expect(text.length).toBeGreaterThan(HEAD);
      for (const each of [text, text.slice(0, HEAD)]) expect(recognisedBy(each)).toEqual([adapter.name]);
    };
    const long = Array.from({ length: 3000 }, (_, i) => `some error number ${i}`);
    padded("k6/handle-summary.json", (value) => ({ ...value, setup_data: long }));
    padded("gatling/stats.json", (value) => ({ ...value, more: long }));
    padded("vegeta/report.json", (value) => ({ ...value, errors: long }));
  });

  it.each(samples)("reads $name the same behind a byte order mark and with CRLF, in pieces", ({ adapter, bytes }) => {
    const text = `\uFEFF${bytes.toString("utf8").replace(/\r?\n/g, "\r\n")}`;
    expect(streamed(adapter, new TextEncoder().encode(text), 3)).toEqual(
      adapter.parse(outputOf(bytes.toString("utf8"))),
    );
  });

  it("refuses what is cut anywhere, at a place, or reads it: never anything else", () => {
    for (const { adapter, name, bytes } of samples) {
      for (let share = 0; share < 40; share++) {
        const cut = bytes.subarray(0, Math.floor((bytes.length * share) / 40));
        try {
          for (const { measurements, failures } of streamed(adapter, cut, 512)) {
            expect(measurements.length + failures.length, name).toBeGreaterThan(0);
          }
        } catch (error) {
          expect(error, name).toBeInstanceOf(GateError);
          const { position } = error as GateError;
          expect(position.line ?? position.path, `${name}: ${(error as GateError).message}`).toBeDefined();
        }
      }
    }
  });
});
