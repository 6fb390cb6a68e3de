import { describe, expect, it } from "vitest";
import { explainRounds } from "../../src/explain/explain.ts";
import { type Frame, type Profile, ProfileBuilder } from "../../src/explain/profile.ts";
import { sourceFiles, TREES } from "./fixtures.ts";

type Side = "base" | "head";

/** Five rounds in which `slow` takes `time`, is called by `steady`, and steady things take their own. */
function rounds(steady: Frame, slow: Frame, time: number): readonly Profile[] {
  return [1, 2, 3, 4, 5].map((round) => {
    const builder = new ProfileBuilder();
    builder.stack([steady], 4 + round / 100);
    builder.stack([steady, slow], time * (1 + round / 100));
    return builder.profile("s", 1);
  });
}

const frame = (name: string, file: string, line: number, column?: number): Frame => ({
  ...{ name, file, line, owner: "code" },
  ...(column !== undefined && { column }),
});

/** What is told of a `slow` that takes twice as long on the head. */
async function culprits(
  frames: (side: Side) => { readonly steady: Frame; readonly slow: Frame },
  texts: Readonly<Record<string, string>>,
) {
  const of = (side: Side) => ({
    rounds: rounds(frames(side).steady, frames(side).slow, side === "base" ? 2 : 4),
    tree: TREES[side],
  });
  const request = { baseline: of("base"), candidate: of("head"), proven: 0.3, inlining: false };
  return (await explainRounds(sourceFiles(texts), request)).culprits;
}

/** A module as Rolldown has minified it: both functions are on one line, and the next build gives their names to others. */
const ENTRIES = Array.from({ length: 70 }, (_, at) => `entry${at}`).join(" ");
const MINIFIED = {
  head: `const e=\`${ENTRIES}\`.split(\` \`);function t(t){let n=0;for(let r of e){let e=t.indexOf(r);for(;e>=0;)n++,e=t.indexOf(r,e+1)}return n}const n=e=>{let n=0;for(let r of e.split(\`;\`))n+=t(r);return n};export{n as tokens};`,
  base: `const e=\`${ENTRIES}\`.split(\` \`);function n(t){let n=0;for(let r of e){let e=t.indexOf(r);for(;e>=0;)n++,e=t.indexOf(r,e+1)}return n}const t=e=>{let n=0;for(let r of e.split(\`;\`))n+=n(r);return n};export{t as tokens};`,
} as const;
const AT = { count: 581, tokens: 679 } as const;
const MAP = JSON.stringify({
  version: 3,
  names: ["TABLE", "countEntries", "text", "found", "entry", "at", "tokens", "sum", "part"],
  sources: ["../src/lexer.ts"],
  mappings:
    "AAAA,MAAMA,EAA2B,wiBAAwiB,MAAM,GAAG,EAEllB,SAASC,EAAaC,EAAsB,CAC1C,IAAIC,EAAQ,EACZ,IAAK,IAAMC,KAASJ,EAAO,CACzB,IAAIK,EAAKH,EAAK,QAAQE,CAAK,EAC3B,KAAOC,GAAM,GACXF,IACAE,EAAKH,EAAK,QAAQE,EAAOC,EAAK,CAAC,CAEnC,CACA,OAAOF,CACT,CAEA,MAAaG,EAAUJ,GAAyB,CAC9C,IAAIK,EAAM,EACV,IAAK,IAAMC,KAAQN,EAAK,MAAM,GAAG,EAAGK,GAAON,EAAaO,CAAI,EAC5D,OAAOD,CACT,E",
});

const minified = (side: Side, path: string) => ({
  steady: frame(side === "head" ? "n" : "t", `/repo/${side}/${path}`, 1, AT.tokens),
  slow: frame(side === "head" ? "t" : "n", `/repo/${side}/${path}`, 1, AT.count),
});

