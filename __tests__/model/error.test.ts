import { describe, expect, it } from "vitest";
import { GateError, placed } from "../../src/model/error.ts";

describe("an error that the user can act on", () => {
  it("reads as place, key, problem and remedy on one line", () => {
    const error = new GateError("it is wrong", "Fix it here", { file: "a.json", line: 3, column: 5, path: "x[2]" });
    expect(error.message).toBe("a.json:3:5: x[2]: it is wrong. Fix it here");
  });

  it("gets from a place only what it does not know itself, and keeps its kind", () => {
    const error = new GateError("it is wrong", "Fix it here", { line: 3, path: "x" }, "measure");
    const found = error.at({ file: "a.json", line: 1, path: "y" });
    expect(found.position).toEqual({ file: "a.json", line: 3, path: "x" });
    expect([found.problem, found.remedy, found.kind]).toEqual(["it is wrong", "Fix it here", "measure"]);
    expect(error.position).toEqual({ line: 3, path: "x" });
  });

  it("is placed by the step around it, the innermost first, whether the step waits or not", async () => {
    const fail = () => {
      throw new GateError("it is wrong", "Fix it here");
    };
    const inner = () => placed({ line: 7 }, fail);
    expect(() => placed({ file: "a.json", line: 1 }, inner)).toThrow("a.json:7: it is wrong");
    await expect(placed({ file: "a.json" }, async () => inner())).rejects.toThrow("a.json:7: it is wrong");
  });

  it("is the only kind of error that is placed, and what goes well is handed on", async () => {
    const bug = new TypeError("a bug");
    const wrong = () => {
      throw bug;
    };
    expect(() => placed({ line: 7 }, wrong)).toThrow(bug);
    await expect(placed({ line: 7 }, () => Promise.reject(bug))).rejects.toBe(bug);
    expect(placed({ line: 7 }, () => 5)).toBe(5);
    await expect(placed({ line: 7 }, async () => 5)).resolves.toBe(5);
  });
});
