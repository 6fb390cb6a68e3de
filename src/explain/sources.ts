import {
  decodedMappings,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import type { Files } from "../ports/index.ts";
import { definitionLine, LONG } from "./extent.ts";
import type { Frame } from "./profile.ts";

/** Where a position of compiled code comes from. */
interface Original {
  /** As the source has it, where the map tells that. */
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** The same for other lines of that compiled file, as far as they come from the same source. */
  readonly lineOf: (line: number) => number | null;
}

/** What is asked of files to read a tree. */
export type SourceFiles = Pick<Files, "readTextIfAny" | "listFolder">;

/** What names a source map at the end of compiled code. */
const MAPPING = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/m;

/** A map inside of the code itself. */
const INLINE = /^data:application\/json[^,]*;base64,(.*)$/;

/** The texts of one side's tree, each read once. What cannot be read is not there. */
export class Sources {
  readonly #files: SourceFiles;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #maps = new Map<string, Promise<TraceMap | null>>();
  /** Texts that maps hold, by the path that they say. */
  readonly #held = new Map<string, string>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** The text of a file; null where there is none. */
  text(path: string): Promise<string | null> {
    const found = this.#texts.get(path) ?? this.#files.readTextIfAny(path).catch(() => null);
    this.#texts.set(path, found);
    return found;
  }

  /** A line of a file without the spaces around it, from 1, by what a map holds of it where the file itself is not there; null where there is none. */
  async line(path: string, line: number | null): Promise<string | null> {
    if (line === null) return null;
    const text = (await this.text(path)) ?? this.#held.get(path);
    return text?.split("\n")[line - 1]?.trim() ?? null;
  }

  /** The paths in a folder that fit a pattern; none where there is no such folder. */
  async list(folder: string, pattern: string): Promise<readonly string[]> {
    const found = await this.#files.listFolder(folder, [pattern]).catch(() => null);
    return (found ?? []).map(({ path }) => path);
  }

  /** The line on which a file defines a function, from 1; null where it does not. */
  async definition(path: string, name: string): Promise<number | null> {
    const text = await this.text(path);
    return text === null ? null : definitionLine(text, name);
  }

  /** Where a function of a compiled file comes from; null where no map tells it. */
  async original(path: string, { name, line, column = 0 }: Frame): Promise<Original | null> {
    if (line === null || !/\.[cm]?js$/.test(path)) return null;
    const map = await this.#map(path);
    if (map === null) return null;
    // V8 says where a function's parameters begin: the mapping at or before that, or else the first after it.
    const at = [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND]
      .map((bias) => originalPositionFor(map, { line, column, bias } as Parameters<typeof originalPositionFor>[1]))
      .find(({ source }) => source !== null);
    if (at === undefined || at.source === null || at.line === null) return null;
    const { source } = at;
    const lines = (await this.text(path))!.split("\n");
    return {
      name: nameAt(map, lines[line - 1] ?? "", { name, line, column }),
      path: joined(path, source),
      line: at.line,
      lineOf: (other) => {
        // Which part of a line that holds many functions took its time is not known.
        if ((lines[other - 1]?.length ?? 0) > LONG) return null;
        const there = originalPositionFor(map, { line: other, column: 0, bias: LEAST_UPPER_BOUND });
        return there.source === source ? there.line : null;
      },
    };
  }

  #map(path: string): Promise<TraceMap | null> {
    const found = this.#maps.get(path) ?? this.#readMap(path);
    this.#maps.set(path, found);
    return found;
  }

  async #readMap(path: string): Promise<TraceMap | null> {
    const url = MAPPING.exec((await this.text(path)) ?? "")?.[1];
    if (url === undefined) return null;
    const inline = INLINE.exec(url)?.[1];
    const json = inline === undefined ? await this.text(joined(path, url)) : decoded(inline);
    try {
      if (json === null) return null;
      const map = new TraceMap(json);
      for (const [at, source] of map.sources.entries()) {
        const text = map.sourcesContent?.[at];
        if (source !== null && typeof text === "string") this.#held.set(joined(path, source), text);
      }
      return map;
    } catch {
      return null;
    }
  }
}

/** What may stand between a function's name and its parameters, where V8 says that it begins. */
const BETWEEN = /\s*(?:[=:]\s*(?:async\b\s*)?(?:function\b\s*\*?\s*)?)?$/;

/** The name that a function has in its source: a minifier's name is read back where the map has it. */
function nameAt(
  map: TraceMap,
  text: string,
  { name, line, column }: { readonly name: string; readonly line: number; readonly column: number },
): string {
  const before = text.slice(0, column).replace(BETWEEN, "");
  if (!before.endsWith(name)) return name;
  const at = before.length - name.length;
  const segment = decodedMappings(map)[line - 1]?.find(([start]) => start === at);
  return segment?.length === 5 ? (map.names[segment[4]] ?? name) : name;
}

/** `relative` as seen from the folder of `path`. */
function joined(path: string, relative: string): string {
  if (/^(?:[a-z]+:|\/)/i.test(relative)) return relative.replace(/^file:\/\//, "");
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function decoded(base64: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}
