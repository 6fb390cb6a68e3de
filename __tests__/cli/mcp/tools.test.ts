import { expect, it } from "vitest";
import { toolsOf } from "../../../src/cli/mcp/tools.ts";
import { aPlace, aWorld } from "../command-line.ts";

it("no tool of an assistant takes the address of somebody who is sent what was measured", () => {
  const tools = toolsOf(aWorld(aPlace()));
  const names = tools.map(({ name, inputSchema }) => [name, Object.keys(Object(inputSchema).properties)] as const);
  expect(names.map(([name]) => name)).toContain("run");
  expect(names.flatMap(([, properties]) => properties)).toContain("threshold");
  expect(names.filter(([, properties]) => properties.includes("otlp"))).toEqual([]);
});
