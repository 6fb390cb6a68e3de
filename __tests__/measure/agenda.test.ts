import { describe, expect, it } from "vitest";
import { Agenda } from "../../src/measure/agenda.ts";
import type { SameCode } from "../../src/model/same-code.ts";

describe("what is still to be measured", () => {
  it("takes in what was left out, of a suite that had ended as well, and stays all where it is all", () => {
    const agenda = new Agenda(
      new Map([
        ["a", null],
        ["b", ["x", "y"]],
        ["c", ["x"]],
      ]),
      undefined,
    );
    agenda.narrow("b", ["x"]);
    agenda.narrow("c", []);
    expect(agenda.has("c")).toBe(false);

    // A suite of which names were asked for still has those of its modules that were left out.
    for (const names of [["z"], ["z"]]) for (const suite of ["a", "b", "c"]) agenda.widen(suite, names);

    expect(Object.fromEntries(agenda.open)).toEqual({ a: null, b: ["x", "z"], c: ["z"] });
    expect(agenda.has("c")).toBe(true);
  });

  it("closes at a look what is measured as a check alone, and goes on with that, and nothing else, where it is no check any more", () => {
    const [x, y, z] = ["x", "y", "z"] as const;
    const looks = {
      at: [6],
      // Of three, z is decided, and the check closes x.
      open: (_: object, audited: readonly SameCode[]) => ({
        open: new Map([["a", audited.length > 0 ? [y] : [x, y]]]),
        slower: 0,
        fine: 1,
        of: 3,
      }),
    };
    const agenda = new Agenda(new Map([["a", null]]), looks);
    const turn = { suite: "a", order: [], pair: 6, warmup: false } as const;
    agenda.look(turn, () => ({}), [{ suite: "a", benchmark: x, by: "closure" }]);
    expect(Object.fromEntries(agenda.open)).toEqual({ a: [y] });

    agenda.reopen("b", [x]);
    agenda.reopen("a", [x, z]);
    expect(Object.fromEntries(agenda.open)).toEqual({ a: [y, x] });
  });
});
