import { commandKeys, type Found, type FoundSuite, folderKey, NOTHING, suiteName } from "../found.ts";
import { filesOf, folderOf, inside, named, type Repository, within } from "../repository.ts";

const BENCHMARK = /^func Benchmark\w*\s*\(\s*\w+\s+\*testing\.B\s*\)/m;

/** Benchmarks of Go modules. */
export function detectGo(repository: Repository): Found {
  const folders = named(repository, /^go\.mod$/).map(folderOf);
  const suites = folders.flatMap((folder) => moduleOf(repository, folder, folders));
  return suites.length === 0 ? NOTHING : { suites, setup: [], runtimes: ["go"], notes: [] };
}

function moduleOf(repository: Repository, folder: string, folders: readonly string[]): readonly FoundSuite[] {
  const files = filesOf(repository, folder, folders).filter(
    (path) => path.endsWith("_test.go") && BENCHMARK.test(repository.text(path) ?? ""),
  );
  if (files.length === 0) return [];
  const packages = [...new Set(files.map((path) => within(folder, folderOf(path))))];
  // Each package is compiled: those without benchmarks need not be.
  const which = packages.length > 8 ? "./..." : packages.map((path) => (path === "" ? "." : `./${path}`)).join(" ");
  const named = /^module\s+\S*?([^/\s]+)\s*$/m.exec(repository.text(inside(folder, "go.mod")) ?? "");
  const run = (time: string) => `go test -run '^$' -bench {benchmarks} -benchmem -benchtime ${time} ${which}`;
  return [
    {
      name: suiteName(named?.[1] ?? folder, "go"),
      why: `${files[0]} has benchmarks`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(
          run("100ms"),
          "go",
          "{benchmarks} stands for those that are not decided yet. No -count: Benchgate repeats whole rounds.",
        ),
      ],
      shorter: { run: run("10ms") },
    },
  ];
}
