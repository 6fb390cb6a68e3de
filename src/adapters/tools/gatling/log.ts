import { GateError } from "../../../model/error.ts";
import type { OutputReader } from "../../adapter.ts";
import { wholeIn } from "../../reading/decimal.ts";
import { LoadRun } from "../../reading/load-run.ts";
import { Requests } from "../../reading/requests.ts";
import { parted } from "../../reading/round.ts";
import { type Fields, tableReader } from "../../reading/rows.ts";
import { Warmup } from "../../reading/warmup.ts";

/** What holds for every output of Gatling: whole milliseconds. Whether users arrive or wait is the script's choice, and not told. */
export const GATLING = { per: 1000, resolution: 0.001 } as const;

/** Gatling's name for all requests together. */
export const ALL_REQUESTS = "All Requests";

export const NOTHING = "Let the simulation make requests, or measure for longer than the warm-up that is cut";
const TOO_MANY = "Give requests names without ids";

/** Gatling 2 has one more name before the start. */
const LOG = /^RUN\t[^\t\n]*\t(?:[^\t\n]*\t){1,2}\d{13}\t[^\t\n]*\t(\d+)\.\d+/;

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
 * A reader of simulation.log of Gatling 3.0 to 3.9: each request by its groups and name, and all together. Latency is that of requests that
 * were `OK`. An `ERROR` line is a request that could not even be built: it counts as failed among all.
 */
export function logReader(skip: number): OutputReader {
  const run = new LoadRun(new Warmup(skip), TOO_MANY);
  const all = new Requests();
  return tableReader(
    {
      row(fields) {
        const kind = fields.text(0);
        if (kind === "REQUEST") readRequest(fields, run, all);
        else if (kind === "ERROR") readError(fields, run, all);
        else if (!OTHERS.has(kind)) fields.refuse("REQUEST, USER, GROUP, ERROR, ASSERTION or RUN", 0, "line");
      },
      end: () => {
        const { measurements, failures } = run.round(GATLING, NOTHING);
        if (failures.some(({ benchmark }) => benchmark === "*")) return [{ measurements, failures }];
        const whole = parted(all.conclude(ALL_REQUESTS, GATLING)).measurements;
        return [{ measurements: [...whole, ...measurements], failures }];
      },
    },
    { delimiter: "\t", quoted: false },
  );
}

/** `ERROR`, what went wrong, and when. */
function readError(fields: Fields, run: LoadRun, all: Requests): void {
  const time = fields.number(fields.count - 1, wholeIn) / GATLING.per;
  if (Number.isNaN(time)) fields.refuse("whole milliseconds", fields.count - 1, "time");
  if (run.warmup.seconds > 0 && run.warmup.cuts(time)) return;
  all.add(0, false, time, time);
}

function readRequest(fields: Fields, run: LoadRun, all: Requests): void {
  const shape = SHAPES.find(({ status }) => ["OK", "KO"].includes(fields.text(status)));
  if (shape === undefined) {
    throw new GateError(
      "The request has no OK or KO",
      "Only logs of Gatling 3.0 to 3.9 can be read: give js/stats.json",
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
  const [from, to] = [start / GATLING.per, end / GATLING.per];
  if (run.warmup.seconds > 0 && run.warmup.cuts(from)) return;
  const succeeded = fields.text(shape.status) === "OK";
  const groups = fields
    .text(shape.groups)
    .split(",")
    .filter((group) => group !== "");
  run.of([...groups, name].join(" / ")).add(end - start, succeeded, from, to);
  all.add(end - start, succeeded, from, to);
}
