import { describe, expect, it } from "vitest";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { ghz } from "../../src/adapters/tools/ghz.ts";
import { oha } from "../../src/adapters/tools/oha.ts";
import { measured, onlyRound, single } from "./outputs.ts";

const CLOSING = "rpc error: code = Canceled desc = grpc: the client connection is closing";
const CLOSED =
  "rpc error: code = Unavailable desc = error reading from server: read tcp 127.0.0.1:1->127.0.0.1:2: use of closed network connection";
const DOWN = "rpc error: code = Unavailable desc = connection refused";

interface Given {
  readonly endReason: string;
  readonly errors: Readonly<Record<string, number>>;
  readonly options?: object;
  readonly details?: boolean;
}

/** A report of ghz: 90 calls that succeeded in 20 ms within 3 s, and these errors, of 8 callers. */
function report({ endReason, errors, options = {}, details = true }: Given): string {
  const failed = Object.values(errors).reduce((sum, n) => sum + n, 0);
  const calls = [
    ...Array.from({ length: 90 }, () => ({ latency: 20e6, error: "", status: "OK" })),
    ...Object.entries(errors).flatMap(([error, n]) =>
      Array.from({ length: n }, () => ({ latency: 1e6, error, status: /code = (\w+)/.exec(error)![1] })),
    ),
  ];
  return JSON.stringify({
    ...{ endReason, options: { call: "shop.Cart.Get", concurrency: 8, ...options }, count: 90 + failed },
    ...{ total: 3e9, average: 20e6, fastest: 20e6, slowest: 20e6, rps: (90 + failed) / 3, errorDistribution: errors },
    statusCodeDistribution: { OK: 90 },
    latencyDistribution: [{ percentage: 50, latency: 20e6 }],
    ...{ histogram: [], details: details ? calls : [] },
  });
}

const read = (given: Given) => {
  const round = onlyRound(ghz, report(given));
  const of = (metric: string) => measured(round, "shop.Cart.Get", metric).distribution;
  const [latency, throughput, errorRate] = [of("latency"), of("throughput"), of("error-rate")];
  return { latency, throughput: (throughput as { value: number }).value, errorRate };
};

describe("calls that ghz itself cut off", () => {
  it.each(["timeout", "cancel"])("have neither succeeded nor failed where it ended by %s", (endReason) => {
    for (const details of [true, false]) {
      const { latency, throughput, errorRate } = read({ endReason, errors: { [CLOSING]: 6, [CLOSED]: 2 }, details });
      expect(errorRate).toEqual(single(0));
      expect(throughput).toBeCloseTo(30, 9);
      expect(latency).toMatchObject(details ? { samples: { length: 90 } } : { count: 90 });
    }
  });

  it("are failures where a number of calls was asked for", () => {
    expect(read({ endReason: "normal", errors: { [CLOSING]: 6, [CLOSED]: 4 } }).errorRate).toEqual(single(0.1));
  });

  it("are no excuse for other errors beside them", () => {
    expect(read({ endReason: "timeout", errors: { [CLOSING]: 8, [DOWN]: 10 } }).errorRate).toEqual(single(0.1));
  });

  it("are at most as many as callers: a server that closes connections all the time has failed", () => {
    expect(read({ endReason: "timeout", errors: { [CLOSED]: 18 } }).errorRate).toEqual(single(0.1));
    const growing = { "concurrency-schedule": "line", "concurrency-start": 2, "concurrency-end": 18 };
    expect(read({ endReason: "timeout", errors: { [CLOSED]: 18 }, options: growing }).errorRate).toEqual(single(0));
  });

  it("are any number with --async, where calls do not wait", () => {
    expect(read({ endReason: "timeout", errors: { [CLOSING]: 40 }, options: { async: true } }).errorRate).toEqual(
      single(0),
    );
  });
});

describe("codes that are expected of ghz", () => {
  const errors = { "rpc error: code = NotFound desc = no cart": 10 };
  const text = report({ endReason: "normal", errors }).replace('{"OK":90}', '{"OK":90,"NotFound":10}');
  const given = (...codes: readonly number[]) => ({
    ...outputOf(text),
    expected: codes.map((code) => ({ from: code, to: code })),
  });

  it("are successes, with their times", () => {
    const [round] = ghz.parse(given(0, 5));
    expect(measured(round!, "shop.Cart.Get", "error-rate").distribution).toEqual(single(0));
    expect(measured(round!, "shop.Cart.Get", "latency").distribution).toMatchObject({ samples: { length: 100 } });
  });

  it("leave any other a failure, OK among them where it is not named", () => {
    const [round] = ghz.parse(given(5));
    expect(measured(round!, "shop.Cart.Get", "error-rate").distribution).toEqual(single(0.9));
    expect(measured(round!, "shop.Cart.Get", "latency").distribution).toMatchObject({ samples: { length: 10 } });
  });
});

describe("requests that the end of oha's -z cut off", () => {
  it("are left out, while those that timed out have failed", () => {
    const result = (errors: object) =>
      JSON.stringify({
        summary: { total: 2, fastest: 0.01, slowest: 0.03, average: 0.02 },
        ...{ latencyPercentiles: { p50: 0.02 }, statusCodeDistribution: { "200": 90 }, errorDistribution: errors },
      });
    const rate = (errors: object) => measured(onlyRound(oha, result(errors)), "requests", "error-rate").distribution;
    expect(rate({ "aborted due to deadline": 10 })).toEqual(single(0));
    expect(rate({ "aborted due to deadline": 10, "request timeout": 10 })).toEqual(single(0.1));
  });
});
