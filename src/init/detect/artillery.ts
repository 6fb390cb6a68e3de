import { type FoundLoad, shellWord } from "../found.ts";
import { addressesIn, addressText, withoutComments, withoutHashes, withoutImports } from "./addresses.ts";
import type { Imports } from "./script-imports.ts";

/** A script of Artillery; null where the text is none. */
export function artillery(path: string, text: string, imports: Imports): FoundLoad | null {
  const isOne = /\.ya?ml$/.test(path) && /^config:/m.test(text) && /^scenarios:/m.test(text);
  if (!isOne || !/^[ \t]+target:/m.test(text)) return null;
  const code = withoutHashes(text);
  const processor = /^[ \t]*processor:[ \t]*["']?([\w./-]+)/m.exec(code)?.[1];
  const { texts, unread } = imports(path, processor === undefined ? "" : `import ${JSON.stringify(dotted(processor))}`);
  // What `--target` stands for is no address that gets the load.
  const own = code.replace(/^[ \t]*target:.*$/gm, "");
  const stranger = [own, ...texts.map((each) => withoutImports(withoutComments(each)))].flatMap((each) =>
    addressesIn(each),
  )[0];
  const made = /^[ \t-]*url:[ \t]*["']?(\{\{[^}\n]*\}\})/m.exec(own)?.[1];
  const asked = stranger === undefined ? made : addressText(stranger);
  const elsewhere =
    unread ??
    (asked === undefined
      ? null
      : `It may send requests to ${asked}, whichever side is measured: write paths alone, so that they go to its target, and run \`benchgate init\` again`);
  return {
    path,
    tool: "artillery",
    text,
    run: () => `npx artillery run --target $BENCHGATE_URL -o $BENCHGATE_OUTPUT ${shellWord(path)}`,
    why: `${path} is a script of Artillery`,
    runtime: "node",
    ...(elsewhere !== null && { elsewhere }),
  };
}

/** A path as an import has it. */
function dotted(path: string): string {
  return path.startsWith(".") ? path : `./${path}`;
}
