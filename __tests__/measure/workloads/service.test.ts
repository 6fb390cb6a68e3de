import { describe, expect, it } from "vitest";
import type { Execution, SlotResult } from "../../../src/measure/execution.ts";
import type { Side } from "../../../src/measure/schedule.ts";
import { underLoad } from "../../../src/measure/workloads/service.ts";
import { GateError } from "../../../src/model/error.ts";
import type { Measurement } from "../../../src/model/measurement.ts";
import type { Service } from "../../../src/model/plan.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { fakeProcesses } from "../../fakes/processes.ts";
import { type FakeService, fakeServices } from "../../fakes/services.ts";

const service: Service = {
  serve: { kind: "shell", line: "node server.js", shell: "sh" },
  ready: {
    kind: "http",
    url: "http://127.0.0.1:$PORT/health?p=${PORT}",
    statuses: [{ from: 200, to: 299 }],
  },
  ports: 1,
  readyLimit: 10,
};
const latency = (value: number): Measurement => ({
  suite: "s",
  benchmark: "GET /",
  metric: "latency",
  unit: "s",
  better: "lower",
  distribution: { kind: "value", value, exact: false },
});
const measured: SlotResult = { measurements: [latency(1)], failures: [] };
const portOf = (url: string) => /:(\d+)\//.exec(url)?.[1] ?? "";

/** A world in which services answer as long as they are up. */
function world(answer: (index: number) => FakeService = () => ({}), status?: (url: string) => number | null) {
  const clock = fakeClock();
  const services = fakeServices((_, index) => answer(index));
  const network = fakeNetwork(status ?? ((url) => (services.isUp(portOf(url)) ? 200 : null)));
  const processes = { ...fakeProcesses(() => ({})), start: services.start };
  const loads: Execution[] = [];
  const execution = (side: Side): Execution => ({
    ports: {
      processes,
      clock,
      network,
      files: undefined as never,
      host: undefined as never,
    },
    suite: "s",
    side,
    cwd: `/${side}`,
    timeLimit: 60,
    deadline: Number.POSITIVE_INFINITY,
    skip: 0,
    only: null,
    env: { BENCHGATE_OUTPUT: `/tmp/${side}`, BENCHGATE_ROUND: "3", MODE: "fast" },
  });
  const run = async (
    sides: readonly Side[] = ["candidate", "baseline"],
    load: (execution: Execution) => SlotResult | Promise<SlotResult> = () => measured,
    warmup = false,
  ) =>
    underLoad(service, {
      warmup,
      run: async (each) => {
        loads.push(each);
        services.events.push(`load ${each.env.PORT}`);
        return load(each);
      },
    })(sides.map(execution));
  return { run, services, loads, clock, execution };
}

