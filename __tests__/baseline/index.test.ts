import { describe, expect, it } from "vitest";
import { addressSettings, openStore, STORES, type StoreWord } from "../../src/baseline/index.ts";
import { storeOf } from "../../src/cli/store-flags.ts";
import type { Ports } from "../../src/ports/index.ts";
import { refusal } from "../config/errors.ts";

// Opening a store asks nothing of the world: what it needs is asked when it is used.
const ports = {} as Ports;
const everywhere = (address: string | null) => addressSettings(() => address);
const NONE = everywhere(null);
const placeOf = (given: Partial<typeof NONE>) => storeOf({ ...NONE, ...given }, ports).place;

describe("the kinds of stores", () => {
  it("are told apart by their words and by the settings that address them", () => {
    expect(new Set(STORES.map(({ kind }) => kind)).size).toBe(STORES.length);
    expect(new Set(STORES.map(({ address }) => address.name)).size).toBe(STORES.length);
  });

  it.each<[StoreWord, string, string]>([
    ["branch", "branch benchgate-baseline", "branch numbers"],
    ["directory", "folder .benchgate/baseline", "folder numbers"],
  ])("open %s at its default and at an address", (kind, standard, named) => {
    expect(openStore(ports, kind, NONE).place).toBe(standard);
    expect(openStore(ports, kind, everywhere("numbers")).place).toBe(named);
  });

  it("are chosen on a command line by the flag that is given, and the branch where none is", () => {
    expect(placeOf({})).toBe("branch benchgate-baseline");
    expect(placeOf({ "baseline-branch": "numbers" })).toBe("branch numbers");
    expect(placeOf({ "baseline-directory": "store" })).toBe("folder store");
    expect(refusal(() => placeOf({ "baseline-branch": "numbers", "baseline-directory": "store" }))).toBe(
      "--baseline-branch and --baseline-directory name two places. Baselines are kept in one: leave out either",
    );
  });

  it("keep off the default branch, which matters to no folder of that name", () => {
    const addresses = everywhere("main");
    expect(refusal(() => openStore(ports, "branch", addresses, { defaultBranch: "main" }))).toBe(
      "input baseline-branch: main is the default branch, and baselines need one of their own. Leave it out, or name a branch that nothing else uses",
    );
    expect(openStore(ports, "branch", addresses, { defaultBranch: "trunk" }).place).toBe("branch main");
    expect(openStore(ports, "directory", addresses, { defaultBranch: "main" }).place).toBe("folder main");
  });
});
