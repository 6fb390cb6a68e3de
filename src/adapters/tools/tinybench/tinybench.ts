import { GateError } from "../../../model/error.ts";
import type { Adapter, Told } from "../../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  type JsonObject,
  jsonOf,
  readArray,
  readName,
  readObject,
} from "../../reading/json.ts";
import { round } from "../../reading/round.ts";
import { isResult, readLatency } from "./result.ts";
import { isRow, isTable, readRow, readTable } from "./table.ts";

const DUMP =
  "Write JSON.stringify(bench.tasks.map(({ name, result }) => ({ name, result }))), with `retainSamples: true` for raw samples";

/**
 * Tinybench 2 to 6. It has no file format of its own, so this reads what people write: a list of tasks `{ name, result }` (or `{ name, ...result }`),
 * one or more benches `{ name, tasks }` or `{ name, results }`, `bench.table()`, and what `console.table` prints of it.
 *
 * Raw samples are preferred; without `retainSamples` the percentiles that tinybench computed are taken. A table holds mean and median
 * only, rounded. A bench's name goes before its tasks' names: `strings > sort`.
 */
export const tinybench: Adapter = {
  name: "tinybench",
  title: "Tinybench",
  command:
    "node bench.js, which writes JSON of bench.tasks with { name, result } (retainSamples: true keeps the samples)",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) =>
    isTable(text) ? true : benchesOf(json()).some(({ tasks }) => holdsSome(tasks, isTask)),
  parse: (output) => {
    const { text } = output;
    const told = isTable(text) ? readTable(text) : tasksOf(jsonOf(output)).map(readTask);
    return [round(told, { remedy: "Give each task a name of its own", nothing: DUMP })];
  },
};

interface Task {
  readonly bench: string | null;
  readonly value: unknown;
  readonly path: string;
}

/** The lists of tasks that a value may hold, without judging what is in them. */
function benchesOf(value: unknown): { bench: string | null; tasks: readonly unknown[]; path: string }[] {
  if (Array.isArray(value)) {
    const areBenches =
      value.length > 0 &&
      value.every((each) => isObject(each) && !Object.hasOwn(each, "result") && keyOfTasks(each) !== undefined);
    return areBenches
      ? value.flatMap((each, i) => namedBench(each, `[${i}]`))
      : [{ bench: null, tasks: value, path: "" }];
  }
  return isObject(value) ? namedBench(value, "") : [];
}

function namedBench(
  object: JsonObject,
  path: string,
): { bench: string | null; tasks: readonly unknown[]; path: string }[] {
  const key = keyOfTasks(object);
  if (key === undefined) return [];
  const name = field(object, "name");
  return [
    {
      bench: typeof name === "string" && name !== "" ? name : null,
      tasks: field(object, key) as unknown[],
      path: at(path, key),
    },
  ];
}

/** Where a bench has its tasks; undefined for what is no bench. */
function keyOfTasks(object: JsonObject): string | undefined {
  return ["tasks", "results"].find((each) => Array.isArray(field(object, each)));
}

function tasksOf(value: unknown): Task[] {
  const benches = benchesOf(value);
  if (benches.length === 0) throw new GateError("Expected a list of tasks", DUMP);
  return benches.flatMap(({ bench, tasks, path }) =>
    readArray(tasks, path).map((task, i) => ({ bench, value: task, path: at(path, i) })),
  );
}

function isTask(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (isRow(value)) return true;
  if (typeof field(value, "name") !== "string") return false;
  const result = field(value, "result");
  return isResult(result) || isResult(value) || (isObject(result) && typeof field(result, "state") === "string");
}

function readTask({ bench, value, path }: Task): Told {
  const task = readObject(value, path);
  if (isRow(task)) return readRow(task, path);
  if (field(task, "name") === undefined) throw new GateError("A task without its name", DUMP, { path });
  const name = readName(field(task, "name"), at(path, "name"));
  const benchmark = bench === null ? name : `${bench} > ${name}`;
  const given = field(task, "result");
  if (given === null || (given === undefined && !isResult(task))) return { benchmark, reason: "The task did not run" };
  const [result, where] =
    given === undefined ? [task, path] : [readObject(given, at(path, "result")), at(path, "result")];
  const trouble = troubleOf(result);
  if (trouble !== null) return { benchmark, reason: trouble };
  const latency = readLatency(result, where);
  if (latency === null) return { benchmark, reason: "The task has no samples" };
  return { benchmark, metric: "latency", unit: "s", better: "lower", ...latency };
}

/** What went wrong with a task; an `Error` is `{}` in JSON, so its message is often lost. */
function troubleOf(result: JsonObject): string | null {
  const state = field(result, "state");
  const error = field(result, "error");
  if (state === "errored" || (error ?? null) !== null) return `The task threw ${messageOf(error)}`;
  if (field(result, "aborted") === true || (typeof state === "string" && state.startsWith("aborted")))
    return "The task was aborted before it was finished";
  return state === "not-started" || state === "started" ? "The task did not run to its end" : null;
}

function messageOf(error: unknown): string {
  const message = isObject(error) ? field(error, "message") : error;
  return typeof message === "string" && message !== "" ? JSON.stringify(message.slice(0, 200)) : "an error";
}
