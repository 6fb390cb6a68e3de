import { commandKeys, type Found, type FoundSuite, NOTHING, suiteName } from "../found.ts";
import type { Repository } from "../repository.ts";

/** The words of github-action-benchmark for tools, and ours. */
const ACTION_TOOLS: Readonly<Record<string, string>> = {
  cargo: "libtest",
  go: "go",
  benchmarkjs: "benchmarkjs",
  pytest: "pytest-benchmark",
  googlecpp: "google-benchmark",
  catch2: "catch2",
  julia: "julia-benchmarktools",
  jmh: "jmh",
  benchmarkdotnet: "benchmarkdotnet",
  customBiggerIsBetter: "customBiggerIsBetter",
  customSmallerIsBetter: "customSmallerIsBetter",
};

/** Set-ups of other services in the repository's workflows: their commands and files are taken over. */
export function detectPeers(repository: Repository): Found {
  const workflows = repository.paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const found = workflows.map((path) => ({ path, text: repository.text(path) ?? "" })).map(ofWorkflow);
  const suites = found.flatMap(({ suites }) => suites);
  const notes = found.flatMap(({ notes }) => notes);
  return suites.length + notes.length === 0 ? NOTHING : { suites, setup: [], runtimes: [], notes };
}

interface Workflow {
  readonly path: string;
  readonly text: string;
}

function ofWorkflow(workflow: Workflow): Pick<Found, "suites" | "notes"> {
  const { path, text } = workflow;
  const suites = [...githubActionBenchmark(workflow), ...bencher(workflow)];
  const notes = [
    ...(text.includes("CodSpeedHQ/action")
      ? [
          `${path} sets up CodSpeed. What its plugins measure stays as it is, and Benchgate measures the same files where it reads their tool.`,
        ]
      : []),
    ...(text.includes("benchmark-action/github-action-benchmark")
      ? [
          `${path} sets up github-action-benchmark. Both can run side by side; \`benchgate baseline import\` reads its history where that is available.`,
        ]
      : []),
  ];
  return { suites, notes };
}

function githubActionBenchmark({ path, text }: Workflow): readonly FoundSuite[] {
  if (!text.includes("benchmark-action/github-action-benchmark")) return [];
  const tool = ACTION_TOOLS[word(text, "tool")];
  const output = word(text, "output-file-path");
  if (tool === undefined || output === "") return [];
  const line = runLines(text).find((each) => each.includes(output.replace(/^.*\//, "")));
  if (line === undefined) return [];
  return [
    {
      name: suiteName(word(text, "name"), "bench"),
      why: `${path} gives ${output} to github-action-benchmark`,
      keys: [
        ...commandKeys(line, tool, "The command of that workflow."),
        { key: "output", value: output, about: "The file that it writes." },
      ],
    },
  ];
}

function bencher({ path, text }: Workflow): readonly FoundSuite[] {
  return [...text.replace(/\\\n\s*/g, " ").matchAll(/bencher run\s([^\n]*)/g)].flatMap(([, rest = ""]) => {
    const command = /(?:^|\s)["']([^"']+)["']\s*$/.exec(rest)?.[1];
    if (command === undefined) return [];
    return [
      {
        name: "bench",
        why: `${path} runs this command under Bencher`,
        keys: commandKeys(command, "auto", "The command of that workflow; its output says which tool wrote it."),
      },
    ];
  });
}

function word(text: string, key: string): string {
  const after = text.slice(Math.max(0, text.indexOf("benchmark-action/github-action-benchmark")));
  return new RegExp(`^\\s*${key}:\\s*["']?([^"'\\n#]+?)["']?\\s*$`, "m").exec(after)?.[1] ?? "";
}

/** The commands of a workflow's steps, a block joined by `&&`. */
function runLines(text: string): readonly string[] {
  return [...text.matchAll(/^(\s*)-?\s*run:\s*(?:[|>][+-]?\s*\n((?:\1\s+.*\n?|\s*\n)+)|(.+))$/gm)].map(
    ([, , block, line]) =>
      (block ?? line ?? "")
        .replace(/\\\n\s*/g, " ")
        .split("\n")
        .map((each) => each.trim())
        .filter((each) => each !== "" && !each.startsWith("#"))
        .join(" && "),
  );
}
