import { GateError } from "../../../model/error.ts";
import type { OutputReader } from "../../adapter.ts";
import { wholeIn } from "../../reading/decimal.ts";
import { type Fields, tableReader } from "../../reading/rows.ts";
import { GatlingRun, type LoggedRequest } from "./run.ts";

/** Assertions stand first. Gatling 2 has one more name before the start. */
const LOG = /^(?:ASSERTION\t[^\n]*\n){0,1000}RUN\t[^\t\n]*\t(?:[^\t\n]*\t){1,2}\d{13}\t[^\t\n]*\t(\d+)\.\d+/;

/** The kinds of lines that are no requests: users that come and go, groups that end, the run itself and its assertions. */
const OTHERS: ReadonlySet<string> = new Set(["USER", "GROUP", "RUN", "ASSERTION"]);

/** Where a request's line has what, by where its status stands: up to 3.3 the user's number comes first. */
const SHAPES = [
  { status: 5, groups: 1, name: 2, start: 3, end: 4 },
  { status: 6, groups: 2, name: 3, start: 4, end: 5 },
] as const;

/** Gatling's major version, from the first line of simulation.log as text; null for any other text. */
export function logVersion(head: string): number | null {
  const version = LOG.exec(head)?.[1];
  return version === undefined ? null : Number(version);
}

/**
 * A reader of simulation.log of Gatling 3.0 to 3.12: each request by its groups and name, and all together. Latency is that of requests that
 * were `OK`. An `ERROR` line is a request that could not even be built: it counts as failed among all.
 */
export function logReader(skip: number): OutputReader {
  const run = new GatlingRun(skip);
  return tableReader(
    {
      row(fields) {
        const kind = fields.text(0);
        if (kind === "REQUEST") run.add(requestOf(fields));
        else if (kind === "ERROR") run.addError(errorAt(fields));
        else if (!OTHERS.has(kind)) fields.refuse("REQUEST, USER, GROUP, ERROR, ASSERTION or RUN", 0, "line");
      },
      end: () => run.rounds(),
    },
    { delimiter: "\t", quoted: false },
  );
}

/** When an error was: `ERROR`, what went wrong, the time. */
function errorAt(fields: Fields): number {
  const time = fields.number(fields.count - 1, wholeIn);
  return Number.isNaN(time) ? fields.refuse("whole milliseconds", fields.count - 1, "time") : time;
}

function requestOf(fields: Fields): LoggedRequest {
  const shape = SHAPES.find(({ status }) => ["OK", "KO"].includes(fields.text(status)));
  if (shape === undefined) {
    throw new GateError(
      "The request has no OK or KO",
      "Only logs of Gatling 3.0 and later can be read: give js/stats.json",
    );
  }
  const [start, end] = [shape.start, shape.end].map((column) => {
    const time = fields.number(column, wholeIn);
    return Number.isNaN(time)
      ? fields.refuse("whole milliseconds", column, column === shape.start ? "start" : "end")
      : time;
  }) as [number, number];
  if (end < start) fields.refuse("a time not before the start", shape.end, "end");
  const name = fields.text(shape.name);
  if (name === "") fields.refuse("a name", shape.name, "name");
  const groups = fields
    .text(shape.groups)
    .split(",")
    .filter((group) => group !== "");
  return { groups, name, start, end, succeeded: fields.text(shape.status) === "OK" };
}
