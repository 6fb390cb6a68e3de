import { z } from "zod";
import { GateError } from "../model/error.ts";
import { exponent } from "./complexity.ts";
import { choice, duration, globs, share, text, texts } from "./fields.ts";
import { quantityPattern } from "./scalars.ts";

/**
 * A field that `parse` reads. Its `GateError` becomes the issue, so that schema, inputs and flags speak with one voice;
 * `json` is what the JSON schema says of it.
 */
export function field<T>(parse: (value: unknown) => T, json: Readonly<Record<string, unknown>>) {
  return z
    .unknown()
    .meta(json)
    .transform((value, context) => {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof GateError)) throw error;
        const { problem, remedy } = error;
        context.addIssue({ code: "custom", message: problem, params: { problem, remedy } });
        return z.NEVER;
      }
    });
}

/** A text with something in it. */
export const textField = (description: string) => field(text, { type: "string", minLength: 1, description });

/** Globs of files: one, or a list. */
export const globsField = (description: string) =>
  field(globs, {
    anyOf: [
      { type: "string", minLength: 1 },
      { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
    ],
    description,
  });

/** A command: a line for the shell, or an argument vector. */
export const commandField = (description: string) =>
  field((value) => (Array.isArray(value) ? { argv: texts(value) } : { line: text(value) }), {
    anyOf: [
      { type: "string", minLength: 1, description: "A line for the shell." },
      {
        type: "array",
        items: { type: "string", minLength: 1 },
        minItems: 1,
        description: "A program and its arguments, without a shell.",
      },
    ],
    description,
  });

/** A span of time, in seconds. */
export const durationField = (description: string) =>
  field(duration, { type: "string", pattern: quantityPattern(["duration"]), examples: ["10m"], description });

/** One of several words. */
export const choiceField = <T extends string>(choices: readonly T[], description: string) =>
  field((value) => choice(value, choices), { enum: [...choices], description });

/** A relative change, as a share of one. */
export const shareField = (description: string) =>
  field(share, { type: "string", pattern: quantityPattern(["share"]), examples: ["5%"], description });

/** An exponent of growth. */
export const exponentField = (description: string) =>
  field(exponent, { type: "number", minimum: 0, maximum: 10, examples: [1.2], description });
