import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createNetwork } from "../../src/io/network.ts";

const { freePort, status } = createNetwork();
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
