import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundSuite,
  folderKey,
  NOTHING,
  shellWord,
  suiteName,
} from "../found.ts";
import { filesOf, folderOf, inside, named, nearestFolder, type Repository, within } from "../repository.ts";

interface BenchTarget {
  readonly name: string;
  readonly path: string;
  readonly library: "criterion" | "divan" | "gungraun" | "libtest" | null;
}

/** Benchmarks of Cargo packages. */
export function detectRust(repository: Repository): Found {
  const folders = named(repository, /^Cargo\.toml$/).map(folderOf);
  const found = folders
    .map((folder) => packageOf(repository, folder, folders))
    .filter(({ suites }) => suites.length > 0);
  if (found.length === 0) return NOTHING;
  return {
    suites: found.flatMap(({ suites }) => suites),
    setup: found.map(({ folder, suites }) => ({
      folder,
      line: `cargo ${suites.some(isNightly) ? "+nightly " : ""}bench --no-run`,
      about: "builds the benchmarks, once a side",
    })),
    runtimes: ["rust"],
    notes: [],
  };
}

/** Whether a suite runs libtest's benches, which the stable compiler refuses. */
function isNightly({ keys }: FoundSuite): boolean {
  return keys.some(({ key, value }) => key === "tool" && value === "libtest");
}

function packageOf(repository: Repository, folder: string, folders: readonly string[]) {
  const targets = targetsOf(repository, folder, folders);
  const name = suiteName(packageName(repository, folder), "rust");
  const criterion = targets.filter(({ library }) => library === "criterion");
  const others = targets.filter(({ library }) => library !== "criterion" && library !== null);
  // A workspace builds into one folder at its root: that is where its packages are run from.
  const root = workspaceOf(repository, folder, folders);
  const cargo = root === folder ? "bench" : `bench -p ${shellWord(packageName(repository, folder))}`;
  const suites: FoundSuite[] = [];
  if (criterion.length > 0) {
    const which = criterion.map((each) => `--bench ${shellWord(each.name)}`).join(" ");
    const run = (times: string) =>
      `rm -rf target/criterion && cargo ${cargo} ${which} -- --noplot ${times} {benchmarks}`;
    suites.push({
      name,
      why: `${criterion[0]!.path} uses Criterion`,
      keys: [
        ...folderKey(root),
        ...commandKeys(
          run("--warm-up-time 0.5 --measurement-time 1"),
          "criterion",
          "Short rounds, many of them: what varies from one process to the next decides.",
        ),
        outputKey("target/criterion"),
      ],
      shorter: { run: run("--warm-up-time 0.05 --measurement-time 0.1 --sample-size 10 --nresamples 1001") },
    });
  }
  for (const { name: bench, path, library } of others) {
    const more = library === "gungraun" ? " -- --output-format=json" : "";
    suites.push({
      name: suiteName(`${name}-${bench}`, bench),
      why: `${path} uses ${library === "libtest" ? "libtest's Bencher" : library}`,
      keys: [
        ...folderKey(root),
        ...commandKeys(
          `cargo ${library === "libtest" ? "+nightly " : ""}${cargo} --bench ${shellWord(bench)}${more}`,
          library!,
          "One round of this target.",
        ),
      ],
    });
  }
  return { folder, suites };
}

function outputKey(value: string): FoundKey {
  return { key: "output", value, about: "Criterion leaves a folder of results." };
}

function targetsOf(repository: Repository, folder: string, folders: readonly string[]): readonly BenchTarget[] {
  const toml = manifest(repository, folder);
  const declared = toml
    .split(/^\s*\[\[bench\]\]/m)
    .slice(1)
    .map((section) => section.split(/^\s*\[/m)[0]!);
  const names = new Map(
    declared.flatMap((section) => {
      const name = /^\s*name\s*=\s*"([^"]+)"/m.exec(section)?.[1];
      const path = /^\s*path\s*=\s*"([^"]+)"/m.exec(section)?.[1];
      return name === undefined ? [] : [[path ?? `benches/${name}.rs`, name] as const];
    }),
  );
  const files = filesOf(repository, folder, folders);
  return files.flatMap((path) => {
    const relative = within(folder, path);
    const own = names.get(relative) ?? names.get(relative.replace(/\/main\.rs$/, ".rs"));
    const name = own ?? /^benches\/([^/]+)(?:\/main)?\.rs$/.exec(relative)?.[1];
    if (name === undefined) return [];
    return [{ name, path, library: libraryOf(repository.text(path) ?? "") }];
  });
}

function libraryOf(text: string): BenchTarget["library"] {
  if (/\b(codspeed_)?criterion(_compat)?\b::|\bcriterion_main!/.test(text)) return "criterion";
  if (/\bdivan::/.test(text)) return "divan";
  if (/\b(iai_callgrind|gungraun)::/.test(text)) return "gungraun";
  if (/\btest::Bencher\b|\bfeature\(test\)/.test(text)) return "libtest";
  return null;
}

/** The root of the workspace that a package belongs to; its own folder where it is none's. */
function workspaceOf(repository: Repository, folder: string, folders: readonly string[]): string {
  const isWorkspace = (each: string) => /^\s*\[workspace\]/m.test(manifest(repository, each));
  return nearestFolder(folders.filter(isWorkspace), folder) ?? folder;
}

function packageName(repository: Repository, folder: string): string {
  return /^\s*name\s*=\s*"([^"]+)"/m.exec(manifest(repository, folder))?.[1] ?? folder;
}

function manifest(repository: Repository, folder: string): string {
  return repository.text(inside(folder, "Cargo.toml")) ?? "";
}
