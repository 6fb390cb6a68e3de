import { describe, expect, it } from "vitest";
import { ask, readyOn } from "../../../src/measure/workloads/readiness.ts";
import type { Ready } from "../../../src/model/plan.ts";
import type { Network } from "../../../src/ports/index.ts";

const url = "x";
const network = (parts: Partial<Network>) => parts as Network;

describe("the question whether a service is ready", () => {
  const http: Ready = {
    kind: "http",
    url,
    statuses: [
      { from: 200, to: 399 },
      { from: 404, to: 404 },
    ],
  };

  it.each([
    [200, true],
    [302, true],
    [399, true],
    [400, false],
    [404, true],
    [503, false],
  ])("is answered by status %i: %s", async (status, ready) => {
    expect(await ask(network({ status: async () => status }), http, 1)).toEqual({ ready, heard: `status ${status}` });
  });

  it("is answered by a connection", async () => {
    const tcp = { kind: "tcp", url } as const;
    expect(await ask(network({ connects: async () => true }), tcp, 1)).toMatchObject({ ready: true });
    expect(await ask(network({ connects: async () => false }), tcp, 1)).toBeNull();
  });

  it.each([
    [{ status: "SERVING" }, { ready: true, heard: "SERVING" }],
    [{ status: "NOT_SERVING" }, { ready: false, heard: "NOT_SERVING" }],
    [{ error: 12 }, { ready: false, heard: "gRPC error 12 UNIMPLEMENTED: it has no health service" }],
    [{ error: 14 }, { ready: false, heard: "gRPC error 14" }],
    [null, null],
  ])("is answered by gRPC's health service: %o", async (health, answer) => {
    expect(await ask(network({ health: async () => health }), { kind: "grpc", url }, 1)).toEqual(answer);
  });
});

describe("the place of a service's ports", () => {
  it.each([
    ["http://127.0.0.1:$PORT/a?b=${PORT}", "http://127.0.0.1:1001/a?b=1001"],
    ["tcp://127.0.0.1:$PORT_2", "tcp://127.0.0.1:1002"],
    ["grpc://127.0.0.1:${PORT_2}/x", "grpc://127.0.0.1:1002/x"],
    ["http://127.0.0.1:$PORT/$PORTS/$PORT_9", "http://127.0.0.1:1001/$PORTS/$PORT_9"],
  ])("in %s", (written, filled) => {
    expect(readyOn({ kind: "tcp", url: written }, [1001, 1002]).url).toBe(filled);
  });
});
