import { GateError } from "../../../model/error.ts";
import type { ParsedRound, Told } from "../../adapter.ts";
import { mistake } from "../../reading/json.ts";
import { Observed } from "../../reading/observed.ts";
import { unheld } from "../../reading/requests.ts";
import { parted } from "../../reading/round.ts";
import type { Warmup } from "../../reading/warmup.ts";
import { allFailed, errorRate, isReported, reportedTrends, throughput, trendOf } from "./metrics.ts";

/** With more distinct requests than this the URLs hold ids: only http_req_duration as a whole is a benchmark then. */
export const MOST_REQUESTS = 50;

/** How many combinations of tags are remembered. */
const MOST_TAGS = 1000;

/** The tags that tell one kind of request from another. */
export interface RequestTags {
  readonly scenario: string;
  readonly group: string;
  readonly method: string;
  readonly name: string;
}

/** The requests of one scenario, group, method and `name` tag. */
export interface K6Requests {
  /** The `name` tag as it was written, to notice two that come out the same. */
  readonly tag: string;
  readonly durations: Observed;
  failed: number;
  judged: number;
}

/** What a run of k6 comes to, sample by sample, whichever output tells of it. */
export class K6Run {
  readonly warmup: Warmup;
  readonly #contains = new Map<string, string | undefined>();
  readonly #trends = new Map<string, Observed>();
  /** Null once there were too many. */
  #requests: Map<string, K6Requests> | null = new Map();
  /** The same by their tags: several may come to one name. */
  readonly #byTags = new Map<string, K6Requests>();
  #failed = 0;
  #judged = 0;
  #count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(warmup: Warmup) {
    this.warmup = warmup;
  }

  /** Makes a metric known: `contains` is k6's word for its unit, where the output has it. */
  define(metric: string, isTrend: boolean, contains: string | undefined): void {
    this.#contains.set(metric, contains);
    if (isTrend && isReported(metric) && !this.#trends.has(metric)) this.#trends.set(metric, new Observed());
  }

  /** Whether a metric was made known. */
  knows(metric: string): boolean {
    return this.#contains.has(metric);
  }

  /** The values of a trend that may become a benchmark; undefined for every other metric. */
  trend(metric: string): Observed | undefined {
    return this.#trends.get(metric);
  }

  /** Counts `http_reqs` at a time, in seconds; NaN where it is not known closely enough. */
  countRequests(number: number, time: number): void {
    if (!(number >= 0 && number <= Number.MAX_SAFE_INTEGER)) mistake("a number of requests", number, "http_reqs");
    this.#count += number;
    if (time < this.#first) this.#first = time;
    if (time > this.#last) this.#last = time;
  }

  /** Counts one `http_req_failed`: 1 for a request that failed, 0 for one that did not. */
  judge(failed: number, requests: K6Requests | null): void {
    if (failed !== 0 && failed !== 1) mistake("0 or 1", failed, "http_req_failed");
    this.#failed += failed;
    this.#judged++;
    if (requests === null) return;
    requests.failed += failed;
    requests.judged++;
  }

  /** Whether requests are told apart no more. */
  get hasTooManyKinds(): boolean {
    return this.#requests === null;
  }

  /** The requests with these tags; null where there are too many kinds. Throws a `GateError` where two kinds would get one name. */
  requestsOf(tags: RequestTags): K6Requests | null {
    if (this.#requests === null) return null;
    const key = `${tags.scenario}\n${tags.group}\n${tags.method}\n${tags.name}`;
    const same = this.#byTags.get(key);
    if (same !== undefined) return same;
    const requests = this.#requestsCalled(requestName(tags), tags, this.#requests);
    if (this.#byTags.size === MOST_TAGS) this.#byTags.clear();
    if (requests !== null) this.#byTags.set(key, requests);
    return requests;
  }

  #requestsCalled(name: string, tags: RequestTags, requests: Map<string, K6Requests>): K6Requests | null {
    const known = requests.get(name);
    if (known !== undefined) {
      if (known.tag === tags.name) return known;
      const problem = `the requests ${JSON.stringify(known.tag)} and ${JSON.stringify(tags.name)} are both called ${JSON.stringify(name)}`;
      throw new GateError(problem, "Give requests to different services their own `name` tag");
    }
    if (requests.size === MOST_REQUESTS) {
      this.#requests = null;
      this.#byTags.clear();
      return null;
    }
    const fresh = { tag: tags.name, durations: new Observed(), failed: 0, judged: 0 };
    requests.set(name, fresh);
    return fresh;
  }

  /** The round: every trend as a whole, and where the script makes more than one kind of request also each of them. */
  round(): ParsedRound {
    this.warmup.check();
    if (this.#judged > 0 && this.#failed === this.#judged) {
      return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(this.#judged) }] };
    }
    const told = [...this.#wholes(), ...this.#kinds()];
    if (told.length > 0) return parted(told);
    throw new GateError(
      "the output holds no request and no trend",
      "Let the script make a request, or measure with a Trend of its own",
    );
  }

  #wholes(): Told[] {
    const filled = [...this.#trends].filter(([, { count }]) => count > 0).map(([name]) => name);
    const seconds = this.#last - this.#first;
    return [
      ...reportedTrends(filled).map((name) => this.#latency(name, name, this.#trends.get(name)!)),
      ...(seconds > 0 ? [throughput("http_reqs", (this.#count - this.#failed) / seconds)] : []),
      ...(this.#judged > 0 ? [errorRate("http_req_failed", this.#failed / this.#judged)] : []),
    ];
  }

  #kinds(): Told[] {
    const kinds = [...(this.#requests ?? [])].filter(([, { durations, judged }]) => durations.count + judged > 0);
    if (kinds.length < 2) return [];
    return kinds.flatMap(([name, { durations, failed, judged }]) => {
      if (judged > 0 && failed === judged) return [{ benchmark: name, reason: allFailed(judged) }];
      return [
        ...(durations.count > 0 ? [this.#latency(name, "http_req_duration", durations)] : []),
        ...(judged > 0 ? [errorRate(name, failed / judged)] : []),
      ];
    });
  }

  #latency(benchmark: string, trend: string, values: Observed): Told {
    const { per, ...what } = trendOf(trend, this.#contains.get(trend));
    const distribution = values.distribution(per);
    return distribution === null ? unheld(benchmark) : { benchmark, ...what, distribution };
  }
}

/** `scenario > group > METHOD name`, the scenario `default` and the port of a local service left out. */
function requestName({ scenario, group, method, name }: RequestTags): string {
  const groups = group.split("::").filter((part) => part !== "");
  return [
    ...(scenario === "default" || scenario === "" ? [] : [scenario]),
    ...groups,
    `${method} ${withoutLocalHost(name)}`.trim(),
  ].join(" > ");
}

/** A URL without its host where that is this machine, whose port changes from round to round. */
export function withoutLocalHost(url: string): string {
  return url.replace(/^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?(?=[/?#]|$)/, "") || "/";
}
