import type { Ready } from "../../model/plan.ts";
import { isAmong } from "../../model/status.ts";
import type { Network } from "../../ports/index.ts";

/** What a service answered to the question whether it is ready. */
export interface Answer {
  readonly ready: boolean;
  /** The answer in words: `status 503`, `NOT_SERVING`. */
  readonly heard: string;
}

/** What the errors mean that a server gives where its health service does not help. */
const ERRORS: Readonly<Record<number, string>> = {
  5: "NOT_FOUND: its health service does not know that service",
  12: "UNIMPLEMENTED: it has no health service",
};

/** Asks a service once; null where nobody answers within so many seconds. `ready.url` has ports in place of their names. */
export async function ask(network: Network, ready: Ready, seconds: number): Promise<Answer | null> {
  switch (ready.kind) {
    case "http": {
      const status = await network.status(ready.url, seconds);
      return status === null ? null : { ready: isAmong(status, ready.statuses), heard: `status ${status}` };
    }
    case "tcp":
      return (await network.connects(ready.url, seconds)) ? { ready: true, heard: "a connection" } : null;
    case "grpc": {
      const health = await network.health(ready.url, seconds);
      if (health === null) return null;
      if ("status" in health) return { ready: health.status === "SERVING", heard: health.status };
      return { ready: false, heard: `gRPC error ${health.error} ${ERRORS[health.error] ?? ""}`.trimEnd() };
    }
  }
}

/** The names of so many ports: PORT, PORT_2, PORT_3 and so on. */
export function portNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? "PORT" : `PORT_${index + 1}`));
}

/** How a service is asked on these ports. */
export function readyOn(ready: Ready, ports: readonly number[]): Ready {
  const numbers = new Map(portNames(ports.length).map((name, index) => [name, String(ports[index])]));
  const url = ready.url.replaceAll(
    /\$(?:(PORT(?:_\d+)?)(?!\w)|\{(PORT(?:_\d+)?)\})/g,
    (written, bare, braced) => numbers.get(bare ?? braced) ?? written,
  );
  return { ...ready, url };
}
