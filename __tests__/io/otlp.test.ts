import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createOtlp } from "../../src/io/otlp.ts";

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let close: () => Promise<void> = async () => {};
afterEach(() => close());

/** A collector that answers as it is told, in turns, the last way for ever. */
async function collector(...answers: readonly ((...given: Parameters<RequestListener>) => void)[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      answers[Math.min(received.length, answers.length) - 1]!(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`, received };
}

const answer =
  (status: number, body = "", headers = {}): ((...given: Parameters<RequestListener>) => void) =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

async function send(url: string, env: Readonly<Record<string, string>> = {}, bodies = ["{}"]) {
  const waits: number[] = [];
  const problem = await createOtlp(env)(url, bodies, async (seconds) => waits.push(seconds));
  return { problem, waits };
}

describe("metrics over OTLP", () => {
  it("go as JSON, one request after the other, with the headers of the environment", async () => {
    const { url, received } = await collector(answer(200, "{}"));
    const env = { OTEL_EXPORTER_OTLP_HEADERS: "api-key=a%2Cb, X-Tenant = 7,content-type=text/plain" };
    expect(await send(url, env, ["{1}", "{2}"])).toEqual({ problem: null, waits: [] });
    expect(received.map(({ body }) => body)).toEqual(["{1}", "{2}"]);
    expect(received[0]!.headers).toMatchObject({
      "api-key": "a,b",
      "x-tenant": "7",
      "content-type": "application/json",
    });
  });

  it("are sent again where the collector is busy, when it says so, and not where it refuses", async () => {
    const busy = await collector(answer(503, "", { "retry-after": "3" }), answer(429), answer(200));
    const { problem, waits } = await send(busy.url);
    expect([problem, waits[0], busy.received.length]).toEqual([null, 3, 3]);
    await close();
    const closed = await collector(answer(401, "who\nare you"));
    expect(await send(closed.url)).toEqual({ problem: "HTTP 401 who are you", waits: [] });
    await close();
    const away = await collector(answer(503));
    expect((await send(away.url)).problem).toBe("HTTP 503");
    expect(away.received).toHaveLength(4);
    await close();
    const patient = await collector(answer(429, "", { "retry-after": "3600" }));
    expect(await send(patient.url)).toEqual({ problem: "HTTP 429", waits: [] });
  });

  it("that were taken in part are told, and not sent twice", async () => {
    const { url, received } = await collector(
      answer(200, '{"partialSuccess":{"rejectedDataPoints":"12","errorMessage":"too old"}}'),
    );
    expect((await send(url)).problem).toContain("12 data points were rejected");
    expect(received).toHaveLength(1);
  });

  it("follow no redirect, read no endless answer, and live with a collector that is not there", async () => {
    const elsewhere = await collector(answer(307, "", { location: "http://127.0.0.1:9/" }));
    expect((await send(elsewhere.url)).problem).toBe("HTTP 307");
    await close();
    const endless = await collector((_, response) => {
      const more = (): void => void (response.destroyed || response.write("x".repeat(65_536), more));
      more();
    });
    expect((await send(endless.url)).problem).toBeNull();
    await close();
    const { problem, waits } = await send(endless.url);
    expect(problem).toMatch(/ECONNREFUSED/);
    expect(waits).toHaveLength(3);
  });

  it("are refused without a word of the key, even where the collector repeats it", async () => {
    const { url } = await collector(answer(401, "no such key: s3cret-key! (Basic s3cret-key!)"));
    const env = { OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20s3cret-key!" };
    expect((await send(url, env)).problem).toBe("HTTP 401 no such key: *** (***)");
  });

  it("name no header's value in an error", async () => {
    const { url } = await collector(answer(200));
    for (const headers of ["no equals secret", "api key=secret", "api-key=sec%ret", "api-key=sec%0Aret"]) {
      const { problem } = await send(url, { OTEL_EXPORTER_OTLP_HEADERS: headers });
      expect(problem).toContain("OTEL_EXPORTER_OTLP_HEADERS");
      expect(problem).not.toMatch(/sec/);
    }
  });
});
