import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Fields;
}

interface OperationDescription {
  readonly operationId: string;
  readonly externalDocs: { readonly url: string };
  readonly parameters: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

/** An operation of GitHub's REST API that a request addresses, with the values in its path. */
export interface MatchedOperation {
  readonly id: string;
  readonly docs: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** What is wrong with the query or the body, or empty. */
  requestProblems(query: URLSearchParams, body: unknown): readonly string[];
  /** What is wrong with an answer of ours, or empty. An answer whose status GitHub does not describe is judged as an error message. */
  responseProblems(status: number, body: unknown): readonly string[];
}

const SLICE = JSON.parse(readFileSync(new URL("./openapi-slice.json", import.meta.url), "utf8")) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDescription>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Fields>> };
};

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema(SLICE, "github");

/** A component schema of the description by name. */
export function componentSchema(name: string): Fields {
  const schema = SLICE.components.schemas[name];
  if (schema === undefined) throw new Error(`the slice of GitHub's description has no schema ${name}`);
  return schema;
}

/** The operation that `method` on `path` addresses, or null where GitHub's description (as sliced) has none. */
export function matchOperation(method: string, path: string): MatchedOperation | null {
  for (const [template, methods] of Object.entries(SLICE.paths)) {
    const pathParameters = matchPath(template, path);
    const operation = methods[method.toLowerCase()];
    if (pathParameters === null || operation === undefined) continue;
    const pointer = `#/paths/${escapePointer(template)}/${method.toLowerCase()}`;
    return {
      id: operation.operationId,
      docs: operation.externalDocs.url,
      pathParameters,
      requestProblems: (query, body) => [
        ...parameterProblems(operation.parameters, pathParameters, query),
        ...(operation.requestBody === undefined ? [] : problems(`${pointer}/requestBody/${JSON_SCHEMA}`, body)),
      ],
      responseProblems: (status, body) => {
        const response = operation.responses[String(status)];
        if (response === undefined) return problems("#/components/schemas/basic-error", body);
        return response.content === undefined ? [] : problems(`${pointer}/responses/${status}/${JSON_SCHEMA}`, body);
      },
    };
  }
  return null;
}

const JSON_SCHEMA = "content/application~1json/schema";

const escapePointer = (segment: string): string =>
  encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));

function matchPath(template: string, path: string): Record<string, string> | null {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    if (part.startsWith("{")) values[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return values;
}

function parameterProblems(
  parameters: readonly Parameter[],
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): readonly string[] {
  const described = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
  const found = [...query.keys()]
    .filter((name) => !described.has(name))
    .map((name) => `query: unknown parameter ${name}`);
  for (const { name, in: place, required, schema } of parameters) {
    const text = place === "path" ? path[name] : (query.get(name) ?? undefined);
    if (text === undefined) {
      if (required) found.push(`${place}: ${name} is missing`);
      continue;
    }
    const validate = ajv.compile(localized(schema));
    const value = schema.type === "integer" && /^-?\d+$/.test(text) ? Number(text) : text;
    if (!validate(value)) found.push(...explain(validate, `${place} ${name}`));
  }
  return found;
}

function localized(schema: Fields): Fields {
  return typeof schema.$ref === "string" ? { $ref: `github${schema.$ref}` } : schema;
}

function problems(pointer: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(`github${pointer}`);
  if (validate === undefined) throw new Error(`the slice of GitHub's description has nothing at ${pointer}`);
  return validate(value) ? [] : explain(validate as ValidateFunction, "body");
}

function explain(validate: ValidateFunction, where: string): string[] {
  return (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message ?? error.keyword}`);
}
