// The entry of dist/index.js: what a workflow step starts.
import { runAction } from "./action/main.ts";
import { createActionWorld } from "./io/step/action-world.ts";

process.exitCode = await runAction(createActionWorld(import.meta.url));
