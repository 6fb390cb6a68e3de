import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { RECIPES } from "../scripts/recipes/table.ts";
import { recipePage } from "../scripts/recipes-doc.ts";
import { refuseUnknownInputs } from "../src/action/inputs.ts";
import { ADAPTERS, TOOL_WORDS, TOOLS_WITHOUT_P99 } from "../src/adapters/index.ts";
import { INPUT_NAMES } from "../src/cli/init-check.ts";
import { parseConfig } from "../src/config/config.ts";
import { lint } from "../src/init/lint/lint.ts";

const FOLDER = new URL("../docs/recipes/", import.meta.url);
const read = (page: string) => readFileSync(new URL(`${page}.md`, FOLDER), "utf8");
const pages = readdirSync(FOLDER).map((name) => name.replace(/\.md$/, ""));
const blocks = (page: string) => [...read(page).matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = ""]) => text);

/** The tool that each made page must end up with: what a reader of that page came for. */
const TOOLS: Readonly<Record<string, readonly (string | null)[]>> = {
  tinybench: [null],
  vitest: ["vitest"],
  mitata: ["mitata"],
  go: ["go"],
  python: ["pytest-benchmark"],
  rust: ["criterion", "divan"],
  jvm: ["jmh"],
  dotnet: ["benchmarkdotnet"],
  cpp: ["google-benchmark"],
  ruby: ["benchmark-ips"],
  php: ["phpbench"],
  k6: ["k6"],
  locust: ["locust"],
  jmeter: ["jmeter"],
  monorepo: [null, null, "go"],
};

describe.each(RECIPES.map((recipe) => [recipe.page, recipe] as const))("the recipe %s", (page, recipe) => {
  it("is what the table and `init` say today: otherwise run `node scripts/recipes-doc.ts`", () => {
    expect(read(page)).toBe(recipePage(recipe));
  });

  it("shows a set-up for its tool that is sound, and in which the lint finds nothing", () => {
    const [config = "", workflow = ""] = blocks(page);
    const { suites } = parseConfig(config, "benchgate.yml", TOOL_WORDS);
    expect(suites.map(({ workload }) => (workload.kind === "run" ? workload.tool : null))).toEqual(TOOLS[page]);
    const mistakes = lint(
      {
        config: { file: "benchgate.yml", text: config },
        workflows: [{ file: ".github/workflows/benchgate.yml", text: workflow }],
      },
      {
        paths: Object.keys(recipe.files),
        inputs: INPUT_NAMES,
        withoutP99: TOOLS_WITHOUT_P99,
        branch: "main",
        today: "2026-11-22",
      },
      TOOL_WORDS,
    );
    expect(mistakes).toEqual([]);
  });
});

describe("the recipes written by hand", () => {
  const written = pages.filter((page) => !RECIPES.some((recipe) => recipe.page === page));

  it("show configurations, workflows and steps that are sound", () => {
    expect(written.length).toBeGreaterThan(5);
    for (const text of written.flatMap(blocks)) {
      const value = parse(text);
      const steps = Array.isArray(value)
        ? value
        : Object.values(value.jobs ?? {}).flatMap((job) => (job as { readonly steps?: readonly object[] }).steps ?? []);
      if (!Array.isArray(value) && value.jobs === undefined) parseConfig(text, "benchgate.yml", TOOL_WORDS);
      const gates = steps.filter(({ uses = "" }) => uses.includes("benchgate@"));
      for (const { with: given = {} } of gates)
        refuseUnknownInputs(Object.keys(given).map((name) => `INPUT_${name.toUpperCase()}`));
    }
  });

  it("name only tools that are read", () => {
    const names = new Set(ADAPTERS.map(({ name }) => name));
    const named = written.flatMap((page) => [...read(page).matchAll(/`tool: ([\w-]+)`/g)].map(([, name]) => name!));
    expect(named.filter((name) => !names.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(4);
  });

  it("are all in the list of recipes", () => {
    const list = readFileSync(new URL("../recipes.md", FOLDER), "utf8");
    expect(pages.filter((page) => !list.includes(`(recipes/${page}.md)`))).toEqual([]);
  });
});