describe("a service under load", () => {
  it("is up on all sides while the loads take turns, each in its tree with its own port, and down afterwards", async () => {
    const { run, services, loads } = world();
    expect(await run()).toEqual([measured, measured]);
    expect(services.events).toEqual([
      "start 40001",
      "start 40002",
      "load 40001",
      "load 40002",
      "stop 40001",
      "stop 40002",
    ]);
    expect(services.specs).toEqual([
      {
        argv: ["sh", "-c", "node server.js"],
        cwd: "/candidate",
        env: { BENCHGATE_ROUND: "3", MODE: "fast", PORT: "40001", BENCHGATE_URL: "http://127.0.0.1:40001" },
      },
      expect.objectContaining({ cwd: "/baseline" }),
    ]);
    expect(loads.map(({ side, env }) => [side, env])).toEqual([
      [
        "candidate",
        {
          BENCHGATE_OUTPUT: "/tmp/candidate",
          BENCHGATE_ROUND: "3",
          MODE: "fast",
          PORT: "40001",
          BENCHGATE_URL: "http://127.0.0.1:40001",
        },
      ],
      ["baseline", expect.objectContaining({ BENCHGATE_OUTPUT: "/tmp/baseline", PORT: "40002" })],
    ]);
  });

  it("starts on all sides before any is ready, so that none is older than another", async () => {
    const { run, services } = world(undefined, (url) =>
      services.specs.length === 2 && services.isUp(portOf(url)) ? 200 : null,
    );
    expect(await run()).toEqual([measured, measured]);
  });

  it("is stopped on the other side where its start runs into a bug", async () => {
    const { run, services } = world((index) => {
      if (index === 1) throw new TypeError("a bug");
      return {};
    });
    await expect(run()).rejects.toThrow(TypeError);
    expect(services.events).toEqual(["start 40001", "stop 40001"]);
  });

  it("and its load find all ports that they name, each side its own", async () => {
    const { services, loads, execution } = world();
    const three: Service = {
      ...service,
      ready: { kind: "http", url: "http://127.0.0.1:${PORT_2}/", statuses: [{ from: 200, to: 299 }] },
      ports: 3,
    };
    const asked: string[] = [];
    const sides = (["candidate", "baseline"] as const).map((side): Execution => {
      const each = execution(side);
      const status = async (url: string) => {
        asked.push(url);
        return services.isUp(String(Number(portOf(url)) - 1)) ? 200 : null;
      };
      return { ...each, ports: { ...each.ports, network: { ...each.ports.network, status } } };
    });
    let port = 50_000;
    const network = sides[0]!.ports.network as { freePorts: (count: number) => Promise<readonly number[]> };
    network.freePorts = async (count) => Array.from({ length: count }, () => ++port);
    await underLoad(three, {
      warmup: false,
      run: async (each) => {
        loads.push(each);
        return measured;
      },
    })(sides);
    const portsIn = ({ PORT, PORT_2, PORT_3 }: Readonly<Record<string, string>>) => [PORT, PORT_2, PORT_3];
    const expected = [
      ["50001", "50002", "50003"],
      ["50004", "50005", "50006"],
    ];
    expect(services.specs.map(({ env }) => portsIn(env))).toEqual(expected);
    expect(loads.map(({ env }) => portsIn(env))).toEqual(expected);
    expect(new Set(asked)).toEqual(new Set(["http://127.0.0.1:50002/", "http://127.0.0.1:50005/"]));
  });

  it("that has a port of its own is up on one side at a time, and only where nobody else listens there", async () => {
    const { services, execution } = world();
    const fixed: Service = {
      ...service,
      ready: { kind: "http", url: "http://127.0.0.1:3000/", statuses: [{ from: 200, to: 299 }] },
      fixedPort: 3000,
    };
    const load = underLoad(fixed, {
      warmup: false,
      run: async ({ side, env }) => {
        services.events.push(`load ${side} ${env.BENCHGATE_URL}`);
        return measured;
      },
    });
    const sides = (["candidate", "baseline"] as const).map((side) => execution(side));
    expect(await load(sides)).toEqual([measured, measured]);
    expect(services.events).toEqual([
      "start 3000",
      "load candidate http://127.0.0.1:3000",
      "stop 3000",
      "start 3000",
      "load baseline http://127.0.0.1:3000",
      "stop 3000",
    ]);
    const { network } = sides[0]!.ports;
    const strangers = sides.map((each) => ({
      ...each,
      ports: { ...each.ports, network: { ...network, connects: async (url: string) => url === "tcp://[::1]:3000" } },
    }));
    const results = await load(strangers);
    expect(results.flatMap(({ failures }) => failures.map(({ reason }) => reason))).toEqual(
      Array(2).fill(
        "somebody listens on port 3000 before the service `node server.js` is started. Stop that program first; it may be what the other side's service has left.",
      ),
    );
    expect(services.specs).toHaveLength(2);
  });

  it("that has a port of its own waits until the one before has let go of it, and not for ever", async () => {
    const fixed: Service = { ...service, fixedPort: 3000 };
    const taken: FakeService = {
      ends: { exitCode: 1, signal: null },
      tail: "OSError: [Errno 98] Address already in use",
    };
    const load = underLoad(fixed, { warmup: false, run: async () => measured });
    const later = world((index) => (index < 3 ? taken : {}));
    expect(await load([later.execution("candidate")])).toEqual([measured]);
    expect(later.services.specs.map(({ env }) => env.PORT)).toEqual(Array(4).fill("3000"));
    const never = world(() => taken);
    expect((await load([never.execution("candidate")]))[0]?.failures[0]?.reason).toContain("found its port taken");
    expect(never.services.specs.length).toBeLessThan(100);
  });

  it("is started anew for each round", async () => {
    const { run, services } = world();
    await run();
    await run();
    expect(services.specs.map(({ env }) => env.PORT)).toEqual(["40001", "40002", "40003", "40004"]);
    expect(services.events.filter((event) => event.startsWith("stop"))).toHaveLength(4);
  });

  it("is asked until it answers with 2xx", async () => {
    const answers = [null, 503, 301, 204];
    const asked: string[] = [];
    const { run } = world(undefined, (url) => {
      asked.push(url);
      return answers[asked.length - 1] ?? null;
    });
    expect(await run(["candidate"])).toEqual([measured]);
    expect(asked.slice(0, 4)).toEqual(Array(4).fill("http://127.0.0.1:40001/health?p=40001"));
  });

  it("loses the time that its start took, and no more, of the time limit of the round", async () => {
    let asked = 0;
    const { run, loads } = world(undefined, () => (++asked <= 100 ? null : asked === 101 ? 200 : null));
    await run(["candidate"]);
    expect(loads[0]?.timeLimit).toBeCloseTo(55, 5);
  });

  it.each([
    ["that nobody answers", null, "(nobody answers)"],
    ["what it answers", 503, "(status 503)"],
  ])("that is never ready fails its side at the deadline, and says %s", async (_, status, heard) => {
    const { run, services, clock } = world(
      (index) => (index === 0 ? { tail: "listening on 3000" } : {}),
      (url) => (url.includes(":40001") ? status : services.isUp("40002") ? 200 : null),
    );
    const [candidate, baseline] = await run();
    expect(clock.monotonic()).toBeCloseTo(10, 1);
    expect(baseline).toEqual(measured);
    expect(candidate).toEqual({
      measurements: [],
      failures: [
        {
          suite: "s",
          benchmark: "*",
          reason: `the service \`node server.js\` was not ready at http://127.0.0.1:40001/health?p=40001 within 10 s ${heard}. Have it listen on the port that the variable PORT names, correct \`ready\`, or raise \`ready-limit\`.`,
          output: "listening on 3000",
        },
      ],
    });
    expect(services.events).toEqual(["start 40001", "start 40002", "stop 40001", "load 40002", "stop 40002"]);
  });

  it.each([
    [{ exitCode: 1, signal: null }, "exited with code 1 before it was ready. See the end of its output"],
    [{ exitCode: null, signal: "SIGSEGV" }, "was ended by SIGSEGV before it was ready."],
    [{ exitCode: 0, signal: null }, "exited with code 0 before it was ready. It must stay in the foreground"],
  ])("that ends early (%o) is not waited for", async (ends, reason) => {
    const { run, clock } = world(() => ({ ends, tail: "Error: no database" }));
    const [result] = await run(["candidate"]);
    expect(result?.failures).toEqual([
      { suite: "s", benchmark: "*", reason: expect.stringContaining(reason), output: "Error: no database" },
    ]);
    expect(clock.monotonic()).toBeLessThan(1);
  });

  it("does not take somebody else's answer for that of a service which has ended", async () => {
    const { run } = world(
      () => ({ ends: { exitCode: 1, signal: null } }),
      () => 200,
    );
    expect((await run(["candidate"]))[0]?.failures[0]?.reason).toContain("exited with code 1 before it was ready");
  });

  it("gets another port where somebody was faster to take its own, three times at most", async () => {
    const taken: FakeService = {
      ends: { exitCode: 1, signal: null },
      tail: "Error: listen EADDRINUSE: address already in use",
    };
    const once = world((index) => (index === 0 ? taken : {}));
    expect(await once.run(["candidate"])).toEqual([measured]);
    expect(once.loads[0]?.env.PORT).toBe("40002");
    const always = world(() => taken);
    expect((await always.run(["candidate"]))[0]?.failures[0]?.reason).toBe(
      "the service `node server.js` found its port taken. Have it listen on the port that the variable PORT names: each side has its own.",
    );
    expect(always.services.specs).toHaveLength(3);
  });

  it("that can never start has no hope: another round is not worth it", async () => {
    const missing = world(() => ({ ends: { exitCode: 127, signal: null } }));
    const [result] = await missing.run(["candidate"]);
    expect(result).toMatchObject({ hopeless: true, measurements: [] });
    expect(result?.failures[0]?.reason).toBe(
      "the service `node server.js` exited with code 127: a program in it was not found. Install it in `setup` or in an earlier step of the job, or correct its name.",
    );
    const crashes = world(() => ({ ends: { exitCode: 1, signal: null } }));
    expect((await crashes.run(["candidate"]))[0]?.hopeless).toBeUndefined();
  });

  it("that cannot be started fails its side with the remedy", async () => {
    const { run } = world(() => {
      throw new GateError("`node` is not on PATH", "Install it", {}, "measure");
    });
    expect((await run(["candidate"]))[0]?.failures[0]?.reason).toBe("serve: `node` is not on PATH. Install it.");
  });

  it("that ends under load has nothing measured, whatever the load says", async () => {
    const { run, services } = world((index) => (index === 0 ? { tail: "out of memory" } : {}));
    const [candidate, baseline] = await run(undefined, (execution) => {
      if (execution.side === "candidate") services.crash("40001", { exitCode: 134, signal: null });
      return measured;
    });
    expect(candidate).toEqual({
      measurements: [],
      failures: [
        {
          suite: "s",
          benchmark: "*",
          reason: expect.stringContaining("`node server.js` exited with code 134 under load."),
          output: "out of memory",
        },
      ],
    });
    expect(baseline).toEqual(measured);
  });

  it("is quoted below the load's own words where the load fails", async () => {
    const failed: SlotResult = {
      measurements: [],
      failures: [{ suite: "s", benchmark: "*", reason: "all requests failed", output: "connect timed out" }],
    };
    const { run } = world(() => ({ tail: "TypeError: x is not a function" }));
    expect((await run(["candidate"], () => failed))[0]?.failures[0]?.output).toBe(
      "connect timed out\nthe service:\nTypeError: x is not a function",
    );
  });

  it("is stopped on all sides where the load throws", async () => {
    const { run, services } = world();
    await expect(run(undefined, () => Promise.reject(new TypeError("a bug")))).rejects.toThrow(TypeError);
    expect(services.events.slice(-2)).toEqual(["stop 40001", "stop 40002"]);
  });

  it("whose daemon goes on answering after it was stopped is a failure beside what was measured", async () => {
    const { run } = world(undefined, () => 200);
    const [result] = await run(["candidate"]);
    expect(result?.measurements).toEqual(measured.measurements);
    expect(result?.failures).toEqual([
      {
        suite: "s",
        benchmark: "service",
        reason: expect.stringMatching(/still answers.*in the foreground/),
        output: "",
      },
    ]);
  });

  it("is neither started nor loaded once the user has interrupted", async () => {
    const { execution, services } = world();
    const controller = new AbortController();
    let loads = 0;
    const run = underLoad(service, {
      warmup: false,
      run: async () => {
        loads++;
        controller.abort();
        return measured;
      },
    });
    const sides = (["candidate", "baseline"] as const).map((side) => ({
      ...execution(side),
      signal: controller.signal,
    }));
    const [, second] = await run(sides);
    expect(loads).toBe(1);
    expect(second?.failures[0]?.reason).toBe("interrupted.");
    expect(services.events.filter((event) => event.startsWith("stop"))).toHaveLength(2);
  });
});

