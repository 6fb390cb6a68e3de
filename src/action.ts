// The entry of dist/index.js: what a workflow step starts.
import { runAction } from "./action/main.ts";

process.exitCode = await runAction(import.meta.url);
