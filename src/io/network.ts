import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import { createServer } from "node:net";
import type { Network } from "../ports/index.ts";

/** The port to the loopback network. */
export function createNetwork(): Network {
  return { freePort, status };
}

/** The system picks one; until its new owner binds it, somebody else could, so whoever uses it must be ready to ask again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Asks on a connection of its own that is closed with the answer: one kept alive would make a server wait that shuts down gracefully. A
 * service of this machine may have signed its certificate itself.
 */
function status(url: string, seconds: number): Promise<number | null> {
  return new Promise((resolve) => {
    const options = { agent: false, rejectUnauthorized: false } as const;
    const request = url.startsWith("https:") ? httpsGet(url, options) : httpGet(url, options);
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