describe("what a service takes", () => {
  const usage = (cpuSeconds: number, peakMemory: number) => ({ cpuSeconds, peakMemory, resolution: 0.01 });
  const own = (result: SlotResult | undefined) =>
    result?.measurements
      .filter(({ benchmark }) => benchmark === "service")
      .map(({ metric, unit, better, distribution, resolution }) => ({
        metric,
        unit,
        better,
        distribution,
        resolution,
      }));

  it("is the CPU time of its own burst and its peak memory", async () => {
    const { run } = world(() => ({ usages: [usage(2, 50e6), usage(3.5, 80e6)] }));
    const results = await run();
    for (const result of results) {
      expect(own(result)).toEqual([
        { metric: "memory", unit: "B", better: "lower", distribution: { kind: "value", value: 80e6, exact: false } },
        {
          metric: "cpu-time",
          unit: "s",
          better: "lower",
          distribution: { kind: "value", value: 1.5, exact: false },
          resolution: 0.01,
        },
      ]);
      expect(result.measurements[0]).toEqual(latency(1));
    }
  });

  it("does not hold the warm-up", async () => {
    const { run, loads } = world(() => ({ usages: [usage(2, 50e6), usage(3, 80e6)] }));
    const [result] = await run(["candidate"], undefined, true);
    expect(loads.map(({ env }) => env.BENCHGATE_ROUND)).toEqual(["0", "3"]);
    expect(own(result)?.map(({ metric }) => metric)).toEqual(["memory", "cpu-time"]);
  });

  it("is left out where the system does not tell, or a worker has taken its time with it", async () => {
    expect(own((await world().run(["candidate"]))[0])).toEqual([]);
    const { run } = world(() => ({ usages: [usage(2, 50e6), usage(1, 80e6)] }));
    expect(own((await run(["candidate"]))[0])?.map(({ metric }) => metric)).toEqual(["memory"]);
  });

  it.each([
    [false, [], [expect.stringContaining("no process that `serve` started listens on its port")]],
    [true, ["memory", "cpu-time"], undefined],
    [null, ["memory", "cpu-time"], undefined],
  ])(
    "is what a process of its own takes that listens on its port: where one does is %s",
    async (listens, metrics, notes) => {
      const { run } = world(() => ({ usages: [usage(2, 50e6), usage(3, 80e6)], listens }));
      const [result] = await run(["candidate"]);
      expect(own(result)?.map(({ metric }) => metric)).toEqual(metrics);
      expect(result?.notes?.map(({ sentence }) => sentence)).toEqual(notes);
      expect(result?.measurements[0]).toEqual(latency(1));
    },
  );

  it("gives way to what the tool itself says of a benchmark of that name", async () => {
    const { run } = world(() => ({ usages: [usage(2, 50e6), usage(3, 80e6)] }));
    const theirs = { ...latency(7), benchmark: "service", metric: "memory", unit: "B" };
    const [result] = await run(["candidate"], () => ({ measurements: [theirs], failures: [] }));
    expect(result?.measurements.map(({ metric, distribution }) => [metric, distribution])).toEqual([
      ["memory", { kind: "value", value: 7, exact: false }],
      ["cpu-time", { kind: "value", value: 1, exact: false }],
    ]);
  });
});

describe("a warm-up execution", () => {
  it("that measures nothing is the result, and nothing counts after it", async () => {
    const failed: SlotResult = {
      measurements: [],
      failures: [{ suite: "s", benchmark: "*", reason: "exited with code 1.", output: "" }],
    };
    const { run, loads } = world();
    expect(await run(["candidate"], () => failed, true)).toEqual([failed]);
    expect(loads).toHaveLength(1);
  });

  it("shares the time limit with the one that counts", async () => {
    const { run, loads, clock } = world();
    await run(
      ["candidate"],
      () => {
        clock.pass(20);
        return measured;
      },
      true,
    );
    expect(loads.map(({ timeLimit }) => timeLimit)).toEqual([60, 40]);
  });
});
