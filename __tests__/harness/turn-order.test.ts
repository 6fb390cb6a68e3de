import { describe, expect, it } from "vitest";
import { isLast, mayGoOn, Rota, type Standing, stepKey } from "../../src/harness/turn-order.ts";

const side = (
  at: string | null,
  seen: readonly string[] = [],
  tasks: readonly string[] | null = ["a", "b"],
): Standing => {
  const [phase, task] = at?.split(" ") ?? [];
  const step = at === null ? null : { phase: phase as "run", task: task! };
  return { alive: true, step, tasks, seen: new Set([...seen, ...(step === null ? [] : [stepKey(step)])]) };
};
const dead = (standing: Standing): Standing => ({ ...standing, alive: false });

describe("who may go on", () => {
  it.each<[string, readonly Standing[], readonly boolean[]]>([
    ["the first while modules load", [side(null, [], null), side(null, [], null)], [true, false]],
    ["who loads, once the other has loaded", [side(null), side(null, [], null)], [true, true]],
    [
      "who loads, where the other has come to a benchmark while it loads itself",
      [side("run a", [], null), side(null, [], null)],
      [false, true],
    ],
    ["both on one benchmark, while both load", [side("run a", [], null), side("run a", [], null)], [true, true]],
    ["both on other benchmarks, while both load", [side("run a", [], null), side("run b", [], null)], [true, true]],
    [
      "who still loads, where the other waits for what may come",
      [side("run a", [], ["a"]), side("run b", [], null)],
      [false, true],
    ],
    ["who loads, while the other has come to a benchmark", [side("run a"), side(null, [], null)], [false, true]],
    ["both on one benchmark", [side("run a"), side("run a")], [true, true]],
    ["who is behind", [side("run b", ["run a"]), side("run a")], [false, true]],
    ["who is behind in warming up", [side("run a", ["warmup a"]), side("warmup a")], [false, true]],
    [
      "both, where the other lacks the benchmark",
      [side("run c", [], ["c", "a"]), side("run c", [], ["c", "a"])],
      [true, true],
    ],
    [
      "who has a benchmark that the other lacks, and the one that waits for nothing",
      [side("run c", [], ["c", "a"]), side("run a")],
      [true, false],
    ],
    ["both, where they have the benchmarks in different orders", [side("run a"), side("run b")], [true, true]],
    ["who is left", [side("run b", ["run a"]), dead(side("run a"))], [true, false]],
    ["nobody, where nobody is left", [dead(side("run a"))], [false]],
    [
      "the one of three that is behind",
      [side("run b", ["run a"]), side("run a"), side("run b", ["run a"])],
      [false, true, false],
    ],
  ])("is %s", (_, sides, expected) => {
    expect(mayGoOn(sides)).toEqual(expected);
  });
});

describe("the last in a phase", () => {
  const [here, gone] = [side("run a", ["warmup a"]), side("warmup b", ["warmup a", "run a"])];

  it.each<[string, readonly [Standing, Standing], boolean]>([
    ["whom all others have left there", [here, gone], true],
    ["who is there with one that has ended after it", [here, dead(here)], true],
    ["nobody while others are there", [here, { ...here }], false],
    ["nobody where others are still to come", [here, side("warmup a")], false],
    ["nobody where no other has such a benchmark", [here, dead(side("run b", [], ["b"]))], false],
    ["nobody while modules load", [side(null), side(null)], false],
  ])("is %s", (_, sides, expected) => {
    expect(isLast(sides, sides[0])).toBe(expected);
  });

  it("is nobody who runs without others", () => {
    expect(isLast([here], here)).toBe(false);
  });
});

it("lets the leader load first, whatever its place", () => {
  const loading = () => side(null, [], null);
  expect(mayGoOn([loading(), loading(), loading()], 1)).toEqual([false, true, false]);
  expect(mayGoOn([loading(), dead(loading()), loading()], 1)).toEqual([true, false, false]);
});

describe("the order of slices", () => {
  it("is there and back again", () => {
    const two = new Rota(2);
    expect(Array.from({ length: 8 }, () => two.next([true, true]))).toEqual([0, 1, 1, 0, 0, 1, 1, 0]);
    const three = new Rota(3);
    expect(Array.from({ length: 6 }, () => three.next([true, true, true]))).toEqual([0, 1, 2, 2, 1, 0]);
  });

  it("leaves out who may not take one", () => {
    const rota = new Rota(2);
    expect(rota.next([true, true])).toBe(0);
    expect([rota.next([true, false]), rota.next([true, false])]).toEqual([0, 0]);
    expect(rota.next([false, true])).toBe(1);
    expect(rota.next([false, false])).toBeNull();
  });
});
