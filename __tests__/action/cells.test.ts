import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bomb, histogram, many, plain, recording } from "../../bench/faults/artifact-files.ts";
import { filesOf } from "../../src/action/artifact.ts";
import { cellOf, eachCell, readCells } from "../../src/action/cells.ts";
import type { Left } from "../../src/action/left.ts";
import { canName, decodeCellNote, encodeCellNote, LARGEST_NOTE } from "../../src/codec/cell.ts";
import { createFiles } from "../../src/io/files.ts";
import { GateError } from "../../src/model/error.ts";
import { matches } from "../../src/model/plan.ts";
import { fakeClock } from "../fakes/clock.ts";
import { aRecording } from "../synthetic.ts";

const SHA = "b".repeat(40);
const NOTE = { gate: "benchmarks-bench-linux", looks: [6, 12], confirmed: true };
const candidate = aRecording({ seed: 1, rounds: 2, samples: 3, benchmarks: { json: 0.001 }, sha: SHA });
const baseline = aRecording({ seed: 2, rounds: 2, samples: 3, benchmarks: { json: 0.001 } });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-cells-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string | Buffer): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
}

function leave(artifact: string, left: Left): void {
  for (const [name, text] of Object.entries(filesOf(left))) put(`${artifact}/${name}`, text);
}

const read = async (expect: readonly string[] = [], sha = SHA, own = false) =>
  (await readCells({ files: createFiles(), clock: fakeClock() }, folder, { expect, sha, own })).cells;

