import { commandKeys, type Found, folderKey, NOTHING, shellWord, suiteName } from "../found.ts";
import { folderOf, isOwn, named, type Repository, within } from "../repository.ts";

/** Benchmarks of .NET projects that use BenchmarkDotNet. */
export function detectDotnet(repository: Repository): Found {
  const projects = named(repository, /\.csproj$/).filter((path) =>
    /Include="BenchmarkDotNet"/.test(repository.text(path) ?? ""),
  );
  if (projects.length === 0) return NOTHING;
  return {
    suites: projects.map((path) => ({
      name: suiteName(path.replace(/^.*\//, "").replace(/\.csproj$/, ""), "dotnet"),
      why: `${path} uses BenchmarkDotNet`,
      keys: [
        ...commandKeys(
          `rm -rf BenchmarkDotNet.Artifacts && dotnet run -c Release --project ${shellWord(path)} -- --filter '*' --job short --memory --exporters json`,
          "benchmarkdotnet",
          "A short job a round: Benchgate repeats whole rounds.",
        ),
        {
          key: "output",
          value: "BenchmarkDotNet.Artifacts/results",
          about: "Where BenchmarkDotNet leaves its results.",
        },
      ],
    })),
    setup: projects.map((path) => ({
      folder: "",
      line: `dotnet build -c Release ${shellWord(path)}`,
      about: "builds the benchmarks",
    })),
    runtimes: ["dotnet"],
    notes: [],
  };
}

/** Benchmarks of PHPBench. */
export function detectPhp(repository: Repository): Found {
  const configured = named(repository, /^phpbench\.json(\.dist)?$/).map(folderOf);
  const required = named(repository, /^composer\.json$/)
    .filter((path) => (repository.text(path) ?? "").includes('"phpbench/phpbench"'))
    .map(folderOf);
  const folders = [...new Set([...configured, ...required])];
  if (folders.length === 0) return NOTHING;
  return {
    suites: folders.map((folder) => ({
      name: suiteName(folder, "phpbench"),
      why: `${configured.includes(folder) ? "phpbench.json" : "composer.json"} names PHPBench`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(
          "vendor/bin/phpbench run --iterations=5 --dump-file=$BENCHGATE_OUTPUT",
          "phpbench",
          "Few iterations a round: Benchgate repeats whole rounds.",
        ),
      ],
    })),
    setup: folders.map((folder) => ({
      folder,
      line: "composer install --no-interaction --no-progress",
      about: "what composer.lock names",
    })),
    runtimes: ["php"],
    notes: [],
  };
}

/** Scripts of Ruby's benchmark-ips. */
export function detectRuby(repository: Repository): Found {
  const scripts = repository.paths.filter(
    (path) =>
      isOwn(path) && path.endsWith(".rb") && /require\s+["']benchmark\/ips["']/.test(repository.text(path) ?? ""),
  );
  if (scripts.length === 0) return NOTHING;
  const bundler = repository.paths.includes("Gemfile");
  return {
    suites: scripts.map((path) => ({
      name: suiteName(path.replace(/^.*\//, "").replace(/\.rb$/, ""), "ruby"),
      why: `${path} uses benchmark-ips`,
      keys: commandKeys(
        `${bundler ? "bundle exec " : ""}ruby ${shellWord(path)}`,
        "benchmark-ips",
        "The lines that it prints are read.",
      ),
    })),
    setup: bundler ? [{ folder: "", line: "bundle install --quiet", about: "what Gemfile.lock names" }] : [],
    runtimes: ["ruby"],
    notes: [],
  };
}

/** The suite of a Julia package, as PkgBenchmark and AirspeedVelocity find it. */
export function detectJulia(repository: Repository): Found {
  const files = repository.paths.filter(
    (path) => /(^|\/)benchmarks?\/benchmarks\.jl$/.test(path) && /\bSUITE\b/.test(repository.text(path) ?? ""),
  );
  if (files.length === 0) return NOTHING;
  return {
    suites: files.map((path) => ({
      name: "julia",
      why: `${path} defines SUITE`,
      keys: commandKeys(
        `julia --project=${folderOf(path)} -e 'using BenchmarkTools; include("${path}"); BenchmarkTools.save(ENV["BENCHGATE_OUTPUT"], run(SUITE))'`,
        "julia-benchmarktools",
        "One run of the suite.",
      ),
    })),
    setup: files.map((path) => ({
      folder: "",
      line: `julia --project=${folderOf(path)} -e 'using Pkg; Pkg.develop(path="."); Pkg.add("BenchmarkTools"); Pkg.instantiate()'`,
      about: "the package of this side",
    })),
    runtimes: ["julia"],
    notes: [],
  };
}

/** Benchmarks of Deno. */
export function detectDeno(repository: Repository): Found {
  const files = repository.paths.filter(
    (path) => isOwn(path) && /\.[mc]?[jt]s$/.test(path) && /\bDeno\.bench\(/.test(repository.text(path) ?? ""),
  );
  if (files.length === 0) return NOTHING;
  const folder = folderOf(named(repository, /^deno\.jsonc?$/)[0] ?? "");
  return {
    suites: [
      {
        name: suiteName(folder, "deno"),
        why: `${files[0]} calls Deno.bench`,
        keys: [
          ...folderKey(folder),
          ...commandKeys(
            `deno bench --json ${files.map((path) => shellWord(within(folder, path))).join(" ")}`,
            "deno",
            "One round of the files.",
          ),
        ],
      },
    ],
    setup: [],
    runtimes: ["deno"],
    notes: [],
  };
}
