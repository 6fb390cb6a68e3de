import type { GrpcHealth } from "../ports/index.ts";

/** The method of gRPC's health protocol (https://github.com/grpc/grpc/blob/master/doc/health-checking.md). */
const CHECK = "/grpc.health.v1.Health/Check";

/** The names of `HealthCheckResponse.ServingStatus` by their numbers. */
const SERVING = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

/** What a server says whose answer cannot be read: gRPC's INTERNAL. */
const INTERNAL = 13;

/** The longest answer that is taken in, in bytes: a health check's has a handful. */
const LONGEST = 4096;

/**
 * Asks the health service of gRPC over HTTP/2 (plain for `grpc:`, TLS for `grpcs:`, where a service of this machine may have signed its
 * certificate itself) on a connection of its own. The path of the URL names the service to ask about; without one it is all of them.
 */
export async function health(url: string, seconds: number): Promise<GrpcHealth | null> {
  const { protocol, host, pathname } = new URL(url);
  // As in http-client.ts, not before there is something to ask.
  const { connect } = await import("node:http2");
  const session = connect(`${protocol === "grpcs:" ? "https" : "http"}://${host}`, { rejectUnauthorized: false });
  return new Promise((resolve) => {
    const done = (answer: GrpcHealth | null) => {
      clearTimeout(timer);
      resolve(answer);
      session.destroy();
    };
    const timer = setTimeout(() => done(null), seconds * 1000);
    session.on("error", () => done(null));
    session.once("close", () => done(null));
    const stream = session.request({
      ":method": "POST",
      ":path": CHECK,
      "content-type": "application/grpc",
      te: "trailers",
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let code: number | null = null;
    // Where there is nothing but an error, its code is among the first headers.
    const heed = (headers: { readonly [name: string]: unknown }) => {
      if (headers["grpc-status"] !== undefined) code = Number(headers["grpc-status"]);
    };
    stream.on("response", heed);
    stream.on("trailers", heed);
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LONGEST) chunks.push(chunk);
    });
    stream.on("error", () => done(null));
    stream.once("end", () => done(answerOf(code, Buffer.concat(chunks))));
    stream.end(request(decodeURIComponent(pathname.replace(/^\//, ""))));
  });
}

/** Without a code it is no gRPC that was spoken. */
function answerOf(code: number | null, bytes: Buffer): GrpcHealth | null {
  if (code === null || Number.isNaN(code)) return null;
  if (code !== 0) return { error: code };
  const status = statusIn(bytes);
  return status === null ? { error: INTERNAL } : { status };
}

/** A message of gRPC: not compressed, its length, and `HealthCheckRequest { string service = 1 }`. */
function request(service: string): Buffer {
  const name = Buffer.from(service);
  const body = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** The field `status = 1` of a `HealthCheckResponse`, which is left out where it is 0; null where the message is no such thing. */
function statusIn(bytes: Buffer): string | null {
  if (bytes.length < 5 || bytes[0] !== 0 || bytes.readUInt32BE(1) !== bytes.length - 5) return null;
  const body = bytes.subarray(5);
  const number = body.length === 0 ? 0 : body[0] === 0x08 ? body[1] : undefined;
  return number === undefined ? null : (SERVING[number] ?? `status ${number}`);
}
