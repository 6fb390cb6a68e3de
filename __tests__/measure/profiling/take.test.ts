import { describe, expect, it } from "vitest";
import { takeProfile } from "../../../src/measure/profiling/take.ts";
import type { Suite } from "../../../src/model/plan.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { memoryFiles } from "../../fakes/files.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { fakeProcesses } from "../../fakes/processes.ts";
import { fakeServices } from "../../fakes/services.ts";

const suite: Suite = {
  name: "s",
  timeLimit: 600,
  workload: { kind: "run", command: { kind: "argv", argv: ["k6", "run", "a.js"] }, tool: "k6", output: null },
  service: {
    serve: { kind: "argv", argv: ["node", "server.js"] },
    ready: { kind: "http", url: "http://127.0.0.1:$PORT/", statuses: [{ from: 200, to: 299 }] },
    ports: 1,
    readyLimit: 10,
  },
};

/** How many seconds a service is waited for that never writes its profile. */
async function waited(timeLimit: number, onSleep: () => void = () => {}, signal?: AbortSignal): Promise<number> {
  const clock = fakeClock();
  const services = fakeServices();
  const sleep = async (seconds: number) => {
    onSleep();
    clock.pass(seconds);
  };
  const ports = {
    processes: { ...fakeProcesses(() => ({})), start: services.start },
    files: memoryFiles(new Map()),
    clock: { ...clock, sleep },
    network: fakeNetwork((url) => (services.isUp(/:(\d+)\//.exec(url)![1]!) ? 200 : null)),
    host: { preload: { url: "file:///preload.js", options: "" } } as never,
  };
  const taken = takeProfile({
    ports,
    target: { suite, benchmark: "*", file: null, proven: 0.1, mode: "cpu", seconds: null },
    way: { kind: "service" },
    side: { name: "candidate", cwd: "/head", revision: { sha: "a", ref: "", committedAt: "" } },
    mode: "cpu",
    inlining: false,
    folder: "/tmp/1",
    timeLimit,
    ...(signal && { signal }),
  });
  await expect(taken).rejects.toThrow(/left no profile/);
  return clock.monotonic();
}

describe("a service that never writes its profile", () => {
  it("is waited for no longer than the round may take", async () => {
    expect(await waited(5)).toBeLessThan(5.1);
    expect(await waited(600)).toBeLessThan(25);
  });

  it("is not waited for once that is interrupted", async () => {
    const controller = new AbortController();
    expect(await waited(600, () => controller.abort(), controller.signal)).toBeLessThan(1);
  });
});
