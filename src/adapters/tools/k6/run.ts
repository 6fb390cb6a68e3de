import { GateError } from "../../../model/error.ts";
import type { ParsedRound, Told } from "../../adapter.ts";
import { mistake } from "../../reading/json.ts";
import { withFailures } from "../../reading/load-notes.ts";
import { Observed } from "../../reading/observed.ts";
import { unheld } from "../../reading/requests.ts";
import { parted } from "../../reading/round.ts";
import type { Expected } from "../../reading/status.ts";
import type { Warmup } from "../../reading/warmup.ts";
import { type K6Requests, Kinds } from "./kinds.ts";
import {
  allFailed,
  droppedNote,
  errorRate,
  failedChecks,
  isReported,
  reportedTrends,
  throughput,
  trendOf,
} from "./metrics.ts";
import { type EndingOf, judgesHttp, REQUEST_TIMES, Tally } from "./tally.ts";

/** What a point tells of itself beside its value, when it is asked. */
export interface K6Point {
  /** Seconds; NaN where it is not known closely enough for a rate. */
  time(): number;
  /** The kind of request that it is of; null where these are told apart no more. */
  requests(): K6Requests | null;
  /** How the request ended whose time it is. */
  ending(): ReturnType<EndingOf>;
}

/** A share that k6 counts point by point: how many there were, and how many of them were ones. */
interface Share {
  count: number;
  ones: number;
}

/** k6's rates that are metrics here: of checks that passed, and of requests of the browser that failed. */
const SHARES = ["checks", "browser_http_req_failed"] as const;

