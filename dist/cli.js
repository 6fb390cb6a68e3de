#!/usr/bin/env node
// src/version.ts
const version = "0.1.0";
// src/cli.ts
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-v")) console.log(version);
else {
	const [{ main }, { createWorld }] = await Promise.all([import("./main.js"), import("./world.js")]);
	process.exitCode = await main(argv, {
		...createWorld(import.meta.url),
		version
	});
}
export {};
