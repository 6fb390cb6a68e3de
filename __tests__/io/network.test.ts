import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo, Server } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createNetwork } from "../../src/io/network.ts";

const { freePorts, status, connects, health } = createNetwork();
const freePort = async () => (await freePorts(1))[0]!;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

function listening(server: Server, port = 0): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
const serving = (listener: RequestListener) => listening(createServer(listener));

describe("free ports", () => {
  it("are all different, and can all be listened on", async () => {
    const ports = await freePorts(12);
    expect(new Set(ports).size).toBe(12);
    for (const port of ports) expect(await listening(createServer(), port)).toBe(port);
  });
});

describe("a connection", () => {
  it("is taken where somebody listens, whatever is spoken there, and left at once", async () => {
    let ended: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const port = await listening(
      createTcpServer((socket) => void socket.on("error", ended).on("close", ended).resume()),
    );
    expect(await connects(`tcp://127.0.0.1:${port}`, 20)).toBe(true);
    await gone;
  });

  it("is not taken where nobody listens", async () => {
    expect(await connects(`tcp://127.0.0.1:${await freePort()}`, 20)).toBe(false);
  });
});

describe("the health of a gRPC service", () => {
  /** A server that speaks gRPC: `answer` gives the trailers and the message for the name of a service. */
  async function grpc(answer: (service: string) => { code: number; message?: Buffer; late?: boolean }) {
    const server = createHttp2Server();
    server.on("stream", (stream, headers) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", () => {});
      stream.on("end", () => {
        const asked = Buffer.concat(chunks);
        const fits =
          headers[":path"] === "/grpc.health.v1.Health/Check" && headers["content-type"] === "application/grpc";
        const { code, message } = fits ? answer(asked.subarray(7).toString()) : { code: 12 };
        if (message === undefined) {
          stream.respond(
            { ":status": 200, "content-type": "application/grpc", "grpc-status": code },
            { endStream: true },
          );
          return;
        }
        stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": code }));
        stream.end(message);
      });
    });
    return listening(server as never);
  }
  const framed = (...bytes: readonly number[]) => Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);

  it.each([
    ["SERVING", { code: 0, message: framed(8, 1) }, { status: "SERVING" }],
    ["NOT_SERVING", { code: 0, message: framed(8, 2) }, { status: "NOT_SERVING" }],
    ["the status that is left out, because it is 0", { code: 0, message: framed() }, { status: "UNKNOWN" }],
    ["an error", { code: 12 }, { error: 12 }],
    ["a message that is none", { code: 0, message: Buffer.from([1, 2, 3]) }, { error: 13 }],
  ])("is %s", async (_, answer, expected) => {
    const port = await grpc(() => answer);
    expect(await health(`grpc://127.0.0.1:${port}`, 20)).toEqual(expected);
  });

  it("is that of the service that the path names", async () => {
    const port = await grpc((service) => (service === "shop.Cart" ? { code: 0, message: framed(8, 1) } : { code: 5 }));
    expect(await health(`grpc://127.0.0.1:${port}/shop.Cart`, 20)).toEqual({ status: "SERVING" });
    expect(await health(`grpc://127.0.0.1:${port}/shop.Other`, 20)).toEqual({ error: 5 });
    expect(await health(`grpc://127.0.0.1:${port}`, 20)).toEqual({ error: 5 });
  });

  it("is unknown where nobody listens, where HTTP/1 is spoken, and where no answer comes in time", async () => {
    expect(await health(`grpc://127.0.0.1:${await freePort()}`, 20)).toBeNull();
    const http = await serving((_, response) => void response.end("hello"));
    expect(await health(`grpc://127.0.0.1:${http}`, 20)).toBeNull();
    const silent = await listening(createTcpServer((socket) => void socket.on("error", () => {}).resume()));
    expect(await health(`grpc://127.0.0.1:${silent}`, 0.1)).toBeNull();
  });
});

describe("a free port", () => {
  it("can be listened on", async () => {
    const port = await freePort();
    expect(await listening(createServer(), port)).toBe(port);
  });
});

describe("the status of a URL", () => {
  it("is that of the answer, and leaves no connection open", async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const port = await serving((request, response) => {
      request.socket.once("close", () => closed());
      response.writeHead(503).end("no");
    });
    expect(await status(`http://127.0.0.1:${port}/health`, 20)).toBe(503);
    await gone;
  });

  it("is a redirect's own: it is not followed", async () => {
    const asked: (string | undefined)[] = [];
    const port = await serving((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect(await status(`http://127.0.0.1:${port}/`, 20)).toBe(302);
    expect(asked).toEqual(["/"]);
  });

  it("does not wait for a body that never ends", async () => {
    const port = await serving((_, response) => {
      response.writeHead(200).write("…");
    });
    expect(await status(`http://127.0.0.1:${port}/`, 60)).toBe(200);
  });

  it("is unknown where nobody listens, where nobody answers in time, and where no HTTP is spoken", async () => {
    expect(await status(`http://127.0.0.1:${await freePort()}/`, 20)).toBeNull();
    const silent = await serving(() => {});
    expect(await status(`http://127.0.0.1:${silent}/`, 0.1)).toBeNull();
    const other = await listening(createTcpServer((socket) => socket.resume().end("SSH-2.0-x\r\n")));
    expect(await status(`http://127.0.0.1:${other}/`, 20)).toBeNull();
  });
});
