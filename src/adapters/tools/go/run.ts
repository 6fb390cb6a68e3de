import type { Direction } from "../../../model/measurement.ts";
import { fromName, type GoLine, type GoResult, goLines, resultAtEnd, resultOf } from "./lines.ts";

/** A result and where it comes from. */
export interface PlacedResult extends GoResult {
  readonly package: string;
  readonly line: number;
  /** The `key: value` lines that hold for it, in one text: results under different ones must not be pooled. */
  readonly configuration: string;
}

/** Everything that the output of a Go test run says, before units are read. */
export interface GoRun {
  readonly results: readonly PlacedResult[];
  /** Why a benchmark, or a package as `package.*`, failed. */
  readonly failures: ReadonlyMap<string, string>;
  /** What `Unit` lines declare. */
  readonly units: ReadonlyMap<string, GoUnit>;
}

/** What a `Unit` line declares: `Unit total-bytes assume=exact`, `Unit widgets/s better=higher`. */
export interface GoUnit {
  readonly better?: Direction;
  readonly exact: boolean;
}

/** A benchmark's name with its package, which alone need not be unique. */
export function nameIn(inPackage: string, name: string): string {
  return inPackage === "" ? name : `${inPackage}.${name}`;
}

/** Reads the output of a Go test run. Errors as for `goLines` and `resultOf`. */
export function readRun(text: string): GoRun {
  const run: Reading = { results: [], failures: new Map(), units: new Map() };
  const streams = new Map<string | null, Stream>();
  let failed: string | null = null;
  for (const line of goLines(text)) {
    const stream = streams.get(line.package) ?? { ...FRESH, package: line.package ?? "", configuration: new Map() };
    streams.set(line.package, stream);
    if (line.text.trim() === "FAIL") failed = nameIn(stream.package, "*");
    readLine(run, stream, line);
  }
  // A test binary that was started without the go command says no more than FAIL.
  if (failed !== null && run.failures.size === 0) run.failures.set(failed, "The run failed");
  return run;
}

interface Reading {
  readonly results: PlacedResult[];
  readonly failures: Map<string, string>;
  readonly units: Map<string, GoUnit>;
}

/** What is known of one package's output while it is read. */
interface Stream {
  package: string;
  /** The benchmark whose name stands there already and whose result may follow what it prints. */
  begun: string | null;
  panic: string | null;
  /** The benchmark that has failed in the line before. */
  failed: string | null;
  /** What a benchmark has logged in the line before. */
  logged: string | null;
  readonly configuration: Map<string, string>;
}

/** A configuration line of the benchmark format: `goos: linux`, or what people add to tell runs apart, as `note: after`. */
const CONFIGURATION = /^([a-z][\w.-]*:)\s+(\S.*)$/;

/** What ended a package; without -v it stands behind the name of the benchmark that was running. */
const PANIC = /^(?:Benchmark\S+ *\t)?(panic: .{0,193})/;

const FRESH = { begun: null, panic: null, failed: null, logged: null } as const;

function readLine(run: Reading, stream: Stream, line: GoLine): void {
  const { text } = line;
  const { failed, logged } = stream;
  Object.assign(stream, { failed: null, logged: null, panic: PANIC.exec(text)?.[1] ?? stream.panic });
  const [first, second = "", ...rest] = text.trim().split(/\s+/);
  const failure = /--- FAIL: (Benchmark\S+)/.exec(text)?.[1];
  if (failure !== undefined) {
    // Without -v the reason is logged in the line after, with -v in the line before.
    run.failures.set(nameIn(stream.package, failure), logged ?? "The benchmark failed");
    stream.failed = logged === null ? nameIn(stream.package, failure) : null;
  } else if (/^Benchmark\S/.test(text)) {
    stream.begun = first!;
    addResult(run, stream, resultOf(line), line.number);
  } else if (/^\s+\S+\.go:\d+: /.test(text)) {
    stream.logged = text.trim().slice(0, 200);
    if (failed !== null) run.failures.set(failed, stream.logged);
  } else if (first === "FAIL" && second !== "") {
    run.failures.set(nameIn(second, "*"), `The package failed: ${stream.panic ?? reasonOf(rest)}`);
    Object.assign(stream, FRESH, { package: line.package ?? "" });
  } else if (first === "ok" && second !== "") {
    Object.assign(stream, FRESH, { package: line.package ?? "" });
  } else if (first === "pkg:") {
    stream.package = second;
  } else if (first === "Unit") {
    readUnit(run, second, rest);
  } else if (text.startsWith("panic: ")) {
    // It is kept already.
  } else if (readLateName(run, stream, line)) {
    // The program's own text stood before the name.
  } else if (stream.begun === null) {
    const [, key, value] = CONFIGURATION.exec(text.trimEnd()) ?? [];
    if (key !== undefined) stream.configuration.set(key, value!);
  } else {
    addResult(run, stream, resultAtEnd(stream.begun, text), line.number);
  }
}

/**
 * Reads a name that stands behind what the program printed, with its result or without. With -v the name has stood on a line of its own before, without
 * the number of processors; any other name is the program's own text while a result is awaited.
 */
function readLateName(run: Reading, stream: Stream, { text, number }: GoLine): boolean {
  const named = fromName(text);
  if (named === null) return false;
  const name = /^\S+/.exec(named)![0];
  if (stream.begun !== null && name.replace(/-\d+$/, "") !== stream.begun.replace(/-\d+$/, "")) return false;
  stream.begun = name;
  addResult(run, stream, resultAtEnd(name, named), number);
  return true;
}

function addResult(run: Reading, stream: Stream, result: GoResult | null, line: number): void {
  if (result === null) return;
  run.results.push({
    ...result,
    package: stream.package,
    line,
    configuration: [...stream.configuration].map((pair) => pair.join(" ")).join("; "),
  });
  stream.begun = null;
}

/** The rest of `FAIL package 0.04s` or `FAIL package [build failed]`. */
function reasonOf(rest: readonly string[]): string {
  const reason = rest.join(" ");
  return reason === "" || /^[\d.]+s$/.test(reason) ? "its output says why" : reason;
}

function readUnit(run: Reading, unit: string, settings: readonly string[]): void {
  const before = run.units.get(unit) ?? { exact: false };
  const declared = settings.find((setting) => setting === "better=higher" || setting === "better=lower");
  const better = declared === undefined ? before.better : declared === "better=higher" ? "higher" : "lower";
  const exact = before.exact || settings.includes("assume=exact");
  run.units.set(unit, { exact, ...(better === undefined ? {} : { better }) });
}
