import type { Direction } from "../../../model/measurement.ts";
import { type GoLine, type GoResult, goLines, nameOn, refuseNameless, resultAtEnd } from "./lines.ts";

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
  /** Whether the line before was of the platform, behind which the package stands. */
  platform: boolean;
  readonly configuration: Map<string, string>;
}

/** A configuration line of the benchmark format: `goos: linux`, or what people add to tell runs apart, as `note: after`. */
const CONFIGURATION = /^([a-z][\w.-]*:)\s+(\S.*)$/;

/** What ended a package; without -v it stands behind the name of the benchmark that was running. */
const PANIC = /^(?:Benchmark\S+ *\t)?(panic: .{0,193})/;

/** What Go prints before the first result of a package, all at once; another program's text may stand in front of a line. */
const PLATFORM = /(?:^|\s)(?:goos|goarch): \S+$/;
const PACKAGE = /\spkg: (\S+)$/;

const FRESH = { begun: null, panic: null, failed: null, logged: null, platform: false } as const;

function readLine(run: Reading, stream: Stream, line: GoLine): void {
  const { text } = line;
  const { failed, logged, begun, platform } = stream;
  const panic = PANIC.exec(text)?.[1] ?? stream.panic;
  Object.assign(stream, { failed: null, logged: null, panic, platform: PLATFORM.test(text.slice(-200)) });
  const [first, second = "", ...rest] = text.trim().split(/\s+/);
  const ended = /--- (FAIL|SKIP): (Benchmark\S+)/.exec(text);
  if (ended !== null) {
    stream.begun = null;
    if (ended[1] === "SKIP") return;
    const failure = nameIn(stream.package, ended[2]!);
    // Without -v the reason is logged in the line after, with -v in the line before.
    run.failures.set(failure, logged ?? "The benchmark failed");
    stream.failed = logged === null ? failure : null;
  } else if (/^\s+\S+\.go:\d+: /.test(text)) {
    stream.logged = text.trim().slice(0, 200);
    if (failed !== null) run.failures.set(failed, stream.logged);
  } else if (first === "FAIL" && second !== "") {
    run.failures.set(nameIn(second, "*"), `The package failed: ${stream.panic ?? reasonOf(rest)}`);
    Object.assign(stream, FRESH, { package: line.package ?? "" });
  } else if (first === "ok" && second !== "") {
    Object.assign(stream, FRESH, { package: line.package ?? "" });
  } else if (first === "PASS" && second === "") {
    stream.begun = null;
  } else if (first === "pkg:" && begun === null) {
    stream.package = second;
  } else if (platform && PACKAGE.test(text)) {
    stream.package = PACKAGE.exec(text)![1]!;
  } else if (first === "Unit") {
    readUnit(run, second, rest);
  } else if (!text.startsWith("panic: ")) {
    readBenchmark(run, stream, line);
  }
}

/** A line of a benchmark: its name, its result, both, or the program's own text before either. Between benchmarks stands the configuration. */
function readBenchmark(run: Reading, stream: Stream, line: GoLine): void {
  const { begun } = stream;
  const named = nameOn(line, begun);
  if (named !== null) {
    stream.begun = named.name;
    addResult(run, stream, named.result, line.number);
  } else if (begun === null) {
    refuseNameless(line);
    const [, key, value] = CONFIGURATION.exec(line.text.trimEnd()) ?? [];
    if (key !== undefined) stream.configuration.set(key, value!);
  } else {
    addResult(run, stream, resultAtEnd(begun, line.text), line.number);
  }
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
