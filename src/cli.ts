#!/usr/bin/env node
// The entry of dist/cli.js. `--version` answers before anything else is loaded.
import { version } from "./version.ts";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
  console.log(version);
} else {
  const [{ main }, { createWorld }] = await Promise.all([import("./cli/main.ts"), import("./io/world.ts")]);
  process.exitCode = await main(argv, { ...createWorld(import.meta.url), version });
}
