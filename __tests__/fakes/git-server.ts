import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { delimiter } from "node:path";
import { QUICK } from "./quick-git.ts";

/** The bare repositories of a folder behind `git http-backend`, as a server of git has them. */
export interface GitServer {
  /** The server's address. */
  readonly server: string;
  readonly requests: readonly Pick<IncomingMessage, "url" | "headers" | "method">[];
  /** Answers requests from now on with this instead; null: as always. Resolves to whether it has answered. */
  fault: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** Cuts every connection and listens no more, until `revive`. */
  die(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** Serves a folder of bare repositories; `authorization` is what it must be told, nothing where absent. */
export async function startGitServer(root: string, authorization?: string): Promise<GitServer> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  const self: { -readonly [Key in keyof GitServer]: GitServer[Key] } = {
    server: "",
    requests,
    fault: null,
    async die() {
      const dying = server;
      server = null;
      await new Promise<void>((resolve) => {
        if (dying === null) return resolve();
        dying.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
    async revive() {
      server = createServer((request, response) => {
        requests.push(request);
        if (self.fault?.(request, response)) return;
        if (authorization !== undefined && request.headers.authorization !== authorization) {
          response.writeHead(401, { "www-authenticate": "Basic" }).end();
        } else backend(root, request, response);
      });
      server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
      });
      await new Promise<void>((resolve) => server!.listen(port, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
      self.server = `http://127.0.0.1:${port}`;
    },
    close: () => self.die(),
  };
  await self.revive();
  return self;
}

/** Hands a request to `git http-backend` (RFC 3875). */
function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH ?? ["/usr/bin", "/bin"].join(delimiter),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      ...QUICK,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: (request.headers["content-encoding"] as string | undefined) ?? "",
      GIT_PROTOCOL: (request.headers["git-protocol"] as string | undefined) ?? "",
      REMOTE_USER: "somebody",
      REMOTE_ADDR: "127.0.0.1",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.on("error", () => {});
  request.pipe(child.stdin);
  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    if (head === null) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const lines = head.toString("latin1", 0, end).split("\r\n");
    const headers = lines.map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = Number(headers.find(([name]) => name === "Status")?.[1]?.slice(0, 3) ?? 200);
    response.writeHead(
      status,
      headers.filter(([name]) => name !== "Status"),
    );
    response.write(head.subarray(end + 4));
    head = null;
  });
  child.on("close", () => response.end());
}
