import type { Ingredient } from "../../model/carriage.ts";

/** Folders of dependencies that are kept in the repository. */
const VENDORED = /(?:^|\/)(?:node_modules|vendor|third_party)\//;

/** Files that name dependencies, and hardly anything else. Where one holds more (`Cargo.toml`, `pom.xml`), it is taken as a whole: the report names it. */
const DEPENDENCIES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|deno\.lock|requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|pyproject\.toml|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|environment\.ya?ml|Cargo\.(?:toml|lock)|go\.(?:mod|sum|work|work\.sum)|Gemfile(?:\.lock)?|composer\.(?:json|lock)|mix\.lock|rebar\.lock|pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|libs\.versions\.toml|Package\.(?:swift|resolved)|packages\.lock\.json|Directory\.Packages\.props|stack\.yaml\.lock|conanfile\.[^/]*|vcpkg\.json|\.gitmodules)$/;

/** Files that choose the runtime, where something on the machine goes by them: a version manager, rustup, pyenv. */
const RUNTIME =
  /(?:^|\/)(?:\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.java-version|\.go-version|\.tool-versions|\.?mise\.toml|\.sdkmanrc|\.jvmopts|rust-toolchain(?:\.toml)?|global\.json)$/;

/** Which ingredient of a change a file is of, by its path; a `package.json` may be of two. */
export function ingredientOf(path: string): Ingredient | "manifest" {
  if (VENDORED.test(path) || DEPENDENCIES.test(path)) return "dependencies";
  if (RUNTIME.test(path)) return "runtime";
  return isManifest(path) ? "manifest" : "code";
}

/** Whether a file holds dependencies in fields of its own, beside what is code. */
export function isManifest(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) && !VENDORED.test(path);
}