/** What a run of k6 comes to, sample by sample, whichever output tells of it. */
export class K6Run {
  readonly warmup: Warmup;
  readonly kinds = new Kinds();
  readonly #expected: Expected;
  readonly #contains = new Map<string, string | undefined>();
  readonly #tallies: ReadonlyMap<string, Tally> = new Map(REQUEST_TIMES.map((metric) => [metric, new Tally()]));
  readonly #shares: ReadonlyMap<string, Share> = new Map(SHARES.map((metric) => [metric, { count: 0, ones: 0 }]));
  readonly #trends = new Map<string, Observed>();
  #count = 0;
  #dropped = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(warmup: Warmup, expected: Expected) {
    this.warmup = warmup;
    this.#expected = expected;
  }

  /** Makes a metric known: `contains` is k6's word for its unit, where the output has it. */
  define(metric: string, isTrend: boolean, contains: string | undefined): void {
    this.#contains.set(metric, contains);
    if (!isTrend || !isReported(metric) || this.#trends.has(metric)) return;
    this.#trends.set(metric, this.#tallies.get(metric)?.times ?? new Observed());
  }

  /** Whether a metric was made known. */
  knows(metric: string): boolean {
    return this.#contains.has(metric);
  }

  /** Takes a point of a metric. */
  add(metric: string, value: number, point: K6Point): void {
    const tally = this.#tallies.get(metric);
    if (tally !== undefined) this.#addTime(metric, tally, value, point);
    else if (metric === "http_reqs") this.#countRequests(value, point.time());
    else if (metric === "http_req_failed") this.#judge(value, point);
    else if (metric === "dropped_iterations") this.#dropped += countOf(value, metric);
    else if (this.#shares.has(metric)) this.#addShare(metric, value);
    else this.#trends.get(metric)?.add(value);
  }

  #addTime(metric: string, whole: Tally, value: number, point: K6Point): void {
    const ending = point.ending();
    whole.add(value, ending);
    if (metric === "http_req_duration") point.requests()?.tally.add(value, ending);
  }

  #countRequests(number: number, time: number): void {
    this.#count += countOf(number, "http_reqs");
    if (time < this.#first) this.#first = time;
    if (time > this.#last) this.#last = time;
  }

  /** 1 for a request that failed, 0 for one that did not. */
  #judge(value: number, point: K6Point): void {
    const failed = oneOrZero(value, "http_req_failed");
    if (!judgesHttp(this.#expected)) return;
    this.#http.judge(failed);
    point.requests()?.tally.judge(failed);
  }

  #addShare(metric: string, value: number): void {
    const share = this.#shares.get(metric)!;
    share.ones += oneOrZero(value, metric);
    share.count++;
  }

  get #http(): Tally {
    return this.#tallies.get("http_req_duration")!;
  }

  /** The round: every trend as a whole, and where the script makes more than one kind of request also each of them. */
  round(): ParsedRound {
    this.warmup.check();
    const tallies = [...this.#tallies.values()].filter(({ told }) => told.count > 0);
    if (tallies.length > 0 && tallies.every(({ allFailed }) => allFailed)) {
      const requests = tallies.reduce((sum, { told }) => sum + told.count, 0);
      return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(requests) }] };
    }
    const told = [...this.#wholes(), ...this.#kinds()];
    if (told.length > 0) return parted(told);
    throw new GateError(
      "the output holds no request and no trend",
      "Let the script make a request, or measure with a Trend of its own",
    );
  }

  #wholes(): Told[] {
    const filled = reportedTrends([...this.#trends].filter(([, { count }]) => count > 0).map(([name]) => name));
    return [
      ...filled.flatMap((name) => this.#latency(name, name, this.#trends.get(name)!, this.#tallies.get(name)?.mixed)),
      ...this.#throughput(),
      ...this.#errorRates(),
      ...this.#sharesTold(),
      ...droppedNote(this.#dropped, filled),
    ];
  }

  /** Of a protocol whose requests all failed, that they did. */
  #errorRates(): Told[] {
    return [...this.#tallies].flatMap(([metric, tally]) => {
      if (tally.allFailed) return [{ benchmark: metric, reason: allFailed(tally.told.count) }];
      return errorRateOf(metric === "http_req_duration" ? "http_req_failed" : metric, tally);
    });
  }

  #throughput(): Told[] {
    const seconds = this.#last - this.#first;
    const { count, failed } = this.#http.told;
    const succeeded = this.#count * (count === 0 ? 1 : (count - failed) / count);
    return seconds > 0 ? [throughput("http_reqs", succeeded / seconds)] : [];
  }

  #sharesTold(): Told[] {
    const [checks, browser] = SHARES.map((metric) => this.#shares.get(metric)!) as [Share, Share];
    return [
      ...(browser.count === 0 ? [] : [errorRate("browser_http_req_failed", browser.ones / browser.count)]),
      ...(checks.count === 0 ? [] : [failedChecks("checks", (checks.count - checks.ones) / checks.count)]),
    ];
  }

  #kinds(): Told[] {
    const kinds = this.kinds.filled();
    if (kinds.length < 2) return [];
    return kinds.flatMap(([name, tally]): Told[] => {
      const { allFailed: failed, times, mixed, told } = tally;
      if (failed) return [{ benchmark: name, reason: allFailed(told.count) }];
      return [
        ...(times.count > 0 ? this.#latency(name, "http_req_duration", times, mixed) : []),
        ...errorRateOf(name, tally),
      ];
    });
  }

  #latency(benchmark: string, trend: string, values: Observed, mixed = 0): Told[] {
    const { per, ...what } = trendOf(trend, this.#contains.get(trend));
    const distribution = values.distribution(per);
    if (distribution === null) return [unheld(benchmark)];
    const measured = { benchmark, ...what, distribution };
    return mixed === 0
      ? [measured]
      : [measured, withFailures(benchmark, "k6 without its tag expected_response", mixed, TAGS)];
  }
}

const TAGS = "keep k6's default --system-tags";

function errorRateOf(benchmark: string, { told }: Tally): Told[] {
  return told.count === 0 ? [] : [errorRate(benchmark, told.failed / told.count)];
}

function countOf(number: number, metric: string): number {
  const isCount = number >= 0 && number <= Number.MAX_SAFE_INTEGER;
  return isCount ? number : mistake("a number of them", number, metric);
}

function oneOrZero(value: number, metric: string): 0 | 1 {
  return value === 0 || value === 1 ? value : mistake("0 or 1", value, metric);
}
