import { GateError } from "../../../model/error.ts";
import { HTTP_STATUSES } from "../../../model/status.ts";
import { Observed } from "../../reading/observed.ts";
import { type Expected, grpcSuccess, httpSuccess, isBelow400 } from "../../reading/status.ts";

/** How a request ended, as far as its point tells. */
type Ending = "succeeded" | "failed" | "untold";

/** Reads how a request ended from the tags of its time; `tag` gives an empty text for a tag that is not there. */
export type EndingOf = (metric: string, tag: (key: string) => string) => Ending;

/** k6's times of requests, which tell by a tag whether they succeeded. */
export const REQUEST_TIMES = ["http_req_duration", "grpc_req_duration"] as const;

/** Whether a metric is the time of requests. */
export function isRequestTime(metric: string): boolean {
  return (REQUEST_TIMES as readonly string[]).includes(metric);
}

/** Whether k6's own judgement of HTTP requests is set aside for the statuses that are expected. */
export function judgesHttp(expected: Expected): boolean {
  return expected?.some(({ from }) => from >= HTTP_STATUSES.from) !== true;
}

/** By the code of gRPC, by the status of HTTP where statuses are expected, else by what k6 itself expected of the response. */
export function endingsOf(expected: Expected): EndingOf {
  const [http, grpc] = [httpSuccess(expected, isBelow400), grpcSuccess(expected)];
  const byTag = judgesHttp(expected);
  return (metric, tag) => {
    if (metric === "grpc_req_duration") return ended(tag("status"), grpc);
    if (byTag) return WORDS[tag("expected_response")] ?? "untold";
    const ending = ended(tag("status"), http);
    if (ending !== "untold") return ending;
    throw new GateError(
      "The request has no tag status",
      "Keep k6's default --system-tags, or leave `expected-status` out",
    );
  };
}

const WORDS: Readonly<Record<string, Ending>> = { true: "succeeded", false: "failed" };

function ended(status: string, isSuccess: (status: number) => boolean): Ending {
  if (!/^\d{1,3}$/.test(status)) return "untold";
  return isSuccess(Number(status)) ? "succeeded" : "failed";
}

/**
 * Requests as k6 tells of them twice: each by its time, whose tags may say how it ended, and each in a rate of those that failed, where its output
 * has that.
 */
export class Tally {
  /** How long those took that are not known to have failed. */
  readonly times = new Observed();
  #refused = 0;
  #untold = 0;
  #judged = 0;
  #failed = 0;

  /** Adds the time of a request. */
  add(value: number, ending: Ending): void {
    if (ending === "failed") this.#refused++;
    else this.times.add(value);
    if (ending === "untold") this.#untold++;
  }

  /** Counts what the rate of failures says of a request. */
  judge(failed: 0 | 1): void {
    this.#failed += failed;
    this.#judged++;
  }

  /** Requests of which it is told how they ended, and how many of them failed. */
  get told(): { readonly count: number; readonly failed: number } {
    if (this.#judged > 0) return { count: this.#judged, failed: this.#failed };
    return { count: this.times.count - this.#untold + this.#refused, failed: this.#refused };
  }

  /** Whether it is told of requests, and none succeeded. */
  get allFailed(): boolean {
    const { count, failed } = this.told;
    return count > 0 && failed === count;
  }

  /** How many failures have their time among those of the others, because no tag tells them apart. */
  get mixed(): number {
    return Math.max(0, Math.min(this.#untold, this.told.failed - this.#refused));
  }

  get isEmpty(): boolean {
    return this.times.count + this.told.count === 0;
  }
}
