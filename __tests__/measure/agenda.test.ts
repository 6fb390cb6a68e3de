import { describe, expect, it } from "vitest";
import { Agenda } from "../../src/measure/agenda.ts";

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
});
