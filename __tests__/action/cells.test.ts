import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cellOf, filesOf, type Left, readCells } from "../../src/action/cells.ts";
import { decodeCellNote, encodeCellNote } from "../../src/codec/cell.ts";
import { createFiles } from "../../src/io/files.ts";
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

function put(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
}

function leave(artifact: string, left: Left): void {
  for (const [name, text] of Object.entries(filesOf(left))) put(`${artifact}/${name}`, text);
}

const read = (expect: readonly string[] = [], sha = SHA) =>
  readCells({ files: createFiles(), clock: fakeClock() }, folder, { expect, sha });

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
    expect(expected.at(-1)).toMatchObject({ missing: expect.stringContaining("300 cells") });
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
    ["a note that is no JSON", { "cell.json": "{", "screened.json": text }, /cannot be read.*not JSON/],
    [
      "a note of another kind",
      { "cell.json": '{"schema":"x"}', "screened.json": text },
      /no note of a cell: look at schema/,
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
