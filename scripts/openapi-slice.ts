/**
 * Cuts the operations that the fake GitHub answers out of GitHub's OpenAPI description and writes them, with every schema they need, to
 * `__tests__/fakes/github/openapi-slice.json`.
 *
 * Usage, with the description installed in a folder of its own (385 MB, hence no dependency of this project):
 *   npm install --prefix <folder> @octokit/openapi@23.0.2
 *   node scripts/openapi-slice.ts <folder>/node_modules/@octokit/openapi/generated/api.github.com.json
 *
 * Prose and examples go; OpenAPI 3.0's `nullable` becomes JSON Schema's `"null"`, so any validator of draft 2020-12 reads the result.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

const OPERATIONS = new Set([
  "users/get-authenticated",
  "issues/list-for-repo",
  "issues/create",
  "issues/update",
  "issues/list-comments",
  "issues/create-comment",
  "issues/get-comment",
  "issues/update-comment",
  "issues/delete-comment",
  "pulls/list",
  "pulls/get",
  "repos/create-commit-status",
  "repos/list-commit-statuses-for-ref",
  "checks/create",
  "checks/update",
  "checks/list-for-ref",
]);

/** Keys that say nothing about which values are valid. */
const PROSE = new Set([
  "description",
  "example",
  "examples",
  "deprecated",
  "externalDocs",
  "summary",
  "tags",
  "title",
  "discriminator",
]);
const OUTPUT = new URL("../__tests__/fakes/github/openapi-slice.json", import.meta.url);
const FORMATTER = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema as JSON Schema 2020-12: without prose, and with null as a type. */
function convert(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(convert);
  if (!isObject(schema)) return schema;
  const { nullable, ...rest } = schema;
  const plain: Record<string, Json> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (!PROSE.has(key)) plain[key] = key === "properties" ? convertProperties(value) : convert(value);
  }
  if (nullable !== true) return plain;
  if (typeof plain.type !== "string") return { anyOf: [plain, { type: "null" }] };
  const values = plain.enum;
  return {
    ...plain,
    type: [plain.type, "null"],
    ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}),
  };
}

/** `properties` holds names chosen by GitHub ("description", "title"), none of which is prose. */
function convertProperties(properties: Json): Json {
  if (!isObject(properties)) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema)]));
}

function main(path: string | undefined): void {
  if (path === undefined) throw new Error("usage: node scripts/openapi-slice.ts <api.github.com.json>");
  const description = JSON.parse(readFileSync(path, "utf8")) as JsonObject;
  const resolve = (value: Json | undefined): Json | undefined => {
    if (!isObject(value) || typeof value.$ref !== "string") return value;
    return value.$ref
      .slice(2)
      .split("/")
      .reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), description);
  };
  const field = (value: Json | undefined, ...keys: readonly string[]): Json | undefined =>
    keys.reduce<Json | undefined>((at, key) => (isObject(at) ? resolve(at[key]) : undefined), value);
  const jsonSchema = (holder: Json | undefined): Json | undefined => {
    const content = field(holder, "content", "application/json");
    return isObject(content) && content.schema !== undefined ? convert(content.schema) : undefined;
  };

  const paths: Record<string, Record<string, Json>> = {};
  for (const [route, methods] of Object.entries(description.paths as JsonObject)) {
    for (const [method, operation] of Object.entries(methods as JsonObject)) {
      const id = field(operation, "operationId");
      if (typeof id !== "string" || !OPERATIONS.has(id)) continue;
      const parameters = (field(operation, "parameters") as readonly Json[]).map((reference) => {
        const parameter = resolve(reference) as JsonObject;
        return {
          name: parameter.name!,
          in: parameter.in!,
          required: parameter.required ?? false,
          schema: convert(parameter.schema!),
        };
      });
      const responses: Record<string, Json> = {};
      for (const [status, reference] of Object.entries(field(operation, "responses") as JsonObject)) {
        const schema = jsonSchema(resolve(reference));
        responses[status] = schema === undefined ? {} : { content: { "application/json": { schema } } };
      }
      const body = jsonSchema(field(operation, "requestBody"));
      const docs = field(operation, "externalDocs", "url");
      paths[route] ??= {};
      paths[route][method] = {
        operationId: id,
        externalDocs: { url: docs ?? "" },
        parameters,
        ...(body === undefined ? {} : { requestBody: { content: { "application/json": { schema: body } } } }),
        responses,
      };
    }
  }

  const schemas: Record<string, Json> = {};
  const wanted = (text: string): string[] =>
    [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!);
  const queue = wanted(JSON.stringify(paths));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (name in schemas) continue;
    schemas[name] = convert(field(description, "components", "schemas", name)!);
    queue.push(...wanted(JSON.stringify(schemas[name])));
  }

  const missing = [...OPERATIONS].filter((id) => !JSON.stringify(paths).includes(`"operationId":"${id}"`));
  if (missing.length > 0) throw new Error(`the description has no operation ${missing.join(", ")}`);
  const slice = {
    openapi: "3.1.0",
    info: {
      title: "The part of GitHub's REST description that the fake GitHub answers",
      version: field(description, "info", "version")!,
    },
    paths,
    components: { schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) },
  };
  const text = `${JSON.stringify(slice)}\n`;
  // One key a line: an update of GitHub's description is read as a diff. By another name, since biome.json leaves the slice out.
  const formatted = execFileSync(process.execPath, [FORMATTER, "format", "--stdin-file-path=slice.json"], {
    input: text,
  });
  writeFileSync(OUTPUT, formatted);
  process.stdout.write(
    `${Object.keys(paths).length} paths, ${Object.keys(schemas).length} schemas, ${(text.length / 1024).toFixed(0)} KiB\n`,
  );
}

main(process.argv[2]);
