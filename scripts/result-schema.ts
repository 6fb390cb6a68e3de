import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { resultSchema } from "../src/codec/result.ts";

/** Where the generated JSON schema of a result is kept. */
export const RESULT_SCHEMA_FILE = new URL("../schema/result.schema.json", import.meta.url);

/** The text of schema/result.schema.json: what `--json` and the action's output `verdicts` hold. */
export function resultSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(resultSchema), null, 2)}\n`;
}

if (import.meta.main) await writeFile(RESULT_SCHEMA_FILE, resultSchemaText());
