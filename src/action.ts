// The entry of dist/index.js: what a workflow step starts.
import { runAction } from "./commands/action.ts";

process.exitCode = await runAction(import.meta.url);
