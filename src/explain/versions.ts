import { type PlacedFrame, relative, type Tree } from "./place.ts";
import type { Sources } from "./sources.ts";

/** The versions of the dependencies that one side has. */
export class Versions {
  readonly #sources: Sources;
  readonly #tree: Tree;
  readonly #met = new Map<string, PlacedFrame>();

  /** @param frames what its profiles have met. */
  constructor(sources: Sources, tree: Tree, frames: Iterable<PlacedFrame>) {
    this.#sources = sources;
    this.#tree = tree;
    for (const frame of frames) {
      const { dependency } = frame.place;
      if (dependency !== undefined && !this.#met.has(dependency)) this.#met.set(dependency, frame);
    }
  }

  /**
   * The version of the dependency that a function seen in another tree belongs to: of the copy in the same folder, for a tree may hold several, or else of the
   * one that this side was seen to use. Null where there is none, or nothing tells.
   */
  async like(frame: PlacedFrame, tree: Tree): Promise<string | null> {
    const inside = relative(frame.folder!, tree);
    const same = inside === frame.folder ? null : await this.of({ ...frame, folder: `${this.#tree.root}/${inside}` });
    return same ?? (await this.met(frame.place.dependency!));
  }

  /** The version of the dependency that this side was seen to use; null where it was not. */
  async met(dependency: string): Promise<string | null> {
    const frame = this.#met.get(dependency);
    return frame === undefined ? null : this.of(frame);
  }

  /** The version of the dependency that a function of this side belongs to; null where nothing tells. */
  async of({ version, folder, place }: PlacedFrame): Promise<string | null> {
    return version ?? (await this.#npm(folder!)) ?? (await this.#python(folder!, place.dependency!));
  }

  async #npm(folder: string): Promise<string | null> {
    try {
      const { version } = JSON.parse((await this.#sources.text(`${folder}/package.json`)) ?? "{}");
      return typeof version === "string" ? version : null;
    } catch {
      return null;
    }
  }

  /** The distribution whose record of installed files has the module: it may have another name (`yaml` is PyYAML's). */
  async #python(folder: string, module: string): Promise<string | null> {
    const packages = /^.*\/(?:site|dist)-packages(?=\/|$)/.exec(folder)?.[0];
    if (packages === undefined) return null;
    const records = await this.#sources.list(packages, "*.dist-info/RECORD");
    const named = records.filter((path) => path.toLowerCase().startsWith(`${module.toLowerCase()}-`));
    for (const path of [...named, ...records]) {
      const text = (await this.#sources.text(`${packages}/${path}`)) ?? "";
      if (!`\n${text}`.includes(`\n${module}/`) && !`\n${text}`.includes(`\n${module}.py,`)) continue;
      return /-([^-]+)\.dist-info\/RECORD$/.exec(path)?.[1] ?? null;
    }
    return null;
  }
}
