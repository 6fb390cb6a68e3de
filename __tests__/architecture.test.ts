import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** Who may import whom, and nothing else: the table of CONTRIBUTING.md, with packages. `types` are imports that vanish. */
const ROOMS: Readonly<
  Record<string, { rooms: readonly string[]; types?: readonly string[]; packages: readonly string[] }>
> = {
  model: { rooms: [], packages: [] },
  stats: { rooms: ["model"], packages: ["simple-statistics"] },
  judge: { rooms: ["model", "stats"], packages: [] },
  codec: { rooms: ["model"], packages: ["zod", "jsonc-parser", "pako"] },
  config: { rooms: ["model"], packages: ["yaml", "zod"] },
  adapters: { rooms: ["model", "codec"], packages: ["saxes", "jsonc-parser"] },
  report: { rooms: ["model"], packages: ["markdown-table"] },
  // The program inside the HTML report: it runs in browsers.
  browser: { rooms: ["model", "report"], packages: ["uplot"] },
  ports: { rooms: [], types: ["model"], packages: [] },
  baseline: { rooms: ["model", "stats", "codec"], types: ["ports"], packages: [] },
  measure: { rooms: ["model", "stats", "judge", "adapters"], types: ["ports"], packages: [] },
  gate: {
    rooms: ["model", "stats", "judge", "config", "adapters", "report", "baseline", "measure", "codec"],
    types: ["ports"],
    packages: [],
  },
  cli: {
    rooms: ["model", "judge", "config", "adapters", "report", "baseline", "measure", "codec", "gate", "io"],
    types: ["ports"],
    // `parseArgs` is a pure function of a command line.
    packages: ["node:util"],
  },
  // What the workflow step and the command line share still stands in cli.
  action: {
    rooms: ["model", "judge", "config", "adapters", "report", "baseline", "measure", "codec", "gate", "io", "cli"],
    types: ["ports"],
    packages: [],
  },
  io: { rooms: ["model"], types: ["ports"], packages: ["@actions/core", "@actions/github", "tinyglobby", "node:"] },
  harness: { rooms: [], types: ["model"], packages: ["tinybench", "node:"] },
  "action.ts": { rooms: ["action"], packages: [] },
  "cli.ts": { rooms: ["cli", "version"], packages: [] },
  // The manifest, one folder up.
  version: { rooms: [".."], packages: [] },
};

interface Arrow {
  readonly file: string;
  readonly from: string;
  readonly to: string;
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
    const target = match[4] ?? match[5]!;
    return {
      file: relative(SRC, file),
      from: roomOf(relative(SRC, file)),
      to: target.startsWith(".") ? roomOf(relative(SRC, normalize(join(dirname(file), target)))) : target,
      typeOnly: match[2] !== undefined || allTypes,
    };
  });
}

function roomOf(path: string): string {
  const [room, ...below] = path.split(sep);
  // The entries carry the names of the rooms that they start.
  return below.length === 0 && (room === "action.ts" || room === "cli.ts") ? room : room!.replace(/\.ts$/, "");
}
