import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundSuite,
  fileByFile,
  folderKey,
  NOTHING,
  shellWord,
  suiteName,
} from "../found.ts";
import { filesOf, folderOf, inside, named, type Repository, within } from "../repository.ts";
import { hasOwnOptions } from "./pyproject.ts";
import { PYTHON, setupOf } from "./python-environment.ts";

const PROJECT = /^(pyproject\.toml|setup\.py|setup\.cfg|asv\.conf\.json|requirements[^/]*\.txt)$/;

/** Benchmarks of Python projects: pytest-benchmark, pyperf and asv. */
export function detectPython(repository: Repository): Found {
  const folders = [...new Set(["", ...named(repository, PROJECT).map(folderOf)])];
  const found = folders.map((folder) => projectOf(repository, folder, folders));
  const suites = found.flatMap(({ suites }) => suites);
  const notes = found.flatMap((each) => each.notes);
  if (suites.length === 0) return { ...NOTHING, notes };
  return { suites, setup: found.flatMap(({ setup }) => setup), runtimes: ["python"], notes };
}

function projectOf(repository: Repository, folder: string, folders: readonly string[]) {
  const files = filesOf(repository, folder, folders).filter((path) => path.endsWith(".py"));
  const own = files.map((path) => ({ path, text: repository.text(path) ?? "" }));
  const name = suiteName(projectName(repository, folder), suiteName(folder, "python"));
  const pytest = own.filter(({ text }) => /^[ \t]*(async\s+)?def\s+test\w*\([^)]*\bbenchmark\b/m.test(text));
  const pyperf = own.filter(({ text }) => /^[ \t]*(import|from)\s+pyperf\b/m.test(text) && /\bRunner\(/.test(text));
  const asv = repository.text(inside(folder, "asv.conf.json"));
  const suites: FoundSuite[] = [];
  if (pytest.length > 0) {
    const settings = ["pyproject.toml", "setup.cfg"].map((file) => repository.text(inside(folder, file)) ?? "");
    const own = hasOwnOptions(settings.join("\n")) ? " -o addopts=" : "";
    const run = (paths: readonly string[], time: string) =>
      `${PYTHON} -m pytest -q${own} --benchmark-only --benchmark-max-time=${time} --benchmark-json=$BENCHGATE_OUTPUT -k {benchmarks} ${paths.map((path) => shellWord(within(folder, path))).join(" ")}`;
    const suiteOf = (paths: readonly string[], name: string): FoundSuite => ({
      name,
      why: `${paths[0]} uses the fixture of pytest-benchmark`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(
          run(paths, "0.2"),
          "pytest-benchmark",
          "Short rounds, many of them; {benchmarks} stands for those that are not decided yet.",
        ),
        ...pathKey(files, folder),
      ],
      shorter: { run: run(paths, "0.02 --benchmark-min-rounds=3") },
    });
    suites.push(fileByFile(pytest, name, suiteOf));
  }
  for (const { path } of pyperf) {
    const file = within(folder, path);
    const run = (times: string) =>
      `${PYTHON} ${shellWord(file)} ${times} --inherit-environ=PYTHONPATH -o $BENCHGATE_OUTPUT`;
    suites.push({
      name: suiteName(file.replace(/^.*\//, "").replace(/\.py$/, ""), "pyperf"),
      why: `${path} is a script of pyperf`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(run("--processes=3"), "pyperf", "Few processes a round: Benchgate repeats whole rounds."),
        ...pathKey(files, folder),
      ],
      shorter: { run: run("--processes=1 --values=3 --warmups=1 --min-time=0.01") },
    });
  }
  if (asv !== null) suites.push(asvSuite(folder, asv, files));
  const texts = [...pytest, ...pyperf].map(({ text }) => text);
  const notes = own
    .filter((file) => !pytest.includes(file) && /\bpytest\.mark\.benchmark\b/.test(file.text))
    .map(
      ({ path }) =>
        `${path} only marks its tests as benchmarks, which pytest-codspeed alone measures: tests that take the fixture \`benchmark\` are measured here`,
    );
  return { suites, notes, setup: suites.length === 0 ? [] : [setupOf(repository, folder, { suites, texts })] };
}

/**
 * asv itself, for which the tree as it is stands for the branches of its configuration: it looks all of them up, `master` where none is named, even when it is
 * to measure nothing but the environment that it runs in, and the checkout of a pull request has none of them.
 */
const ASV_OF_HEAD = `${PYTHON} -c "from asv import config, main; load = config.Config.load; config.Config.load = lambda *of: (conf := load(*of)).__setattr__('branches', ['HEAD']) or conf; main.main()"`;

/** Where asv leaves its results, unless its configuration says otherwise. */
const ASV_RESULTS = "results";

/**
 * For where there are many: one process of each benchmark a round in place of the two or more that its author wants, for Benchgate repeats rounds; and for a tenth
 * of a second as many calls as that has, since asv takes no more than ten, each of a single call, where there is a setup.
 */
const ASV_SHORTER = " -a rounds=1 -a 'repeat=(1,50,0.1)'";

function asvSuite(folder: string, config: string, files: readonly string[]): FoundSuite {
  const results = /^[ \t]*"results_dir"\s*:\s*"([^"]+)"/m.exec(config)?.[1] ?? ASV_RESULTS;
  const run = (times: string) =>
    `${PYTHON} -m asv machine --yes && ${ASV_OF_HEAD} run --record-samples --python=same --set-commit-hash $(git rev-parse HEAD)${times} --bench {benchmarks}`;
  return {
    name: "asv",
    why: inside(folder, "asv.conf.json"),
    keys: [
      ...folderKey(folder),
      ...commandKeys(
        run(""),
        "asv",
        "asv measures the tree as it is, whichever branches asv.conf.json names; {benchmarks} stands for those that are not decided yet.",
      ),
      { key: "output", value: results, about: "asv leaves a folder of results." },
      ...pathKey(files, folder),
    ],
    shorter: { run: run(ASV_SHORTER) },
  };
}

/** A `src` layout is imported from there, whatever is installed. */
function pathKey(files: readonly string[], folder: string): readonly FoundKey[] {
  const prefix = inside(folder, "src/");
  const isSrc = files.some((path) => path.startsWith(prefix) && path.endsWith("/__init__.py"));
  return [
    {
      key: "env",
      value: { PYTHONPATH: isSrc ? "src" : "." },
      about: "The code of this side, whatever else is installed.",
    },
  ];
}

function projectName(repository: Repository, folder: string): string {
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  return /^[ \t]*name\s*=\s*["']([^"']+)["']/m.exec(toml)?.[1] ?? "";
}
