import { componentSchema, type Fields } from "./description.ts";

/**
 * The smallest value that a component schema of GitHub's description allows, with `overrides` laid over it (deeply).
 * So the fake has to spell out only the fields that tell something, and stays valid when GitHub adds a required one.
 */
export function resource(schema: string, overrides: Fields): Fields {
  return overlay(minimal(componentSchema(schema)), overrides) as Fields;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function overlay(base: unknown, top: unknown): unknown {
  if (!isObject(base) || !isObject(top)) return top;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(top)) {
    if (value !== undefined) merged[key] = overlay(merged[key], value);
  }
  return merged;
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uri: "https://api.github.com/",
  "date-time": "2026-01-01T00:00:00Z",
  email: "octocat@users.noreply.github.com",
};

function minimal(schema: Fields): unknown {
  const reference = schema.$ref;
  if (typeof reference === "string") return minimal(componentSchema(reference.replace("#/components/schemas/", "")));
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const alternatives = (schema.anyOf ?? schema.oneOf) as readonly Fields[] | undefined;
  if (alternatives !== undefined) {
    return alternatives.some((alternative) => alternative.type === "null") ? null : minimal(alternatives[0]!);
  }
  if (Array.isArray(schema.allOf)) return (schema.allOf as Fields[]).map(minimal).reduce(overlay);
  const types = ([schema.type] as unknown[]).flat();
  if (types.includes("null")) return null;
  switch (types[0]) {
    case "string":
      return BY_FORMAT[String(schema.format)] ?? "-".repeat(Number(schema.minLength ?? 1));
    case "integer":
    case "number":
      return Number(schema.minimum ?? 1);
    case "boolean":
      return false;
    case "array":
      return [];
    default: {
      const properties = (schema.properties ?? {}) as Readonly<Record<string, Fields>>;
      const required = (schema.required ?? []) as readonly string[];
      return Object.fromEntries(required.map((name) => [name, minimal(properties[name] ?? {})]));
    }
  }
}
