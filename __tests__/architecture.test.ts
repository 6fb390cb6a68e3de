import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** The rooms of pure functions, and those that reach the world through ports alone. */
const CORE = [
  "model",
  "stats",
  "judge",
  "codec",
  "config",
  "adapters",
  "report",
  "baseline",
  "explain",
  "measure",
  "init",
];
const USE_CASES = [...CORE, "gate"];

/** Who may import whom, and nothing else: the table of CONTRIBUTING.md, with packages. `types` are imports that vanish. */
const ROOMS: Readonly<
  Record<string, { rooms: readonly string[]; types?: readonly string[]; packages: readonly string[] }>
> = {
  model: { rooms: [], packages: [] },
  stats: { rooms: ["model"], packages: ["simple-statistics"] },
  judge: { rooms: ["model", "stats"], packages: [] },
  codec: { rooms: ["model"], packages: ["zod", "jsonc-parser", "pako", "hyparquet-writer"] },
  config: { rooms: ["model"], packages: ["yaml", "zod"] },
  adapters: { rooms: ["model", "codec"], packages: ["saxes"] },
  report: { rooms: ["model"], packages: ["markdown-table"] },
  // The program inside the HTML report: it runs in browsers.
  browser: { rooms: ["model", "report"], packages: ["uplot"] },
  // What a repository says of its benchmarks, and the files that `benchgate init` writes.
  init: { rooms: ["model", "config"], packages: [] },
  ports: { rooms: [], types: ["model"], packages: [] },
  baseline: { rooms: ["model", "stats", "codec"], types: ["ports"], packages: [] },
  explain: {
    rooms: ["model", "stats", "codec"],
    types: ["ports"],
    packages: ["pprof-format", "@jridgewell/trace-mapping"],
  },
  measure: { rooms: ["model", "stats", "judge", "adapters", "explain"], types: ["ports"], packages: [] },
  gate: { rooms: CORE, types: ["ports"], packages: [] },
  // `parseArgs` is a pure function of a command line.
  cli: { rooms: USE_CASES, types: ["ports"], packages: ["node:util"] },
  action: { rooms: USE_CASES, types: ["ports"], packages: [] },
  io: { rooms: ["model"], types: ["ports"], packages: ["@actions/core", "@actions/github", "tinyglobby", "node:"] },
  harness: { rooms: [], types: ["model"], packages: ["tinybench", "node:"] },
  // The entries alone know the world: they hand it to the use cases.
  "action.ts": { rooms: ["action", "io"], packages: [] },
  "cli.ts": { rooms: ["cli", "io", "version"], packages: [] },
  // The manifest, one folder up.
  version: { rooms: [".."], packages: [] },
};

interface Arrow {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The imported file, in `src`; null for a package. */
  readonly target: string | null;
  readonly typeOnly: boolean;
}

const ARROWS = sourceFiles(SRC).flatMap(importsOf);

describe("the import table of the architecture", () => {
  it("knows every room of src", () => {
    expect([...new Set(ARROWS.map(({ from }) => from))].filter((room) => !(room in ROOMS))).toEqual([]);
  });

  it.each(Object.keys(ROOMS))("%s imports only what it may", (room) => {
    const { rooms, types = [], packages } = ROOMS[room]!;
    const allowed = ({ to, typeOnly }: Arrow) =>
      to === room ||
      rooms.includes(to) ||
      (typeOnly && types.includes(to)) ||
      packages.some((name) => to === name || to.startsWith(name.endsWith(":") ? name : `${name}/`));
    expect(ARROWS.filter((arrow) => arrow.from === room && !allowed(arrow))).toEqual([]);
  });

  it("has no circle between files, not even of types", () => {
    expect(circlesIn(ARROWS)).toEqual([]);
    const circle = [
      ["a", "b"],
      ["b", "c"],
      ["c", "b"],
    ].map(([file, target]) => ({ ...ARROWS[0]!, file: file!, target: target! }));
    expect(circlesIn(circle)).toEqual(["b → c → b"]);
  });

  it("finds nothing at the root of src but the entries, the use case and the version", () => {
    const files = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual(["action.ts", "cli.ts", "gate.ts", "version.ts"]);
  });

  it("has no folder of more than 40 files, but for the tools: a newcomer must be able to read a list of names", () => {
    const sizes = new Map<string, number>();
    for (const file of sourceFiles(SRC)) {
      const folder = relative(SRC, dirname(file));
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
    expect([...sizes].filter(([folder, size]) => size > 40 && folder !== join("adapters", "tools"))).toEqual([]);
  });

  it("sees arrows: an empty list would prove nothing", () => {
    expect(ARROWS.length).toBeGreaterThan(100);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path));
}

/** Static, dynamic and re-exporting imports. `import type` and imports whose every name is a type count as types. */
function importsOf(file: string): Arrow[] {
  const text = readFileSync(file, "utf8");
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:([^;"']*?)\s+from\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const names =
      match[3]
        ?.match(/\{([^}]*)\}/)?.[1]
        ?.split(",")
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    const allTypes = names.length > 0 && names.every((name) => name.startsWith("type "));
    const name = match[4] ?? match[5]!;
    const target = name.startsWith(".") ? relative(SRC, normalize(join(dirname(file), name))) : null;
    return {
      file: relative(SRC, file),
      from: roomOf(relative(SRC, file)),
      to: target === null ? name : roomOf(target),
      target,
      typeOnly: match[2] !== undefined || allTypes,
    };
  });
}

/** Every circle of imports, from the file where it is entered first. */
function circlesIn(arrows: readonly Arrow[]): readonly string[] {
  const imports = new Map<string, string[]>();
  for (const { file, target } of arrows) {
    if (target !== null) imports.set(file, [...(imports.get(file) ?? []), target]);
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const begun = path.indexOf(file);
    if (begun >= 0) circles.push([...path.slice(begun), file].join(" → "));
    if (begun >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

function roomOf(path: string): string {
  const [room, ...below] = path.split(sep);
  // The entries carry the names of the rooms that they start.
  return below.length === 0 && (room === "action.ts" || room === "cli.ts") ? room : room!.replace(/\.ts$/, "");
}
