import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

// Lints every workflow of the project with actionlint: its own, those of the examples, and those that the documentation shows. Needs Go.

/** An action of the called workflow's own repository and revision, which actionlint 1.7.12 does not know yet. */
const OWN_ACTION = String.raw`specifying action "\$/[^"]*" in invalid format`;

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const root = fileURLToPath(new URL("..", import.meta.url));

function workflowsIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(root, folder, name));
}

/** The workflows that pages show, as files; one that shows its jobs alone gets an event. */
function shown(folder: string): readonly string[] {
  const pages = ["README.md", ...readdirSync(join(root, "docs"), { recursive: true }).map((name) => `docs/${name}`)];
  return pages
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) =>
      [...readFileSync(join(root, page), "utf8").matchAll(/^```yaml\n(.*?)^```/gms)].flatMap(([, text = ""], index) => {
        const workflow = parse(text) as { readonly jobs?: unknown; readonly on?: unknown } | null;
        if (workflow?.jobs === undefined) return [];
        const file = join(folder, `${page.replaceAll("/", "-")}-${index + 1}.yml`);
        writeFileSync(file, workflow.on === undefined ? `on: pull_request\n${text}` : text);
        return [file];
      }),
    );
}

const folder = mkdtempSync(join(tmpdir(), "benchgate-workflows-"));
try {
  const examples = readdirSync(join(root, "examples")).map((name) => `examples/${name}/.github/workflows`);
  const files = [...[".github/workflows", ...examples].flatMap(workflowsIn), ...shown(folder)];
  execFileSync("go", ["run", ACTIONLINT, "-shellcheck=", "-pyflakes=", "-ignore", OWN_ACTION, ...files], {
    cwd: folder,
    stdio: "inherit",
  });
  console.log(`${files.length} workflows are sound`);
} catch (error) {
  // actionlint has said what it found; anything else is told.
  if ((error as { readonly status?: number }).status === undefined) console.error(error);
  process.exitCode = (error as { readonly status?: number }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
