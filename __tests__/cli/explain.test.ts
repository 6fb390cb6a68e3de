import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aPlace, benchgate } from "./command-line.ts";

const FIXTURES = new URL("../fixtures/profiles/node/", import.meta.url);
const text = (name: string) => readFileSync(new URL(name, FIXTURES), "utf8");

/** Five profiles of each side, with their sources below /repo. */
function both() {
  const rounds = ["base", "head"].flatMap((side) =>
    [1, 2, 3, 4, 5].map((round) => [`${side}/${round}.cpuprofile`, text(`${side}-${round}.cpuprofile`)] as const),
  );
  const sources = ["base", "head"].flatMap((side) =>
    ["bg.mjs", "lex.mjs"].map((file) => [`/repo/${side}/src/${file}`, text(`${side}/src/${file}`)] as const),
  );
  return aPlace(Object.fromEntries([...rounds, ...sources]));
}

describe("benchgate explain", () => {
  it("names the function of two folders of profiles, with its line, its share and what is changed", async () => {
    const trees = ["--base-tree", "/repo/base", "--tree", "/repo/head"];
    const { code, stdout, stderr } = await benchgate(["explain", "base", "head", ...trees], both());
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^most of it: fold src\/lex\.mjs:3, \+1\d.*% of the time .* an operation\), changed here\n$/,
    );
  });

  it("says of two profiles that nothing is proven", async () => {
    const { stdout } = await benchgate(["explain", "base/1.cpuprofile", "head/1.cpuprofile"], both());
    expect(stdout).toMatch(/^most of it: fold .*not proven/);
    expect(stdout).toContain("1 profile a side: what noise has made is among these.");
  });

  it("says so where no function stands out", async () => {
    const { stdout } = await benchgate(["explain", "base", "base"], both());
    expect(stdout).toBe("no function stands out\n");
  });

  it("refuses what is no profile, is not there, or is one too few, and says what to do: exit code 2", async () => {
    const place = both();
    place.files.set("x.txt", "hello");
    const refused = async (...args: readonly string[]) => {
      const { code, stderr } = await benchgate(["explain", ...args], place);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused("x.txt", "head")).toMatch(/^benchgate: x\.txt: this is not a profile .*cpuprofile/);
    expect(await refused("nowhere", "head")).toMatch(/nowhere: there is no such file\. Check the path/);
    expect(await refused("base")).toMatch(/two profiles/);
  });
});
