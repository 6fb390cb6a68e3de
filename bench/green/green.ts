import { ADAPTERS } from "../../src/adapters/index.ts";
import { inputsFrom, type Refused, type Source } from "./inputs.ts";
import { failuresAfter, trialsOf } from "./scenarios.ts";
import { subjectOf } from "./subject.ts";
import type { Trial } from "./trial.ts";

/** What became of everything that was tried with one tool. */
export interface ToolTrials {
  readonly tool: string;
  /** Outputs that hold something to make worse. */
  readonly outputs: number;
  /** Benchmarks' metrics in them, and how many of those were made worse in the tool's own form. */
  readonly metrics: number;
  readonly native: number;
  readonly trials: readonly Trial[];
}

/** The proof: every tool with its trials, and the outputs that are no measurement to begin with. */
export interface Green {
  readonly tools: readonly ToolTrials[];
  readonly refused: readonly Refused[];
}

/** Makes the candidates of every output of the sources, and asks the gate. `wanted` chooses among the outputs by tool and name. */
export async function green(
  sources: readonly Source[],
  wanted: (tool: string, name: string) => boolean = () => true,
): Promise<Green> {
  const { read, refused } = await inputsFrom(sources);
  const asked = read.filter(({ tool, name }) => wanted(tool, name));
  const tools: ToolTrials[] = [];
  for (const { name: tool } of ADAPTERS) {
    const subjects = [];
    const trials: Trial[] = [];
    for (const input of asked.filter((each) => each.tool === tool)) {
      const subject = await subjectOf(input);
      subjects.push(subject);
      trials.push(...(await trialsOf(subject)));
    }
    if (subjects.length === 0) continue;
    tools.push({
      tool,
      outputs: subjects.filter(({ worsened }) => worsened.length > 0).length,
      metrics: sum(subjects.map(({ worsened }) => worsened.length)),
      native: sum(subjects.map(({ native }) => native)),
      trials: [...trials, ...failuresAfter(subjects)],
    });
  }
  return { tools, refused };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
