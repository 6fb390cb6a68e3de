import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byRun, entryPath, gateName, parseEntry, type StoredEntry, shelfPath } from "../../src/baseline/entry.ts";
import { GateError } from "../../src/model/error.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const PATH = `runs/${SHA}/1234567890.2.ci-bench.0123456789ab.json`;
const SHELVED = `runs/01/${SHA}-1234567890.2.ci-bench.0123456789ab.json`;

describe("the path of a stored recording", () => {
  it("tells all that selection needs", () => {
    const entry = {
      path: PATH,
      sha: SHA,
      run: "1234567890",
      attempt: "2",
      gate: "ci-bench",
      fingerprint: "0123456789ab",
      copy: 1,
    };
    expect(parseEntry(PATH)).toEqual(entry);
    expect(entryPath(entry)).toBe(PATH);
    expect(parseEntry(SHELVED)).toEqual({ ...entry, path: SHELVED });
    expect(shelfPath(entry)).toBe(SHELVED);
    expect(parseEntry(PATH.replace(".json", "-3.json"))).toEqual({
      ...entry,
      path: PATH.replace(".json", "-3.json"),
      copy: 3,
    });
  });

  it("comes back from any sound parts", () => {
    const letters = (alphabet: string, min: number, max: number) =>
      fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((chars) => chars.join(""));
    const word = letters("ABZabz019_-", 1, 64);
    const parts = fc.record({
      sha: fc.oneof(letters("0123456789abcdef", 40, 40), letters("0123456789abcdef", 64, 64)),
      run: word,
      attempt: word,
      gate: letters("abz019-", 1, 80),
      fingerprint: letters("0123456789abcdef", 12, 12),
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 999_999 }), (identity, copy) => {
        for (const path of [entryPath(identity, copy), shelfPath(identity, copy)]) {
          expect(parseEntry(path)).toEqual({ path, ...identity, copy });
        }
      }),
    );
  });

  it.each([
    "README.md",
    "runs/abc/1.1.ci.0123456789ab.json",
    PATH.replace("1234567890.2", "1234567890"),
    PATH.replace("0123456789ab.json", "0123456789AB.json"),
    PATH.replace("ci-bench", "ci/bench"),
    PATH.replace("ci-bench", ".."),
    `${PATH}.bak`,
    `x/${PATH}`,
    `${PATH}\n`,
    PATH.replace(".json", "-0.json"),
    SHELVED.replace("/01/", "/02/"),
    SHELVED.replace("/01/", "/../"),
    SHELVED.replace("/01/", "/"),
    SHELVED.replace("/01/", "/01/01/"),
    SHELVED.replace("/01/", "/2026-11/"),
    SHELVED.replace(`${SHA}-`, `${SHA}.`),
    SHELVED.replace(`${SHA}-`, `${SHA}/`),
    SHELVED.replace(`${SHA}-`, `${SHA.toUpperCase()}-`),
    PATH.replace(`${SHA}/`, `${SHA}-`),
  ])("is not %j", (path) => {
    expect(parseEntry(path)).toBeNull();
  });

  it("cannot be made of parts that would lead elsewhere", () => {
    const sound = { sha: SHA, run: "1", attempt: "1", gate: "ci", fingerprint: "0123456789ab" };
    for (const wrong of [
      { sha: "" },
      { sha: "HEAD" },
      { run: "../x" },
      { run: "1.2" },
      { attempt: "" },
      { gate: "CI" },
      { gate: "a b" },
    ]) {
      expect(() => entryPath({ ...sound, ...wrong })).toThrow(GateError);
    }
  });
});

describe("the name of a gate", () => {
  it("is workflow and job as a slug", () => {
    expect(gateName("CI", "bench_linux")).toBe("ci-bench-linux");
    expect(gateName("", "bench")).toBe("bench");
    expect(gateName("", "")).toBe("gate");
  });

  it("keeps names apart that a slug alone would not", () => {
    const names = [
      "bench (20)",
      "bench 20",
      "bench/20",
      "基准",
      "ベンチ",
      `${"x".repeat(100)}1`,
      `${"x".repeat(100)}2`,
    ];
    expect(new Set(names.map((name) => gateName("ci", name))).size).toBe(names.length);
  });

  it("fits into a path, whatever the names are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (workflow, job) => {
        const gate = gateName(workflow, job);
        expect(
          parseEntry(entryPath({ sha: SHA, run: "1", attempt: "1", gate, fingerprint: "0123456789ab" }))?.gate,
        ).toBe(gate);
      }),
    );
  });
});

describe("the order of runs", () => {
  it("does not depend on where they are stored", () => {
    const gates = ["a", "b", "a-b", "a--1-2"].map((gate) => ({
      ...{ sha: SHA, run: "1", attempt: "1", gate, fingerprint: "0123456789ab" },
    }));
    const inOne = gates.map((each) => parseEntry(entryPath(each))!).sort(byRun);
    for (let places = 0; places < 16; places++) {
      const paths = gates.map((each, at) => (((places >> at) & 1) === 1 ? shelfPath : entryPath)(each));
      const sorted = paths.map((path) => parseEntry(path)!).sort(byRun);
      expect(sorted.map(({ gate }) => gate)).toEqual(inOne.map(({ gate }) => gate));
    }
  });

  it("counts numbers as numbers", () => {
    const paths = ["10.1.g", "9.2.g", "9.10.g", "9.1.g", "99999999999999999999.1.g", "9.1.g-2"];
    const entries = paths.map((path): StoredEntry => {
      const [name, copy] = path.split("-");
      return parseEntry(`runs/${SHA}/${name}.0123456789ab${copy === undefined ? "" : `-${copy}`}.json`)!;
    });
    expect(entries.sort(byRun).map(({ run, attempt, copy }) => `${run}/${attempt}/${copy}`)).toEqual([
      "9/1/1",
      "9/1/2",
      "9/2/1",
      "9/10/1",
      "10/1/1",
      "99999999999999999999/1/1",
    ]);
  });
});
