import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { recordingSchema } from "../src/codec/schema.ts";

/** Where the generated JSON schema of a recording is kept. */
export const RECORDING_SCHEMA_FILE = new URL("../schema/recording.schema.json", import.meta.url);

/** The text of schema/recording.schema.json: the schema that `decodeRecording` validates with, as a writer of recordings sees it. */
export function recordingSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(recordingSchema, { io: "input" }), null, 2)}\n`;
}

if (import.meta.main) await writeFile(RECORDING_SCHEMA_FILE, recordingSchemaText());
