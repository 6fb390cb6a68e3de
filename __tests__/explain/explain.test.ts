import { describe, expect, it } from "vitest";
import { type ExplainRequest, explainRounds } from "../../src/explain/explain.ts";
import { type Frame, type Profile, ProfileBuilder } from "../../src/explain/profile.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { rounds, sourceFiles, TREES } from "./fixtures.ts";

const real = {
  baseline: { rounds: rounds("base"), tree: TREES.base },
  candidate: { rounds: rounds("head"), tree: TREES.head },
  proven: 0.15,
  inlining: false,
};

const explain = (request: Partial<ExplainRequest> = {}, texts: Readonly<Record<string, string | null>> = {}) =>
  explainRounds(sourceFiles(texts), { ...real, ...request });

describe("profiled rounds of a module whose `fold` normalises on the head", () => {
  it("name it first, with its line, its share and that it is changed here", async () => {
    const found = await explain();
    expect(found).toMatchObject({ unit: "s", per: "operation", rounds: 5, waits: false });
    expect(found.culprits).toHaveLength(1);
    const [fold] = found.culprits;
    expect(fold).toMatchObject({ name: "fold", file: "src/lex.mjs", line: 3, origin: { kind: "changed" } });
    expect(fold!.share.value).toBeGreaterThan(0.1);
    expect(fold!.share.lower).toBeGreaterThan(0);
    expect(fold!.share.level).toBeGreaterThan(0.95);
    expect(fold!.candidate).toBeGreaterThan(10 * fold!.baseline);
  });

  it("say that the change is above it, where only its caller is changed", async () => {
    const text =
      "export function fold(word) {\n  return word.toLowerCase();\n}\nexport function index(words) {\n  return fold(words);\n}\n";
    const head =
      "\nexport function fold(word) {\n  return word.toLowerCase();\n}\nexport function index(words) {\n  return fold(words, 1);\n}\n";
    const { culprits } = await explain({}, { "/repo/base/src/lex.mjs": text, "/repo/head/src/lex.mjs": head });
    expect(culprits[0]).toMatchObject({
      name: "fold",
      origin: { kind: "called-by", caller: { name: "index", file: "src/lex.mjs", line: 5 } },
    });
  });

  it("say which line of its file is changed, where no function is", async () => {
    const lines = ["const X = 1;", "export function fold(word) {", "  return RULE.test(word);", "}", "", ""];
    const { culprits } = await explain(
      {},
      {
        "/repo/base/src/lex.mjs": `const X = 0;\n${lines.slice(1).join("\n")}`,
        "/repo/head/src/lex.mjs": lines.join("\n"),
      },
    );
    expect(culprits[0]).toMatchObject({ name: "fold", origin: { kind: "same-file", line: 1 } });
  });

  it("say that nothing explains it, where no text is changed", async () => {
    const text = "\nexport function fold(word) {\n  return word;\n}\nexport function index(words) {\n}\n";
    const { culprits } = await explain({}, { "/repo/base/src/lex.mjs": text, "/repo/head/src/lex.mjs": text });
    expect(culprits[0]).toMatchObject({ name: "fold", origin: { kind: "unexplained" } });
  });

  it("name nothing in the other direction, nor beside themselves, nor with four rounds", async () => {
    expect((await explain({ baseline: real.candidate, candidate: real.baseline })).culprits).toEqual([]);
    expect((await explain({ candidate: real.baseline, proven: 0 })).culprits).toEqual([]);
    const four = { ...real.candidate, rounds: real.candidate.rounds.slice(1) };
    expect((await explain({ candidate: four })).culprits).toEqual([]);
  });

  it("give a call tree of both sides, whose sums are what the sides took", async () => {
    const { flame } = await explain();
    const names = flame.nodes.map(([frame]) => flame.frames[frame]!.name);
    expect(names[0]).toBe("all");
    const fold = flame.nodes[names.indexOf("fold")]!;
    expect(flame.frames[flame.nodes[fold[1]]![0]]!.name).toBe("index");
    for (const side of [2, 3] as const) {
      const profiles = side === 2 ? rounds("base") : rounds("head");
      const took = profiles.flatMap(({ nodes, runs }) => nodes.map(({ weight }) => weight / runs! / profiles.length));
      const sum = flame.nodes.reduce((all, node) => all + node[side], 0);
      expect(sum / took.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
    }
  });
});

/** What functions take in µs, and how rounds scatter around it. */
type Times = Readonly<Record<string, number>>;

const frame = (name: string, file = "/repo/base/src/a.mjs"): Frame => ({ name, file, line: 1, owner: "code" });

/** Rounds in which every function scatters by itself, and all of them with the machine. */
function simulated(
  times: Times,
  seed: number,
  side: "base" | "head",
  noise = { each: 0.05, all: 0.2 },
): readonly Profile[] {
  const random = xoshiro128(seed);
  return Array.from({ length: 5 }, () => {
    const speed = Math.exp(noise.all * gaussian(random));
    const builder = new ProfileBuilder();
    for (const [name, time] of Object.entries(times)) {
      const weight = time * 1e-6 * speed * Math.exp(noise.each * gaussian(random));
      const idle: Frame = { name, file: null, line: null, owner: "runtime" };
      builder.stack([name.startsWith("(") ? idle : frame(name, `/repo/${side}/src/a.mjs`)], weight);
    }
    return builder.profile("s", 1);
  });
}

function simulate(before: Times, after: Times, seed: number, proven: number) {
  return explain({
    baseline: { rounds: simulated(before, 2 * seed, "base"), tree: TREES.base },
    candidate: { rounds: simulated(after, 2 * seed + 1, "head"), tree: TREES.head },
    proven,
  });
}

const USUAL: Times = { parse: 30, scan: 20, emit: 15, index: 10, render: 8, hash: 7, join: 5, tidy: 5 };

describe("what noise could have made", () => {
  it("is named in at most 5 of 200 pairs of equal sides, whose machine changes speed by a fifth", async () => {
    let named = 0;
    for (let seed = 0; seed < 200; seed++) named += (await simulate(USUAL, USUAL, seed, 0)).culprits.length > 0 ? 1 : 0;
    expect(named).toBeLessThanOrEqual(5);
  });

  it("hides no function that takes twice as long, and no other is named before it", async () => {
    for (let seed = 0; seed < 40; seed++) {
      const { culprits } = await simulate(USUAL, { ...USUAL, emit: 30 }, seed, 0.15);
      expect(culprits[0]?.name, `seed ${seed}`).toBe("emit");
    }
  });
});

describe("a change that functions share", () => {
  it("names them all, and names none where together they are too little of it", async () => {
    const after = { ...USUAL, emit: 24, index: 18 };
    const found = await simulate(USUAL, after, 1, 0.35);
    expect(found.culprits.map(({ name }) => name).sort()).toEqual(["emit", "index"]);
    expect((await simulate(USUAL, after, 1, 0.9)).culprits).toEqual([]);
  });
});

describe("a change in most of the time", () => {
  it("is not taken for the machine's", async () => {
    const { culprits } = await explain({
      baseline: { rounds: simulated({ parse: 80, scan: 20 }, 1, "base", { each: 0.02, all: 0.02 }), tree: TREES.base },
      candidate: {
        rounds: simulated({ parse: 200, scan: 20 }, 2, "head", { each: 0.02, all: 0.02 }),
        tree: TREES.head,
      },
      proven: 1.2,
    });
    expect(culprits.map(({ name }) => name)).toEqual(["parse"]);
  });
});

describe("a benchmark that waits", () => {
  it("is said to wait, and no function is blamed for it", async () => {
    const found = await simulate({ ...USUAL, "(idle)": 100 }, { ...USUAL, "(idle)": 200 }, 3, 0.5);
    expect(found).toMatchObject({ waits: true, culprits: [] });
  });
});

describe("functions", () => {
  const two = (before: Frame, after: Frame) => {
    const rounds = (side: Frame, time: number) =>
      [1, 2, 3, 4, 5].map((round): Profile => {
        const builder = new ProfileBuilder();
        builder.stack([side], time * (1 + round / 100));
        builder.stack([frame("other", side.file!.replace(/[^/]+$/, "b.mjs"))], 3 + round / 100);
        return builder.profile("s", 1);
      });
    return {
      baseline: { rounds: rounds(before, 1), tree: TREES.base },
      candidate: { rounds: rounds(after, 1), tree: TREES.head },
      proven: 0.2,
    };
  };

  it("that are moved to another file are the same", async () => {
    const moved = two(frame("parse", "/repo/base/src/old.mjs"), frame("parse", "/repo/head/lib/new.mjs"));
    expect((await explain(moved)).culprits).toEqual([]);
  });

  it("that are only renamed are the same", async () => {
    const body = "(text) {\n  return text.split(',').map((part) => part.trim());\n}\n";
    const renamed = two(frame("parse", "/repo/base/src/x.mjs"), frame("parseList", "/repo/head/src/x.mjs"));
    const texts = {
      "/repo/base/src/x.mjs": `function parse${body}`,
      "/repo/head/src/x.mjs": `function parseList${body}`,
    };
    expect((await explain(renamed, texts)).culprits).toEqual([]);
  });

  it("that are new in earnest are named", async () => {
    const fresh = two(frame("parse", "/repo/base/src/x.mjs"), frame("parseAll", "/repo/head/src/x.mjs"));
    const texts = {
      "/repo/base/src/x.mjs": "function parse() {\n  return list.map(String);\n}\n",
      "/repo/head/src/x.mjs": "function parseAll() {\n  for (const a of b) for (const c of d) f(a, c);\n}\n",
    };
    expect((await explain(fresh, texts)).culprits).toMatchObject([{ name: "parseAll", origin: { kind: "changed" } }]);
  });

  it("of a dependency are named with its versions, wherever the package manager put it", async () => {
    const at = (side: string, version: string) =>
      `/repo/${side}/node_modules/.pnpm/slug@${version}/node_modules/slug/index.js`;
    const builders = (side: string, version: string, time: number) =>
      [1, 2, 3, 4, 5].map((round): Profile => {
        const builder = new ProfileBuilder();
        builder.stack(
          [frame("title", `/repo/${side}/src/a.mjs`), frame("slug", at(side, version))],
          time * (1 + round / 100),
        );
        builder.stack([frame("other", `/repo/${side}/src/a.mjs`)], 3 + round / 100);
        return builder.profile("s", 1);
      });
    const manifest = (side: string, version: string) => at(side, version).replace("index.js", "package.json");
    const { culprits } = await explain(
      {
        baseline: { rounds: builders("base", "1.2.0", 1), tree: TREES.base },
        candidate: { rounds: builders("head", "1.3.0", 2), tree: TREES.head },
        proven: 0.2,
      },
      { [manifest("base", "1.2.0")]: '{"version":"1.2.0"}', [manifest("head", "1.3.0")]: '{"version":"1.3.0"}' },
    );
    expect(culprits).toMatchObject([
      { name: "slug", dependency: "slug", origin: { kind: "dependency", name: "slug", from: "1.2.0", to: "1.3.0" } },
    ]);
  });

  it("that only call one that stands out more are not named beside it, unless they are changed themselves", async () => {
    const builders = (side: string, time: number) =>
      [1, 2, 3, 4, 5].map((round): Profile => {
        const builder = new ProfileBuilder();
        const [op, unique] = [frame("op", `/repo/${side}/src/op.mjs`), frame("unique", `/repo/${side}/src/unique.mjs`)];
        builder.stack([op], 0.4 * time * (1 + round / 100));
        builder.stack([op, unique], time * (1 + round / 100));
        builder.stack([frame("other", `/repo/${side}/src/a.mjs`)], 3 + round / 100);
        return builder.profile("s", 1);
      });
    const sides = {
      baseline: { rounds: builders("base", 1), tree: TREES.base },
      candidate: { rounds: builders("head", 2), tree: TREES.head },
      proven: 0.3,
    };
    const same = { "/repo/base/src/op.mjs": "function op() {}\n", "/repo/head/src/op.mjs": "function op() {}\n" };
    const changed = { ...same, "/repo/head/src/op.mjs": "function op() { again(); }\n" };
    const names = async (texts: Readonly<Record<string, string>>) =>
      (await explain(sides, texts)).culprits.map(({ name }) => name);
    expect(await names(same)).toEqual(["unique"]);
    expect(await names(changed)).toEqual(["unique", "op"]);
  });

  it("of the runtime count for who called them, and are told as the way", async () => {
    const builders = (side: string, time: number) =>
      [1, 2, 3, 4, 5].map((round): Profile => {
        const builder = new ProfileBuilder();
        const read: Frame = { name: "readFileUtf8", file: null, line: null, owner: "runtime" };
        builder.stack([frame("settings", `/repo/${side}/src/a.mjs`), read], time * (1 + round / 100));
        builder.stack([frame("other", `/repo/${side}/src/a.mjs`)], 3 + round / 100);
        return builder.profile("s", 1);
      });
    const { culprits } = await explain({
      baseline: { rounds: builders("base", 1), tree: TREES.base },
      candidate: { rounds: builders("head", 2), tree: TREES.head },
      proven: 0.2,
    });
    expect(culprits).toMatchObject([{ name: "settings", by: ["readFileUtf8"] }]);
  });

  it("that nobody's code called count as one, and are told only where nothing else is, or where they collect garbage", async () => {
    const named = async (root: string, fold: number) => {
      const sides = (side: string, own: number, idle: number) =>
        [1, 2, 3, 4, 5].map((round): Profile => {
          const builder = new ProfileBuilder();
          const inside = (name: string): Frame => ({ name, file: null, line: null, owner: "runtime" });
          builder.stack([frame("fold", `/repo/${side}/lex.go`)], own * (1 + round / 100));
          builder.stack([frame("other", `/repo/${side}/lex.go`)], 3 + round / 100);
          builder.stack([inside(root), inside("runtime.lock2")], idle * (1 + round / 100));
          builder.stack([inside(root), inside("runtime.unlock2")], idle * (1 + round / 100));
          return builder.profile("s", 1);
        });
      const { culprits } = await explain({
        baseline: { rounds: sides("base", 1, 0.5), tree: TREES.base },
        candidate: { rounds: sides("head", fold, 1), tree: TREES.head },
        proven: 0.2,
      });
      return culprits.map(({ name }) => name);
    };
    expect(await named("runtime.mcall", 2)).toEqual(["fold"]);
    expect(await named("runtime.mcall", 1)).toEqual(["runtime.mcall"]);
    expect((await named("runtime.gcBgMarkWorker", 2)).toSorted()).toEqual(["fold", "runtime.gcBgMarkWorker"]);
  });
});
