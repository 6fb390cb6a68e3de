import type { GateError } from "../../src/model/error.ts";
import type { ActionEvent, GitHub, StepPort } from "../../src/ports/index.ts";

/** Everything that a step has said, and where. */
export interface Said {
  readonly summary: string[];
  readonly outputs: Record<string, string | number>;
  readonly annotations: Parameters<StepPort["annotate"]>[0][];
  readonly info: string[];
  readonly warnings: string[];
  readonly quoted: string[];
  readonly hidden: string[];
}

/** What a step is told. */
export interface FakeStep {
  /** Or why the runner has not told it. */
  readonly event: ActionEvent | GateError;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Names of variables beside those of the inputs. */
  readonly variables?: readonly string[];
  readonly github?: GitHub | (() => GitHub);
  readonly folder?: string;
}

/** A workflow step that keeps what it says in `said`. */
export function fakeStep({ event, inputs = {}, variables = [], github, folder = "/runner/benchgate" }: FakeStep) {
  const said: Said = { summary: [], outputs: {}, annotations: [], info: [], warnings: [], quoted: [], hidden: [] };
  const step: StepPort = {
    // As the runner writes them.
    variables: [...variables, ...Object.keys(inputs).map((name) => `INPUT_${name.toUpperCase()}`)],
    input: (name) => (inputs[name] ?? "").trim(),
    event: () => {
      if (event instanceof Error) throw event;
      return event;
    },
    hide: (secret) => void said.hidden.push(secret),
    github: (token) => {
      if (token === "") return null;
      return typeof github === "function" ? github() : (github ?? null);
    },
    log: {
      info: (line) => void said.info.push(line),
      warn: (line) => void said.warnings.push(line),
      quote: (text) => void said.quoted.push(text),
    },
    outputs: (values) => void Object.assign(said.outputs, values),
    summary: (markdown) => void said.summary.push(markdown),
    annotate: (annotation) => void said.annotations.push(annotation),
    tidy: () => {},
    folder,
  };
  return { step, said };
}
