import type { Difference } from "./difference.ts";

/**
 * Files that say which dependencies and which tools there are, by name: nobody lists them among a suite's inputs, and all that it runs depends on them.
 */
const RESOLVED =
  /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|bun\.lockb?|deno\.(?:jsonc?|lock)|\.npmrc|\.yarnrc(?:\.yml)?|\.nvmrc|\.node-version|\.tool-versions|mise\.toml|\.python-version|requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|pdm\.lock|environment\.ya?ml|Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|go\.(?:mod|sum|work|work\.sum)|Gemfile(?:\.lock)?|\.ruby-version|composer\.(?:json|lock)|mix\.(?:exs|lock)|rebar\.lock|pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?|gradle\.(?:properties|lockfile)|libs\.versions\.toml|build\.sbt|project\.clj|Package\.(?:swift|resolved)|global\.json|Directory\.[^/]*\.(?:props|targets)|packages\.lock\.json|stack\.ya?ml(?:\.lock)?|cabal\.project[^/]*|conanfile\.[^/]*|vcpkg\.json|CMakeLists\.txt|CMakePresets\.json|Makefile|Dockerfile[^/]*|gradle-wrapper\.properties|maven-wrapper\.properties|(?:jvm|maven)\.config|\.jvmopts|\.java-version|\.go-version|\.sdkmanrc|tsconfig[^/]*\.json|jsconfig\.json|meson\.build|meson_options\.txt|build\.(?:rs|zig(?:\.zon)?)|\.bazel(?:rc|version)|(?:MODULE|WORKSPACE|BUILD)(?:\.bazel)?|flake\.(?:nix|lock)|\.gitmodules|\.env(?:\.[^/]*)?|benchgate\.ya?ml)$/i;

/** Where Cargo has the flags of its compiler; other files of these names tell nothing. */
const CARGO = /(?:^|\/)\.cargo\/config(?:\.toml)?$/;

/** The folders that a .gitmodules tells of: other repositories, whose revision is one of the project's inputs. */
export function submodulesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*path\s*=\s*"?(.*?)"?\s*$/gm)].map(([, path]) => path!.replace(/\/+$/, ""));
}

/**
 * Why a suite has to be measured whose inputs are found by these places of either tree, as the rest of a sentence; null where they are the same files, the
 * same dependencies, the same tools and the same configuration.
 *
 * @param places paths in the tree: the inputs, every folder above them, and where links on the way lead.
 * @param project where the configuration lies in the tree, and the submodules.
 */
export function whyInputsDiffer(
  difference: Difference,
  places: ReadonlySet<string>,
  { config, submodules }: { readonly config: string | undefined; readonly submodules: readonly string[] },
): string | null {
  for (const path of difference.keys()) {
    if (places.has(path)) return `has ${path} among its inputs, which differs`;
  }
  for (const path of difference.keys()) {
    if (
      path === config ||
      CARGO.test(path) ||
      RESOLVED.test(path.slice(path.lastIndexOf("/") + 1)) ||
      isInstalled(path) ||
      submodules.some((folder) => path === folder || path.startsWith(`${folder}/`))
    ) {
      return `may depend on ${path}, which differs`;
    }
  }
  return null;
}

/** Whether a path is a dependency as it was installed; notes and caches of package managers are not. */
function isInstalled(path: string): boolean {
  const [, inside] = /(?:^|\/)(?:node_modules|site-packages|vendor)\/(.+)$/.exec(path) ?? [];
  return inside !== undefined && (!inside.startsWith(".") || /^\.(?:pnpm|store)\//.test(inside));
}
