import { describe, expect, it } from "vitest";
import { aScene, type Costs, type Run } from "./scene.ts";

const TWO: Costs = { hash: 0.07, sort: 0.08 };
const SENT: Run = { inputs: { otlp: "https://otlp.example.com", rounds: "2" } };

describe("a collector", () => {
  it("gets what is stored of the default branch, and the verdict on a change", async () => {
    const scene = aScene();
    const stored = await scene.push(TWO, {}, SENT);
    expect(stored.sent.map(({ url }) => url)).toEqual(["https://otlp.example.com/v1/metrics"]);
    expect(stored.sent[0]!.body).toContain("hash");
    expect(stored.sent[0]!.body).not.toContain("benchgate.verdict");
    const judged = await scene.open({ ...TWO, hash: 0.2 }).judge({ inputs: { otlp: "https://otlp.example.com" } });
    expect(judged.code).toBe(1);
    expect(judged.sent.map(({ body }) => body).join()).toContain('"stringValue":"regression"');
  });

  it("gets nothing of a fork's, nor where nobody asked for it", async () => {
    const scene = aScene();
    expect((await scene.open(TWO, {}, { fork: true }).judge(SENT)).sent).toEqual([]);
    expect((await scene.push(TWO, {}, { inputs: { rounds: "2" } })).sent).toEqual([]);
  });

  it("gets no verdict of a part: the job that brings all parts together has that of the whole", async () => {
    const part = { otlp: "https://otlp.example.com", shard: "1/2" };
    const ran = await aScene()
      .open({ ...TWO, hash: 0.2 })
      .judge({ inputs: part });
    expect(ran.started.length).toBeGreaterThan(0);
    expect(ran.sent).toEqual([]);
  });

  it("that does not answer costs no verdict, and its key is in no message", async () => {
    const scene = aScene();
    const otlp = "https://otlp.example.com/?key=secret";
    const ran = await scene.push(TWO, {}, { inputs: { otlp, rounds: "2" }, unsent: "HTTP 503" });
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
    expect(ran.warnings.join()).toContain(
      "The metrics were not sent to https://otlp.example.com/v1/metrics: HTTP 503. The verdict is not affected",
    );
  });

  it("whose address is none is told before anything runs", async () => {
    const ran = await aScene().push(TWO, {}, { inputs: { otlp: "http://otlp.example.com" } });
    expect(ran).toMatchObject({ code: 2, started: [] });
    expect(ran.annotations[0]!.message).toContain("input otlp");
  });
});
