import { commandKeys, type Found, type FoundSuite, folderKey, NOTHING, shellWord, suiteName } from "../found.ts";
import { folderOf, inside, named, type Repository } from "../repository.ts";

const BUILD = "build-benchgate";

/** A library of benchmarks, by the target that CMake links, how its program is called, and what a call takes. */
const LIBRARIES = [
  {
    link: /benchmark(_main)?(::benchmark(_main)?)?\b/,
    tool: "google-benchmark",
    flags:
      "--benchmark_min_time=0.1s --benchmark_filter={benchmarks} --benchmark_out=$BENCHGATE_OUTPUT --benchmark_out_format=json",
    about: "No repetitions: Benchgate repeats whole rounds. {benchmarks} stands for those that are not decided yet.",
  },
  {
    link: /Catch2(::Catch2\w*)?\b/,
    tool: "catch2",
    flags: "'[!benchmark]' -r xml --benchmark-samples 50",
    about: "The benchmarks among the tests.",
  },
  { link: /nanobench(::nanobench)?\b/, tool: "nanobench", flags: "", about: "It must render JSON to stdout." },
] as const;

/** Benchmark programs of C and C++, built by CMake. */
export function detectNative(repository: Repository): Found {
  const folders = named(repository, /^CMakeLists\.txt$/).map(folderOf);
  const root = folders.includes("") ? "" : null;
  const found = folders.flatMap((folder) => programsOf(repository, folder, root ?? folder));
  if (found.length === 0) return NOTHING;
  const roots = [...new Set(found.map(({ root }) => root))];
  return {
    suites: found.map(({ suite }) => suite),
    setup: roots.map((folder) => ({
      folder,
      line: `cmake -S . -B ${BUILD} -DCMAKE_BUILD_TYPE=Release && cmake --build ${BUILD} --parallel 2 --target ${found
        .filter((each) => each.root === folder)
        .map(({ target }) => shellWord(target))
        .join(" ")}`,
      about: "builds the benchmarks, with optimisation",
    })),
    runtimes: [],
    notes: [],
  };
}

interface Program {
  readonly suite: FoundSuite;
  readonly target: string;
  readonly root: string;
}

function programsOf(repository: Repository, folder: string, root: string): readonly Program[] {
  const text = (repository.text(inside(folder, "CMakeLists.txt")) ?? "").replace(/#.*$/gm, "");
  const executables = [...text.matchAll(/add_executable\s*\(\s*([\w.-]+)/g)].map(([, name]) => name!);
  return executables.flatMap((target) => {
    const links = [...text.matchAll(/target_link_libraries\s*\(\s*([\w.-]+)([^)]*)\)/g)]
      .filter(([, name]) => name === target)
      .map(([, , what]) => what!)
      .join(" ");
    const library = LIBRARIES.find(({ link }) => link.test(links));
    if (library === undefined || (library.tool === "catch2" && !/bench/i.test(target))) return [];
    const program = `"$(find ${BUILD} -name ${shellWord(target)} -type f | head -n 1)"`;
    return [
      {
        target,
        root,
        suite: {
          name: suiteName(target, "bench"),
          why: `${inside(folder, "CMakeLists.txt")} links ${target} with ${library.tool}`,
          keys: [...folderKey(root), ...commandKeys(`${program} ${library.flags}`.trim(), library.tool, library.about)],
        },
      },
    ];
  });
}