describe("what cells leave", () => {
  it("is read back as it was left, by the names of the artifacts", async () => {
    leave("benchgate-linux", { note: NOTE, baseline, candidate });
    leave("mac", { note: { ...NOTE, looks: null }, screened: candidate });
    expect(await read()).toEqual([
      { name: "linux", left: { note: NOTE, screened: undefined, baseline, candidate } },
      { name: "mac", left: { note: { ...NOTE, looks: null }, screened: candidate } },
    ]);
    expect(["benchgate", "benchgate-a-b", "x"].map(cellOf)).toEqual(["", "a-b", "x"]);
  });

  it("is missing by name where it is expected and not there; what nobody expects is left alone", async () => {
    leave("benchgate-linux", { note: NOTE, screened: candidate });
    leave("benchgate-stranger", { note: NOTE, screened: candidate });
    expect(await read(["benchgate-linux", "windows"])).toMatchObject([
      { name: "linux", left: {} },
      { name: "windows", missing: expect.stringContaining("left no recording") },
    ]);
  });

  it("is bounded by what one run may leave where a stranger left it, by what is expected, and for each artifact of one's own", async () => {
    const many = Object.fromEntries(Array.from({ length: 2400 }, (_, i) => [`b${i}`, 0.001]));
    const full = aRecording({ seed: 3, rounds: 1, samples: 1, benchmarks: many, sha: SHA });
    const names = ["a", "b", "c", "d"];
    for (const name of names) leave(name, { note: NOTE, screened: full });
    const sound = (cells: Awaited<ReturnType<typeof read>>) => cells.filter((cell) => "left" in cell).length;
    expect(sound(await read())).toBe(2);
    expect(sound(await read(["a", "b", "c"]))).toBe(3);
    expect(sound(await read([], SHA, true))).toBe(4);
  });

  it("may be more where a job of one's own left it: only a stranger's recording is refused for its number of metrics", async () => {
    const many = Object.fromEntries(Array.from({ length: 2600 }, (_, i) => [`b${i}`, 0.001]));
    leave("a", { note: NOTE, screened: aRecording({ seed: 3, rounds: 1, samples: 1, benchmarks: many, sha: SHA }) });
    expect(await read([], SHA, true)).toMatchObject([{ name: "a", left: {} }]);
    expect(await read()).toMatchObject([{ name: "a", missing: expect.stringContaining("2,500 metrics") }]);
  });

  it("is not begun once those before it have taken too long, and the others count", async () => {
    for (const name of ["a", "b", "c"]) leave(`benchgate-${name}`, { note: NOTE, screened: candidate });
    const clock = fakeClock();
    const files = createFiles();
    const slow: typeof files = {
      ...files,
      open: (path) => {
        if (path.endsWith("benchgate-b/recordings/screened.json")) clock.pass(61);
        return files.open(path);
      },
    };
    const { cells } = await readCells({ files: slow, clock }, folder, { expect: [], sha: SHA });
    expect(cells).toMatchObject([
      { name: "a", left: {} },
      { name: "b", left: {} },
      { name: "c", missing: expect.stringMatching(/longer than 60 s/) },
    ]);
  });

  it("is read whatever else lies beside it, however many files that is: only those of known names are listed", async () => {
    leave("benchgate-full", { note: NOTE, screened: candidate });
    const files = createFiles();
    const asked: string[] = [];
    const listing: typeof files = {
      ...files,
      listFolder: (at, patterns) => {
        for (const pattern of patterns) asked.push(pattern);
        return files.listFolder(at, patterns);
      },
    };
    const { cells } = await readCells({ files: listing, clock: fakeClock() }, folder, { expect: [], sha: SHA });
    expect(cells).toMatchObject([{ name: "full", left: {} }]);
    const listed = (path: string) => asked.some((pattern) => matches(pattern, path));
    expect(listed("benchgate-full/recordings/screened.json")).toBe(true);
    for (const path of ["0.json", "recordings/0.json", "recordings/a/screened.json", "recordings/screened.json.gz"])
      expect(listed(`benchgate-full/${path}`), path).toBe(false);
  });

  it("is missing with the reason, each cell by its name, where the folder cannot be listed", async () => {
    leave("benchgate-linux", { note: NOTE, screened: candidate });
    const refused = new GateError("the folder holds 20001 files of results", "Let the tool write elsewhere");
    const files = { ...createFiles(), listFolder: () => Promise.reject(refused) };
    const cells = async (expect: readonly string[]) =>
      (await readCells({ files, clock: fakeClock() }, folder, { expect, sha: SHA })).cells;
    const missing = expect.stringMatching(/cannot be read: the folder holds 20001 files/);
    expect(await cells(["linux", "mac"])).toEqual([
      { name: "linux", missing },
      { name: "mac", missing },
    ]);
    expect(await cells([])).toEqual([{ name: "", missing }]);
  });

  it("is read one cell after the other, and what is done with one in between takes none of the time to read the next", async () => {
    for (const name of ["linux", "mac"]) leave(`benchgate-${name}`, { note: NOTE, screened: candidate });
    const foundWith = async (seconds: { readonly reading: number; readonly between: number }) => {
      const clock = fakeClock();
      const files = createFiles();
      const slow = async (path: string) => {
        clock.pass(seconds.reading);
        return files.open(path);
      };
      const found: boolean[] = [];
      const place = { files: { ...files, open: slow }, clock };
      for await (const { cells } of eachCell(place, folder, { expect: [], sha: SHA })) {
        found.push(cells.every((cell) => "left" in cell));
        clock.pass(seconds.between);
      }
      return found;
    };
    expect(await foundWith({ reading: 1, between: 1000 })).toEqual([true, true]);
    expect(await foundWith({ reading: 25, between: 0 })).toEqual([true, false]);
  });

  it("is said to be too much where there are more cells than a matrix can have: none is left out in silence", async () => {
    for (let index = 0; index < 258; index++)
      put(`benchgate-${String(index).padStart(3, "0")}/recordings/cell.json`, "{}");
    const cells = await read();
    expect(cells).toHaveLength(257);
    expect(cells.at(-1)).toMatchObject({
      name: "",
      missing: expect.stringContaining("258 cells are more than the 256"),
    });
    const expected = await read(Array.from({ length: 300 }, (_, index) => `c${index}`));
    expect(expected.filter((cell) => "missing" in cell)).toHaveLength(300);
  });

  it("is missing as a whole where there is no folder, or nothing in it", async () => {
    expect(await read()).toMatchObject([{ name: "", missing: expect.stringContaining("No cell") }]);
    rmSync(folder, { recursive: true });
    expect(await read()).toMatchObject([{ missing: expect.stringContaining("No cell") }]);
    expect(await read(["linux"])).toMatchObject([{ name: "linux", missing: expect.any(String) }]);
  });

  const note = encodeCellNote(NOTE);
  const text = filesOf({ note: NOTE, candidate })["recordings/candidate.json"]!;
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["no note", { "screened.json": text }, /no note/],
    ["a note and nothing else", { "cell.json": note }, /no recording of the change/],
    ["one side of two", { "cell.json": note, "candidate.json": text }, /no recording of the change/],
    ["a note that is no JSON", { "cell.json": "{", "screened.json": text }, /cannot be read.*JSON ends in the middle/],
    [
      "a note of another kind",
      { "cell.json": '{"schema":"x"}', "screened.json": text },
      /not a note of a cell: look at schema/,
    ],
    [
      "a gate that is a path",
      { "cell.json": note.replace("benchmarks", "../../etc"), "screened.json": text },
      /look at gate/,
    ],
    ["looks that fall", { "cell.json": note.replace("[6,12]", "[12,6]"), "screened.json": text }, /look at looks/],
    ["a recording that is none", { "cell.json": note, "screened.json": "[]" }, /cannot be read/],
    ["deep JSON", { "cell.json": note, "screened.json": "[".repeat(200_000) }, /cannot be read/],
    [
      "numbers that are none",
      { "cell.json": note, "screened.json": text.replace(/0\.00\d+/, "1e999") },
      /cannot be read/,
    ],
    [
      "a newer version",
      { "cell.json": note, "screened.json": text.replace(/recording\/\d/, "recording/9") },
      /newer Benchgate/,
    ],
    ["another commit", { "cell.json": note, "screened.json": text.replaceAll(SHA, "c".repeat(40)) }, /another commit/],
  ])("is missing where it has %s", async (_, files, reason) => {
    for (const [name, content] of Object.entries(files)) put(`benchgate-evil/recordings/${name}`, content);
    expect(await read()).toMatchObject([{ name: "evil", missing: expect.stringMatching(reason) }]);
  });

  it("is missing where it is larger than what is read, without being read", async () => {
    leave("benchgate-big", { note: NOTE, screened: candidate });
    truncateSync(join(folder, "benchgate-big/recordings/screened.json"), 101 * 2 ** 20);
    expect(await read()).toMatchObject([{ name: "big", missing: expect.stringContaining("larger than") }]);
  });

  // Each is a little more than is read; what a thousand times as much costs is measured by `npm run faults -- artifacts`.
  const more = (start: string, item: string, count: number) =>
    recording(SHA, plain(0), `,"later":[${start}${item.repeat(count)}]`);
  it.each<[string, () => string | Buffer, RegExp]>([
    ["inflates", () => recording(SHA, histogram(bomb(33, 0), 0)), /more than 32 MiB of inflated histograms/],
    ["holds distinct values", () => recording(SHA, histogram(bomb(0.5, 2), 0)), /more than 500,000 distinct values/],
    [
      "measures",
      () =>
        recording(
          SHA,
          many(60_001, (i) => plain(i % 9)),
        ),
      /60,000 measurements/,
    ],
    [
      "can be judged of",
      () =>
        recording(
          SHA,
          many(2_501, (i) => plain(i)),
        ),
      /2,500 metrics of benchmarks/,
    ],
    ["holds numbers", () => more("0", ",0", 3_000_001), /3,000,000 values/],
    ["holds objects", () => more("0", ",{}", 1_000_001), /1,000,000 objects, lists and texts/],
    ["unzips to", () => gzipSync(`${recording(SHA, plain(0))}${" ".repeat(32 * 2 ** 20)}`), /larger than 32 MiB/],
    [
      "runs for rounds",
      () => recording(SHA, plain(0)).replace(/\]}$/, `,${many(2_000, () => '{"session":"s","measurements":[]}')}]}`),
      /2000 rounds/,
    ],
    [
      "holds of unknown keys in place of a value",
      () => recording(SHA, `{"benchmark":"b","metric":"latency","unit":"s",${many(9_000, (i) => `"zzzzqq${i}":1`)}}`),
      /has no values/,
    ],
    [
      "holds before its mistake",
      () => recording(SHA, many(2_500, (i) => plain(i)).replace(/1}$/, "-1}")),
      /measurements\[2499\].*below zero/,
    ],
  ])("is missing where it is more than is read that it %s", async (_, make, reason) => {
    put("benchgate-evil/recordings/cell.json", note);
    put("benchgate-evil/recordings/screened.json", make());
    expect(await read()).toMatchObject([{ name: "evil", missing: expect.stringMatching(reason) }]);
  });

  it("is missing where its note is larger than any that a shard leaves, without being read", async () => {
    put("benchgate-evil/recordings/cell.json", `${note.trimEnd()}${" ".repeat(LARGEST_NOTE)}`);
    put("benchgate-evil/recordings/screened.json", text);
    expect(await read()).toMatchObject([{ name: "evil", missing: expect.stringContaining("larger than") }]);
  });

  it("is read where a note names as many benchmarks as it can, and a shard leaves none that names more", async () => {
    const named = (count: number, length: number) =>
      Array.from({ length: count }, (_, index) => ({
        suite: "s",
        benchmark: `${index}`.padEnd(length, "€"),
        shard: 1,
      }));
    const most = named(10_000, 120);
    expect([most, named(10_001, 9), named(10_000, 150)].map(canName)).toEqual([true, false, false]);
    const part = { shard: { index: 1, of: 1 } };
    leave("benchgate-1", { note: { ...NOTE, part, dealt: most.slice(0, 9_999) }, screened: candidate });
    const [cell] = await read();
    expect(cell).toMatchObject({ left: { note: { dealt: { length: 9_999 } } } });
  });

  it("is missing where the notes of all are more than is read, though each is small and packed", async () => {
    const name = "x".repeat(990);
    const dealt = Array.from({ length: 1000 }, (_, index) => ({ suite: "s", benchmark: `${name}${index}`, shard: 1 }));
    const packed = gzipSync(encodeCellNote({ ...NOTE, cell: "linux", part: { shard: { index: 1, of: 1 } }, dealt }));
    expect(packed.length).toBeLessThan(20_000);
    for (let job = 10; job < 30; job++) {
      put(`benchgate-${job}/recordings/cell.json`, packed);
      put(`benchgate-${job}/recordings/screened.json`, "{");
    }
    const reasons = (await read()).map((cell) => ("missing" in cell ? cell.missing : ""));
    expect(reasons.filter((reason) => reason.includes("notes of all jobs"))).toHaveLength(12);
    expect((await read(["linux"])).every((cell) => "missing" in cell)).toBe(true);
  });

  it("is read where it holds as much as is read", async () => {
    leave("benchgate-full", { note: NOTE, screened: candidate });
    put(
      "benchgate-full/recordings/screened.json",
      recording(
        SHA,
        many(2_500, (i) => plain(i)),
      ),
    );
    expect(await read()).toMatchObject([{ name: "full", left: { screened: { rounds: [{ pair: 0 }] } } }]);
  });

  it("is not read through links, nor from elsewhere", async () => {
    const secret = put("secret.json", text);
    leave("benchgate-linux", { note: NOTE, screened: candidate });
    rmSync(join(folder, "benchgate-linux/recordings/screened.json"));
    symlinkSync(secret, join(folder, "benchgate-linux/recordings/screened.json"));
    put("benchgate-linux/deep/recordings/screened.json", text);
    expect(await read()).toMatchObject([
      { name: "linux", missing: expect.stringContaining("no recording of the change") },
    ]);
  });

  it("takes __proto__ for no key of anything", () => {
    const odd = `{"schema":"benchgate.cell/1","gate":"a","looks":null,"confirmed":false,"__proto__":{"gate":"b"}}`;
    expect(decodeCellNote(odd)).toEqual({ gate: "a", looks: null, confirmed: false });
  });
});
