#!/usr/bin/env node
// The entry of dist/cli.js. `--version` answers before anything else is loaded.
import { version } from "./version.ts";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) {
  console.log(version);
} else {
  const { main } = await import("./cli/main.ts");
  process.exitCode = await main(argv, import.meta.url);
}
