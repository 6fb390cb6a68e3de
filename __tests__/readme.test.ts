import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { withTables } from "../scripts/action-doc.ts";
import { readInputs, refuseUnknownInputs } from "../src/action/inputs.ts";
import { ADAPTERS } from "../src/adapters/index.ts";
import { COMMANDS } from "../src/cli/main.ts";
import { parseConfig } from "../src/config/config.ts";
import { DEFAULT_BUDGETS } from "../src/config/defaults.ts";
import { planFromInputs } from "../src/config/plan.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const readme = read("README.md");
const tools = ADAPTERS.map(({ name }) => name);
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...docs()];

function docs(): string[] {
  return readdirSync(resolve(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
}

/** The fenced blocks of a page in one language, indentation and all. */
function blocks(page: string, language: string): string[] {
  return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, text]) => text ?? "");
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** Every step that uses Benchgate in a block of YAML, be it a workflow or a list of steps. */
function benchgateSteps(text: string): Step[] {
  const data: unknown = parseAllDocuments(text)[0]?.toJS();
  const jobs = (data as { jobs?: Record<string, { steps: Step[] }> } | null)?.jobs ?? {};
  const steps = Array.isArray(data) ? (data as Step[]) : Object.values(jobs).flatMap((job) => job.steps);
  return steps.filter(({ uses }) => uses?.includes("/benchgate@"));
}

describe("README.md", () => {
  it("is read in two minutes, with nothing folded away", () => {
    expect(readme.split(/\s+/).length).toBeLessThan(700);
    expect(readme).not.toContain("<details>");
  });

  it("counts the tools that are read", () => {
    expect(readme).toContain(`${tools.length} tools,`);
  });

  it("shows commands that exist, and how a clone runs the demo and the tests", () => {
    const named = [...readme.matchAll(/^(?:benchgate|node dist\/cli\.js) ([a-z]+)|`benchgate ([a-z]+)`/gm)];
    const words = named.map(([, shown, quoted]) => shown ?? quoted);
    expect(words).toEqual(expect.arrayContaining(["demo", "init", "run", "compare"]));
    for (const word of words) expect(COMMANDS.map(({ name }) => name)).toContain(word);
    expect(readme).toContain("node dist/cli.js demo");
    expect(readme).toContain("`npm cit`");
  });

  it("leads to every page of the documentation, most of them in one step", () => {
    const direct = [...readme.matchAll(/\]\((docs\/[^)#]+)/g)].map(([, page]) => page);
    const further = docs().filter((page) => !direct.includes(page));
    expect(further.filter((page) => !page.startsWith("docs/recipes/"))).toEqual([]);
    const recipes = read("docs/recipes.md");
    for (const page of further) expect(recipes).toContain(page.replace("docs/", ""));
  });

  it("shows only steps whose inputs exist and make a plan", () => {
    const steps = blocks("README.md", "yaml").flatMap(benchgateSteps);
    expect(steps).toHaveLength(2);
    for (const { with: given = {} } of steps) {
      refuseUnknownInputs(Object.keys(given).map((name) => `INPUT_${name.toUpperCase()}`));
      const inputs = readInputs((name) => String(given[name] ?? ""));
      expect(planFromInputs(inputs, null, { tools }).suites).toHaveLength(1);
    }
  });

  it("shows a workflow that checks out the whole history and grants what the gate needs", () => {
    const [workflow = ""] = blocks("README.md", "yaml");
    const { on, permissions, jobs } = parse(workflow);
    expect(Object.keys(on)).toEqual(["push", "pull_request"]);
    expect(permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(jobs.benchmarks.steps[0]).toMatchObject({ with: { "fetch-depth": 0 } });
  });

  it("leaves no token in a checkout, and neither do the examples", () => {
    const examples = readdirSync(resolve(root, "examples")).map((name) =>
      read(`examples/${name}/.github/workflows/benchmarks.yml`),
    );
    for (const workflow of [blocks("README.md", "yaml")[0] ?? "", ...examples]) {
      const { jobs } = parse(workflow) as { jobs: Record<string, { steps: Step[] }> };
      const checkouts = Object.values(jobs).flatMap(({ steps }) =>
        steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
      );
      expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual([false]);
    }
  });
});

describe("the documentation", () => {
  it("has the tables of action.yml: otherwise run `npm run generate`", () => {
    const page = read("docs/action.md");
    expect(page).toBe(withTables(page, read("action.yml")));
  });

  it("shows only configurations that are sound", () => {
    const shown = blocks("docs/configuration.md", "yaml");
    expect(shown.length).toBeGreaterThan(0);
    for (const text of shown) expect(parseConfig(text, "benchgate.yml", { tools }).suites.length).toBeGreaterThan(0);
  });

  it("names the default thresholds that the code has", () => {
    const page = read("docs/configuration.md");
    const table = page.slice(page.indexOf("### Defaults"), page.indexOf("The input or flag"));
    const rows = [...table.matchAll(/^\| ([a-z-]+) \| (\w+) \|\s*(\d* ?%?)[^|]*\|\s*(\d* ?%?)\s*\| (.*?) \|$/gm)];
    const percent = (share: number | null) => (share === null ? "" : `${share * 100} %`);
    expect(rows.map(([, ...cells]) => cells.map((cell) => cell?.trim()))).toEqual(
      DEFAULT_BUDGETS.map(({ metric, statistic, threshold, limit, severity }) => [
        metric,
        statistic,
        percent(threshold),
        percent(limit),
        severity === "gate" ? "can fail the check" : "shown only",
      ]),
    );
  });

  it.each(pages)("of %s leads nowhere that does not exist", (page) => {
    const links = [...read(page).matchAll(/(?:\]\(|src="|srcset=")([^)"\s]+)/g)].map(([, target]) => target ?? "");
    const local = links.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.split("#")[0] ?? "");
    const missing = local.filter((target) => !existsSync(resolve(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it.each(pages)("of %s links only to headings that exist", (page) => {
    const anchors = [...read(page).matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)];
    for (const [, target, anchor] of anchors) {
      const text = target === "" ? read(page) : readFileSync(resolve(root, dirname(page), target ?? ""), "utf8");
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        title
          ?.toLowerCase()
          .replace(/[^a-z0-9 -]/g, "")
          .replaceAll(" ", "-"),
      );
      expect(headings).toContain(anchor);
    }
  });
});
