import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { configSchema } from "../src/config/schema.ts";

/** Where the schema of benchgate.yml lives in the repository. */
export const SCHEMA_FILE = fileURLToPath(new URL("../schema/benchgate.schema.json", import.meta.url));

/** The JSON schema of benchgate.yml, as text: the same bytes for the same code. */
export function configJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { io: "input" });
  const { properties, ...facts } = rest;
  return `${JSON.stringify({ $schema, title: "benchgate.yml", ...facts, properties }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, configJsonSchema());
