import { lookup } from "node:dns/promises";
import { connect, createServer, type Server } from "node:net";
import type { Network } from "../ports/index.ts";
import { health } from "./grpc-health.ts";
import { httpClient } from "./http-client.ts";
import { createOtlp } from "./otlp.ts";

/** The port to the loopback network, and to what the user names. `env` holds the headers for a collector. */
export function createNetwork(env: Readonly<Record<string, string | undefined>> = {}): Network {
  const send = createOtlp(env);
  return { freePorts, status, addresses, connects, health, otlp: (url, bodies) => send(url, bodies) };
}

async function addresses(url: string): Promise<readonly string[]> {
  try {
    const found = await lookup(new URL(url).hostname.replace(/^\[|\]$/g, ""), { all: true });
    return found.map(({ address }) => address).sort();
  } catch {
    return [];
  }
}

/**
 * The system picks them while all are held, so that no two are the same; until their new owner binds them, somebody else could, so whoever
 * uses them must be ready to ask again.
 */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, holdPort));
  const ports = servers.map((server) => {
    const address = server.address();
    return address !== null && typeof address === "object" ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function holdPort(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

/**
 * Asks on a connection of its own that is closed with the answer: one kept alive would make a server wait that shuts down gracefully. A
 * service of this machine may have signed its certificate itself.
 */
async function status(url: string, seconds: number): Promise<number | null> {
  const client = await httpClient(url);
  return new Promise((resolve) => {
    const request = client.get(url, { agent: false, rejectUnauthorized: false });
    const done = (answer: number | null) => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    const timer = setTimeout(() => done(null), seconds * 1000);
    request.once("response", (response) => done(response.statusCode ?? null));
    request.on("error", () => done(null));
  });
}

function connects(url: string, seconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) });
    const done = (answer: boolean) => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    const timer = setTimeout(() => done(false), seconds * 1000);
    socket.once("connect", () => done(true));
    socket.on("error", () => done(false));
  });
}
