import { GateError } from "../model/error.ts";
import { benchmarkKey, isSameSubject, subjectKey } from "../model/key.ts";
import type { Recording } from "../model/recording.ts";
import type { Allowance, Spend } from "./allowance.ts";
import { parseRecordingJson } from "./place.ts";
import { decodeRecording } from "./recording.ts";

/** A recording is six levels deep; a later version may be deeper. */
const DEEPEST = 32;
/** The longest name, and the longest text of any kind (a histogram in base64), in UTF-16 code units. */
const LONGEST_NAME = 1000;
const LONGEST_TEXT = 512 * 1024;
const MOST_ROUNDS = 2000;
const MOST_FACTS = 200;

/**
 * The recording in a text that somebody else wrote: as `decodeRecording`, but what it may cost is bounded before anything is made of it. Throws a
 * `GateError` that names the bound.
 */
export function decodeUntrusted(json: string, allowance: Allowance): Recording {
  const spend = allowance.one();
  spend("characters", json.length);
  weigh(json, spend);
  const raw = parseRecordingJson(json.startsWith("\uFEFF") ? json.slice(1) : json);
  count(raw, spend);
  const recording = decodeRecording(json, raw, spend);
  refuseLongNames(recording);
  spend("subjects", subjectsOf(recording));
  return recording;
}

/** Counts what a JSON text holds by its tokens alone: a parser would have made values of them first. */
function weigh(json: string, spend: Spend): void {
  let [depth, values, parts] = [0, 0, 0];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    // Digits, of which most of it is.
    if (code > 0x2c && code < 0x5b) continue;
    switch (code) {
      case 0x22: {
        const from = at;
        parts++;
        at = endOfText(json, at);
        if (at - from > LONGEST_TEXT) throw tooMuch(`a text of more than ${LONGEST_TEXT / 1024} Ki characters`);
        break;
      }
      case 0x2c:
        values++;
        break;
      case 0x5b:
      case 0x7b:
        parts++;
        depth++;
        if (depth > DEEPEST) throw tooMuch(`lists and objects nested more than ${DEEPEST} deep`);
        break;
      case 0x5d:
      case 0x7d:
        depth--;
    }
  }
  spend("values", values);
  spend("parts", parts);
}

/** Where the text that begins at `from` ends: at its quotation mark, or with the document. */
function endOfText(json: string, from: number): number {
  for (let end = from; ; ) {
    end = json.indexOf('"', end + 1);
    if (end < 0) return json.length;
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === 0x5c) escapes++;
    if (escapes % 2 === 0) return end;
  }
}

const LISTS = ["measurements", "failures", "notes", "exits", "seconds"] as const;

/** Counts what is measured, before each of it is checked. */
function count(raw: unknown, spend: Spend): void {
  const { rounds, environment } = Object(raw) as Readonly<Record<string, unknown>>;
  if (Object.keys(Object(environment)).length > MOST_FACTS)
    throw tooMuch(`more than ${MOST_FACTS} facts of the machine`);
  if (!Array.isArray(rounds)) return;
  if (rounds.length > MOST_ROUNDS) throw tooMuch(`more than ${MOST_ROUNDS} rounds`);
  for (const round of rounds) {
    for (const list of LISTS) {
      const held = listIn(round, list);
      spend("measurements", held.length);
      if (list === "exits") spend("exits", held.length);
      if (list === "failures") for (const each of held) spend("said", saidBy(each));
      if (list === "measurements")
        spend(
          "percentiles",
          held.reduce<number>((sum, each) => sum + percentilesOf(each), 0),
        );
    }
  }
}

function listIn(round: unknown, name: string): readonly unknown[] {
  const held = (Object(round) as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(held) ? held : [];
}

function percentilesOf(measurement: unknown): number {
  const { quantiles } = Object(measurement) as { readonly quantiles?: unknown };
  return quantiles === undefined ? 0 : Object.keys(Object(quantiles)).length;
}

function saidBy(failure: unknown): number {
  const { reason, output } = Object(failure) as Readonly<Record<string, unknown>>;
  return [reason, output].reduce<number>((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}

function refuseLongNames({ rounds, environment, revision }: Recording): void {
  for (const [fact, value] of Object.entries(environment)) short(fact, String(value));
  short(revision.sha, revision.ref, revision.committedAt);
  for (const { session, measurements, failures, notes = [], exits = [] } of rounds) {
    short(session);
    for (const { suite, benchmark, metric, unit, estimator, source } of measurements)
      short(suite, benchmark, metric, unit, estimator, source?.file);
    for (const { suite, benchmark, source } of failures) short(suite, benchmark, source?.file);
    for (const { suite, benchmark, metric } of notes) short(suite, benchmark, metric);
    for (const { suite } of exits) short(suite);
  }
}

function short(...names: readonly (string | undefined)[]): void {
  for (const name of names)
    if (name !== undefined && name.length > LONGEST_NAME)
      throw tooMuch(`a name of more than ${LONGEST_NAME.toLocaleString("en-US")} characters`);
}

/** How many things can be judged of it: what each costs is far more than what it takes to write it down. */
function subjectsOf({ rounds }: Recording): number {
  const found = new Set<string>();
  for (const [index, { measurements, failures }] of rounds.entries()) {
    const before = rounds[index - 1]?.measurements ?? [];
    for (const [place, each] of measurements.entries())
      if (!isSameSubject(before[place], each)) found.add(subjectKey(each));
    for (const each of failures) found.add(benchmarkKey(each));
  }
  return found.size;
}

function tooMuch(what: string): GateError {
  return new GateError(`it holds ${what}`, "Look at what wrote it: no tool does so");
}
