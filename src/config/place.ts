import { GateError } from "../model/error.ts";
import { DEFAULT_CONFIG_FILE } from "./defaults.ts";
import type { Texts } from "./read.ts";
import { readYaml } from "./source.ts";

/** How an error names a suite: the path of its key in the configuration. */
const SUITE = /^suites\.(.+)$/;

/** An error about a suite that is known by its name alone, at the suite's line of the configuration; any other as it is. */
export async function atSuite(error: unknown, files: Texts, named: string | null): Promise<unknown> {
  if (!(error instanceof GateError) || error.position.file !== undefined) return error;
  const suite = SUITE.exec(error.position.path ?? "")?.[1];
  const file = named ?? DEFAULT_CONFIG_FILE;
  const text = suite === undefined ? null : await files.readTextIfAny(file).catch(() => null);
  if (suite === undefined || text === null) return error;
  const source = readYaml(text, file);
  const { suites } = source.value as { readonly suites?: object };
  if (!Object.hasOwn(suites ?? {}, suite)) return error;
  const { line, column } = source.position(["suites"], suite);
  return error.at({ file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) });
}
