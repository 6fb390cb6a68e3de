import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
);
const installed = Object.entries(packages).filter(([path]) => path !== "");

describe("the lockfile", () => {
  it("proves the bytes of every package, those of other platforms among them", () => {
    expect(installed.length).toBeGreaterThan(100);
    const unproven = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""));
    expect(
      unproven.map(([path]) => path),
      "run `npm run lock`",
    ).toEqual([]);
  });

  it("holds every platform's version of a package, so that it installs everywhere", () => {
    const wanted = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies).map(([name, version]) => {
        const place = `${path.slice(0, path.lastIndexOf("node_modules/"))}node_modules/${name}`;
        return { place, version: /^\d/.test(version) ? version : expect.any(String) };
      }),
    );
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.map(({ place }) => ({ place, version: packages[place]?.version }))).toEqual(wanted);
  });

  it("names no registry: each machine has its own", () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
