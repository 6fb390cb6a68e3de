import { GateError } from "../model/error.ts";
import { largest } from "../model/extremes.ts";
import type { Ready, Service, Workload } from "../model/plan.ts";
import { HTTP_STATUSES, type StatusRange } from "../model/status.ts";
import { commandOf, unfit } from "./command.ts";
import { DEFAULT_READY_LIMIT } from "./defaults.ts";
import { quote } from "./scalars.ts";
import type { WrittenCommand, WrittenSuite } from "./schema.ts";

/** The most ports that a service is given. */
const MOST_PORTS = 16;

/** The statuses that mean ready where nothing else is said. */
const SUCCESS: readonly StatusRange[] = [{ from: 200, to: 299 }];

/** A URL of the service: its scheme, its port where that is a number, and what comes after it. */
const URL_OF_SERVICE =
  /^(https?|tcp|grpcs?):\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(?:(\d{1,5})|\$PORT(?:_\d+)?|\$\{PORT(?:_\d+)?\})((?:[/?]\S*)?)$/;

/** The highest number of a port. */
const LAST_PORT = 65_535;

/** A port that a text names; 1 where it is PORT itself. */
const NAMED_PORT = /(?<![A-Za-z0-9_])PORT(?:_(\d+))?(?![A-Za-z0-9_])/g;

/** The service that a suite puts under load, or null. Throws with the offending key as `path`. */
export function serviceOf(suite: WrittenSuite, kind: Workload["kind"]): Service | null {
  const { serve, ready, "ready-limit": limit, shell } = suite;
  if (serve === undefined) {
    const needless = ready !== undefined ? "ready" : limit !== undefined ? "ready-limit" : null;
    if (needless === null || kind !== "run") return null;
    throw unfit(needless, "`serve: …`, the service's command");
  }
  if (ready === undefined) {
    throw new GateError(
      "Nothing says when the service is ready",
      "Add `ready: http://127.0.0.1:$PORT/health`, a URL that answers with 2xx, or `ready: tcp://127.0.0.1:$PORT`",
      { path: "serve" },
    );
  }
  const fixedPort = fixedPortOf(ready);
  return {
    serve: commandOf(serve, shell),
    ready: readyOf(ready),
    ...(fixedPort !== null && { fixedPort }),
    readyLimit: limit ?? DEFAULT_READY_LIMIT,
    ports: portsOf(suite),
  };
}

type WrittenReady = NonNullable<WrittenSuite["ready"]>;

function urlOf(written: WrittenReady): string {
  return typeof written === "string" ? written : written.http;
}

/** The port of a service that has one of its own; null where it takes what it is given. */
function fixedPortOf(written: WrittenReady): number | null {
  const port = URL_OF_SERVICE.exec(urlOf(written))?.[2];
  if (port === undefined) return null;
  if (Number(port) >= 1 && Number(port) <= LAST_PORT) return Number(port);
  throw new GateError(`${port} is not a port`, `Write $PORT, or a number from 1 to ${LAST_PORT}`, { path: "ready" });
}

function readyOf(written: WrittenReady): Ready {
  const url = urlOf(written);
  const [, scheme = "", , rest = ""] = URL_OF_SERVICE.exec(url) ?? [];
  const kind = scheme.startsWith("grpc") ? "grpc" : scheme === "tcp" ? "tcp" : "http";
  const isWrong = scheme === "" || (kind === "tcp" && rest !== "") || (typeof written !== "string" && kind !== "http");
  if (isWrong) {
    throw new GateError(
      `${quote(url)} is not a URL of the service that Benchgate starts`,
      "Write it like http://127.0.0.1:$PORT/health, tcp://127.0.0.1:$PORT or grpc://127.0.0.1:$PORT: each side has ports of its own. A number in place of $PORT is for a service that always listens there: one side's is up at a time then",
      { path: "ready" },
    );
  }
  if (kind !== "http") return { kind, url };
  const statuses = (typeof written === "string" ? null : written.status) ?? SUCCESS;
  if (statuses.every(({ from }) => from >= HTTP_STATUSES.from)) return { kind, url, statuses };
  throw new GateError("This is a code of gRPC, not a status of HTTP", "Write it like 200-399, 404", {
    path: "ready",
  });
}

/** As many ports as `serve`, `ready` and `run` name: PORT, PORT_2 and so on. */
function portsOf({ serve, ready, run }: WrittenSuite): number {
  const texts = [serve, run].flatMap((command) => (command === undefined ? [] : [lineOf(command)]));
  const url = ready === undefined ? "" : urlOf(ready);
  const numbers = [...texts, url].flatMap((text) => [...text.matchAll(NAMED_PORT)].map(([, number = "1"]) => number));
  const wrong = numbers.find((number) => /^0/.test(number) || Number(number) > MOST_PORTS);
  if (wrong !== undefined) {
    throw new GateError(
      `PORT_${wrong} is not given`,
      `The ports are PORT, PORT_2, PORT_3 and so on, up to PORT_${MOST_PORTS}`,
      { path: "serve" },
    );
  }
  return largest(numbers.map(Number), 1);
}

function lineOf(command: WrittenCommand): string {
  return "line" in command ? command.line : command.argv.join(" ");
}
