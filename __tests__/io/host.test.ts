import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { createHost } from "../../src/io/host.ts";
import { createProcesses } from "../../src/io/processes.ts";
import { GateError } from "../../src/model/error.ts";
import { fakeProcesses } from "../fakes/processes.ts";

const options = (answer: Parameters<typeof fakeProcesses>[0], env: Record<string, string> = {}) => ({
  entry: pathToFileURL("/x/dist/cli.js").href,
  cwd: "/work",
  env,
  processes: fakeProcesses(answer),
});

describe("the environment of a recording", () => {
  it("states the machine, and the node on PATH rather than the one that runs Benchgate", async () => {
    const host = createHost(options(() => ({ stdout: "v18.20.1\n" })));
    const environment = await host.environment();
    expect(environment).toMatchObject({ os: process.platform, arch: process.arch, runtime: "node 18.20.1" });
    expect(environment.memory).toMatch(/^\d+ GiB$/);
    expect(environment.cpu).toBe(environment.cpu.trim());
    expect(environment.cores).toBeGreaterThan(0);
    expect(environment).not.toHaveProperty("image");
    expect(environment).not.toHaveProperty("runner");
  });

  it("states image and runner where the runner tells them", async () => {
    const env = { ImageOS: "ubuntu24", ImageVersion: "20261115.1.0", RUNNER_ENVIRONMENT: "github-hosted" };
    const host = createHost(options(() => ({ stdout: "v24.19.0\n" }), env));
    expect(await host.environment()).toMatchObject({ image: "ubuntu24 20261115.1.0", runner: "github-hosted" });
  });

  it("asks for the version once, however often it is wanted", async () => {
    const given = options(() => ({ stdout: "v24.19.0\n" }));
    const host = createHost(given);
    await Promise.all([host.environment(), host.environment()]);
    expect(given.processes.specs.map(({ argv }) => argv)).toEqual([["node", "--version"]]);
  });

  it.each([
    ["is not on PATH", () => Promise.reject(new GateError("`node` is not on PATH", "Install it"))],
    ["fails", () => ({ exitCode: 1, stdout: "v1.2.3\n" })],
    ["says something else", () => ({ stdout: "shim: choose a version\n" })],
  ])("has no runtime where node %s", async (_, answer) => {
    expect((await createHost(options(answer)).environment()).runtime).toBe("none");
  });

  it("finds the real node", async () => {
    const host = createHost({ ...options(() => ({})), cwd: process.cwd(), processes: createProcesses(process.env) });
    expect((await host.environment()).runtime).toMatch(/^node \d+\.\d+\.\d+/);
  });
});

describe("the harness", () => {
  it("lies beside the bundle, or in the sources where the program runs unbuilt", () => {
    const harness = (entry: string) => createHost({ ...options(() => ({})), entry: pathToFileURL(entry).href }).harness;
    expect(harness("/x/dist/index.js")).toBe("/x/dist/harness.js");
    expect(harness("/x/src/cli.ts")).toBe("/x/src/harness/index.ts");
  });
});