describe("functions of minified code", () => {
  it.each(["lib/lexer.js", "node_modules/lexer/lib/lexer.js"])(
    "are told by the names and lines of their source, where a map has them (%s)",
    async (path) => {
      const files = Object.fromEntries(
        (["base", "head"] as const).flatMap((side) => [
          [`/repo/${side}/${path}`, `${MINIFIED[side]}\n//# sourceMappingURL=lexer.js.map\n`],
          [`/repo/${side}/${path}.map`, MAP],
        ]),
      );
      const found = await culprits((side) => minified(side, path), files);
      const source = path.replace("lib/lexer.js", "src/lexer.ts");
      expect(found).toMatchObject([{ name: "countEntries", file: source, line: 3 }]);
    },
  );

  it("are matched by how they begin, where no map tells more: not by names that the next build gives to others", async () => {
    const path = "node_modules/lexer/lib/lexer.min.js";
    const files = Object.fromEntries(
      (["base", "head"] as const).map((side) => [`/repo/${side}/${path}`, `${MINIFIED[side]}\n`]),
    );
    const found = await culprits((side) => minified(side, path), files);
    expect(found).toMatchObject([{ name: "t", baseline: expect.closeTo(2.06), candidate: expect.closeTo(4.12) }]);
  });
});

describe("functions of a dependency", () => {
  const inPackage = (side: Side, path: string) => ({
    steady: frame("run", `/repo/${side}/a.mjs`, 1),
    slow: frame("slow", `/repo/${side}/${path}`, 2),
  });

  it("of Python have the versions of the distribution that brought them, whatever that is called", async () => {
    const packages = ".venv/lib/python3.11/site-packages";
    const record = (side: Side, version: string) => ({
      [`/repo/${side}/${packages}/PyYAML-${version}.dist-info/RECORD`]: "yaml/__init__.py,sha256=x,1\nyaml/a.py,,\n",
      [`/repo/${side}/${packages}/yaml_extras-9.0.dist-info/RECORD`]: "yaml_extras/__init__.py,sha256=x,1\n",
    });
    const found = await culprits((side) => inPackage(side, `${packages}/yaml/a.py`), {
      ...record("base", "6.0"),
      ...record("head", "6.1"),
    });
    expect(found[0]).toMatchObject({
      dependency: "yaml",
      origin: { kind: "dependency", name: "yaml", from: "6.0", to: "6.1" },
    });
  });

  it("that is there twice are compared with the copy in the same folder", async () => {
    const manifest = (path: string, version: string) => [`${path}/package.json`, `{"version":"${version}"}`] as const;
    // The baseline was seen to use the other copy first.
    const found = await culprits(
      (side) => ({
        steady: frame("run", `/repo/${side}/node_modules/${side === "base" ? "" : "a/node_modules/"}dep/x.js`, 1),
        slow: frame("slow", `/repo/${side}/node_modules/a/node_modules/dep/x.js`, 2),
      }),
      Object.fromEntries(
        (["base", "head"] as const).flatMap((side) => [
          manifest(`/repo/${side}/node_modules/dep`, "2.0.0"),
          manifest(`/repo/${side}/node_modules/a/node_modules/dep`, "1.0.0"),
        ]),
      ),
    );
    expect(found[0]).toMatchObject({ name: "slow", origin: { kind: "unexplained" } });
  });

  it("that the baseline has, but was too quick in to be seen, have its version", async () => {
    const found = await culprits(
      (side) => ({
        steady: frame("run", `/repo/${side}/a.mjs`, 1),
        slow:
          side === "base" ? frame("own", "/repo/base/a.mjs", 9) : frame("slow", "/repo/head/node_modules/dep/x.js", 2),
      }),
      {
        "/repo/base/node_modules/dep/package.json": '{"version":"1.0.0"}',
        "/repo/head/node_modules/dep/package.json": '{"version":"1.0.1"}',
      },
    );
    expect(found[0]).toMatchObject({ name: "slow", origin: { from: "1.0.0", to: "1.0.1" } });
  });
});

describe("functions of one file that have the same name", () => {
  it("are told with the place of the one that takes the time", async () => {
    const init = (line: number): Frame => frame("__init__", "/repo/head/a.py", line);
    const of = (side: Side, time: number) => ({
      tree: TREES[side],
      rounds: rounds(frame("run", `/repo/${side}/a.py`, 1), { ...init(20), file: `/repo/${side}/a.py` }, time).map(
        (profile) => {
          const builder = new ProfileBuilder();
          builder.merge(profile);
          // Seen last, and steady.
          builder.stack([{ ...init(90), file: `/repo/${side}/a.py` }], 0.1);
          return builder.profile("s", 1);
        },
      ),
    });
    const request = { baseline: of("base", 2), candidate: of("head", 4), proven: 0.3, inlining: false };
    const found = (await explainRounds(sourceFiles(), request)).culprits;
    expect(found).toMatchObject([{ name: "__init__", line: 20 }]);
  });
});
