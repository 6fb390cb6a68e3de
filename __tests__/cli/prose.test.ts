import { describe, expect, it } from "vitest";
import { readable } from "../../src/cli/prose.ts";
import { fakeTerminal } from "../fakes/terminal.ts";

const LINE = "benchgate: there is no revision of that name in this repository, nor on its remote";

describe("prose on stderr", () => {
  it("is broken between words where it is read on a terminal", () => {
    const terminal = { ...fakeTerminal(), live: true, columns: 50 };
    readable(terminal).err(LINE);
    expect(terminal.stderr()).toBe(
      "benchgate: there is no revision of that name in\n  this repository, nor on its remote\n",
    );
  });

  it("is one line in a log, however long", () => {
    const terminal = { ...fakeTerminal(), columns: 50 };
    readable(terminal).err(LINE);
    expect(terminal.stderr()).toBe(`${LINE}\n`);
  });
});
