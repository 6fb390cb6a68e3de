import { GateError, placed } from "../../../model/error.ts";
import type { OutputReader } from "../../adapter.ts";
import { wholeIn } from "../../reading/decimal.ts";
import { instantIn } from "../../reading/instant.ts";
import { field, parseJson, readObject, readPositive, readString, tryJson } from "../../reading/json.ts";
import { Lines, textOf } from "../../reading/lines.ts";
import { LoadRun } from "../../reading/load-run.ts";
import { UNNAMED } from "../../reading/load-summary.ts";
import { type Fields, tableReader } from "../../reading/rows.ts";
import { type Expected, httpSuccess, type IsSuccess } from "../../reading/status.ts";
import { Warmup } from "../../reading/warmup.ts";
import { MOST_REQUESTS, withoutLocalHost } from "../k6/kinds.ts";

/** What holds for every output of vegeta: nanoseconds, and a rate that is kept whatever the service does. */
export const VEGETA = { per: 1e9, resolution: 1e-9, loadModel: "open" } as const;

/** What vegeta itself calls a success: `Metrics.Add` in lib/metrics.go. */
export function isSuccess(code: number): boolean {
  return code >= 200 && code < 400;
}

export const NOTHING = "Attack for longer: vegeta attack -duration=10s";
const TOO_MANY = "Attack with fewer different -name";

/** One request: `start` in seconds, `latency` in nanoseconds. */
interface Result {
  readonly attack: string;
  readonly target: string;
  readonly start: number;
  readonly latency: number;
  readonly code: number;
}

/** Where `vegeta encode -to csv` puts what is read; there is no header. Before 12.8 a row ended with the attack's name and number. */
const CSV = { time: 0, code: 1, latency: 2, attack: 7, method: 9, url: 10 } as const;
const CSV_ROW = /^\d{19},\d{1,3},\d{1,18},\d+,\d+,/;

/** Whether a text begins with a row of `vegeta encode -to csv`. */
export function isCsv(head: string): boolean {
  return CSV_ROW.test(head);
}

/** Whether a text begins with a line of `vegeta encode -to json`. */
export function isJsonLines(head: string): boolean {
  const line = head.split("\n", 1)[0] ?? "";
  return (
    /^\{"attack":"/.test(line) && ['"seq":', '"code":', '"latency":', '"bytes_in":'].every((key) => line.includes(key))
  );
}

/** A reader of `vegeta encode -to csv`. */
export function csvReader(skip: number, expected: Expected): OutputReader {
  const run = new Attack(skip, expected);
  return tableReader({
    row: (fields) => run.add(resultOf(fields)),
    end: () => [run.round()],
  });
}

/** A reader of `vegeta encode -to json`, one JSON object a line. */
export function jsonReader(skip: number, expected: Expected): OutputReader {
  const run = new Attack(skip, expected);
  const lines = new Lines((bytes, start, end, line, ended) => {
    const text = textOf(bytes, start, end);
    if (text.trim() === "") return;
    if (!ended && tryJson(text) === undefined) {
      throw new GateError("the last line is cut off", "Let vegeta end by itself", { line });
    }
    placed({ line }, () => run.add(resultIn(text, line)));
  });
  return {
    push: (bytes) => lines.push(bytes),
    end: () => lines.end(() => [run.round()]),
  };
}

function resultOf(fields: Fields): Result {
  const whole = (column: number, name: string) => {
    const value = fields.number(column, wholeIn);
    return Number.isNaN(value) ? fields.refuse("a whole number", column, name) : value;
  };
  return {
    start: whole(CSV.time, "timestamp") / VEGETA.per,
    code: whole(CSV.code, "code"),
    latency: whole(CSV.latency, "latency"),
    attack: fields.text(CSV.attack),
    target: targetOf(fields.text(CSV.method), fields.text(CSV.url)),
  };
}

function resultIn(text: string, line: number): Result {
  const result = readObject(parseJson(text, line), "");
  const word = (key: string) => readString(field(result, key) ?? "", key);
  const bytes = new TextEncoder().encode(readString(field(result, "timestamp"), "timestamp"));
  const start = instantIn(bytes, 0, bytes.length);
  if (Number.isNaN(start))
    throw new GateError("Expected a time", "The file is damaged: encode it again", { path: "timestamp" });
  return {
    start,
    code: readPositive(field(result, "code"), "code"),
    latency: readPositive(field(result, "latency"), "latency"),
    attack: word("attack"),
    target: targetOf(word("method"), word("url")),
  };
}

function targetOf(method: string, url: string): string {
  return url === "" ? "" : `${method} ${withoutLocalHost(url)}`.trim();
}

/**
 * The results of an attack: as a whole, and each target where there are several and not so many that their URLs hold ids. Two attacks in one
 * file (`-name`) are kept apart.
 */
class Attack {
  readonly #warmup: Warmup;
  readonly #isSuccess: IsSuccess;
  readonly #wholes: LoadRun;
  #targets: LoadRun | null;
  readonly #seen = new Set<string>();

  constructor(skip: number, expected: Expected) {
    this.#warmup = new Warmup(skip);
    this.#isSuccess = httpSuccess(expected, isSuccess);
    this.#wholes = new LoadRun(this.#warmup, TOO_MANY);
    this.#targets = new LoadRun(this.#warmup, TOO_MANY);
  }

  add({ attack, target, start, latency, code }: Result): void {
    if (this.#warmup.seconds > 0 && this.#warmup.cuts(start)) return;
    const succeeded = this.#isSuccess(code);
    const end = start + latency / VEGETA.per;
    this.#wholes.of(attack).add(latency, succeeded, start, end);
    if (this.#targets === null) return;
    const name = JSON.stringify([attack, target]);
    this.#seen.add(name);
    if (this.#seen.size > MOST_REQUESTS) this.#targets = null;
    else this.#targets.of(name).add(latency, succeeded, start, end);
  }

  round() {
    const attacks = this.#wholes.names();
    const wholeName = (attack: string) => (attacks.length < 2 ? UNNAMED : attack === "" ? "unnamed" : attack);
    const whole = this.#wholes.round(VEGETA, NOTHING, wholeName);
    if (this.#targets === null || this.#seen.size < 2 || whole.measurements.length === 0) return whole;
    const name = (key: string) => {
      const [attack, target] = JSON.parse(key) as [string, string];
      return attacks.length < 2 ? target || "no target" : `${wholeName(attack)} > ${target || "no target"}`;
    };
    const targets = this.#targets.round(VEGETA, NOTHING, name);
    return {
      measurements: [...whole.measurements, ...targets.measurements],
      failures: [...whole.failures, ...targets.failures],
    };
  }
}
