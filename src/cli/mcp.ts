import { command } from "./command.ts";
import { serve } from "./mcp/server.ts";
import { toolsOf } from "./mcp/tools.ts";

/** Serves `run`, `compare`, `explain` and `history` to an assistant, on stdin and stdout. */
export const mcp = command({
  name: "mcp",
  usage: "",
  summary:
    "a server of the Model Context Protocol on stdin and stdout: an assistant measures, compares, explains and looks at history in this folder",
  flags: {},
  operands: 0,
  async run(_, world) {
    const { terminal } = world;
    await serve(toolsOf(world), {
      input: terminal.input(),
      send: (line) => terminal.out(line),
      version: world.version,
    });
    return 0;
  },
});
