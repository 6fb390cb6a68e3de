import { describe, expect, it } from "vitest";
import type { Execution, SlotResult } from "../../../src/measure/execution.ts";
import type { Side } from "../../../src/measure/schedule.ts";
import { againstTargets } from "../../../src/measure/workloads/targets.ts";
import { MACHINE } from "../../builders.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { memoryFiles } from "../../fakes/files.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { fakeProcesses } from "../../fakes/processes.ts";

const BASE = "https://base.example.com";
const HEAD = "https://head.example.com/app/";

interface World {
  readonly sides?: readonly Side[];
  readonly answers?: (url: string) => number | null;
  readonly addresses?: (url: string) => readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs a turn: what each side got, and the loads that were started, in order. */
async function turn(targets: { baseline: string; candidate: string }, world: World = {}) {
  const { sides = ["candidate", "baseline"], answers = () => 200, addresses, variables = {} } = world;
  const network = fakeNetwork(answers);
  const loads: { side: Side; cwd: string; url: string | undefined }[] = [];
  const run = async ({ side, cwd, env }: Execution): Promise<SlotResult> => {
    loads.push({ side, cwd, url: env.BENCHGATE_URL });
    return { measurements: [], failures: [] };
  };
  const executions = sides.map(
    (side): Execution => ({
      ports: {
        processes: fakeProcesses(() => ({})),
        files: memoryFiles(new Map()),
        clock: fakeClock(),
        network: addresses === undefined ? network : { ...network, addresses: async (url) => addresses(url) },
        host: {
          cwd: "/",
          harness: "",
          random: () => 0.5,
          environment: async () => MACHINE,
          variable: (name) => variables[name],
        },
      },
      suite: "api",
      side,
      cwd: `/${side}`,
      timeLimit: 60,
      deadline: Number.POSITIVE_INFINITY,
      skip: 0,
      only: null,
      env: { BENCHGATE_OUTPUT: `/out/${side}`, BENCHGATE_ROUND: "1" },
    }),
  );
  const results = await againstTargets(targets, run)(executions);
  const of = (side: Side) => results[sides.indexOf(side)]!;
  return { loads, of, notes: of("candidate").notes?.map(({ sentence }) => sentence) ?? [] };
}

describe("a load on deployments", () => {
  it("goes to them in turns, in the order of the turn, with the candidate's own load on both", async () => {
    const { loads, notes } = await turn({ baseline: BASE, candidate: HEAD });
    expect(loads).toEqual([
      { side: "candidate", cwd: "/candidate", url: "https://head.example.com/app" },
      { side: "baseline", cwd: "/candidate", url: BASE },
    ]);
    expect(notes).toEqual([expect.stringContaining("what their machines differ by counts as change")]);
  });

  it("measures the candidate's deployment twice where there is a control", async () => {
    const { loads } = await turn({ baseline: BASE, candidate: HEAD }, { sides: ["control", "baseline", "candidate"] });
    expect(loads.map(({ url }) => url)).toEqual(["https://head.example.com/app", BASE, "https://head.example.com/app"]);
  });

  it("finds them in variables of the environment", async () => {
    const variables = { BASE_URL: `${BASE}\n`, HOST: "head.example.com" };
    const { loads } = await turn({ baseline: "$BASE_URL", candidate: "https://${HOST}/x" }, { variables });
    expect(loads.map(({ url }) => url)).toEqual(["https://head.example.com/x", BASE]);
  });

  it.each([
    [
      "the same twice",
      { baseline: BASE, candidate: "$URL" },
      { URL: "https://BASE.example.com:443/" },
      "same deployment",
    ],
    [
      "one with a fragment, which no server sees,",
      { baseline: BASE, candidate: "$URL" },
      { URL: `${BASE}/?#head` },
      "same deployment",
    ],
    ["a variable that is not set", { baseline: BASE, candidate: "$URL" }, {}, "no variable URL"],
    ["no URL", { baseline: BASE, candidate: "$URL" }, { URL: "head.example.com" }, "is not a URL"],
    ["no HTTP", { baseline: BASE, candidate: "$URL" }, { URL: "ftp://head" }, "is not a URL"],
  ])("refuses %s, and starts nothing", async (_name, targets, variables, words) => {
    const { of, loads } = await turn(targets, { variables: variables as Record<string, string> });
    expect(of("candidate").refusal?.message).toContain(words);
    expect(loads).toEqual([]);
  });

  it.each([
    ["does not answer", null, "baseline's deployment at https://base.example.com does not answer"],
    ["does not work", 503, "answers with 503"],
  ])("fails on both sides where one %s", async (_name, status, words) => {
    const { of, loads } = await turn(
      { baseline: BASE, candidate: HEAD },
      { answers: (url) => (url.startsWith(BASE) ? status : 404) },
    );
    for (const side of ["baseline", "candidate"] as const) expect(of(side).failures[0]!.reason).toContain(words);
    expect(loads).toEqual([]);
  });

  it("says where both lead to one address and port", async () => {
    const one = await turn({ baseline: BASE, candidate: HEAD }, { addresses: () => ["10.0.0.7"] });
    expect(one.notes).toContainEqual(expect.stringContaining("one address, 10.0.0.7 port 443"));
    const two = await turn(
      { baseline: "http://127.0.0.1:8001", candidate: "http://127.0.0.1:8002" },
      { addresses: () => ["127.0.0.1"] },
    );
    expect(two.notes).toHaveLength(1);
  });

  it("tells no name and password of a URL", async () => {
    const { notes } = await turn({ baseline: "https://me:secret@base.example.com", candidate: HEAD });
    expect(notes.join()).not.toContain("secret");
  });
});
