import { GateError } from "../../../model/error.ts";
import type { OutputReader } from "../../adapter.ts";
import { Bytes, damaged, UNFINISHED } from "./bytes.ts";
import { GatlingRun } from "./run.ts";

/** What the first byte of a record says it is: Gatling's `RecordHeader`. */
const RUN = 0;
const REQUEST = 1;
const USER = 2;
const GROUP = 3;
const ERROR = 4;

/** How long the version is that a binary simulation.log begins with: behind a zero, as 32 bits, then the text. */
const VERSION_LENGTHS: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 12]);

/** Whether a text is the beginning of simulation.log as Gatling 3.13 and later write it. */
export function isBinary(head: string): boolean {
  const zeros = [0, 1, 2, 3].every((at) => head.charCodeAt(at) === 0);
  return zeros && VERSION_LENGTHS.has(head.charCodeAt(4)) && /^\d+\.\d+\.\d/.test(head.slice(5, 17));
}

/** The bytes of a binary log that was read as text, a character for a byte. Throws a `GateError` where it was read as text of another kind, which loses some. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) {
      const problem = "this simulation.log is binary, and was changed where it was taken for text";
      throw new GateError(problem, "Name the file, or Gatling's results folder, as `output`", { line: 1 });
    }
    bytes[i] = code;
  }
  return bytes;
}

/** A reader of simulation.log as Gatling 3.13 and later write it (`LogFileDataWriter`), which means what the text of earlier versions does. */
export function binaryReader(skip: number): OutputReader {
  const log = new BinaryLog(skip);
  return { push: (bytes) => log.push(bytes), end: () => log.end() };
}

class BinaryLog {
  readonly #run: GatlingRun;
  /** Texts that the log names by number once it has told them, counted from 1. */
  readonly #texts: string[] = [""];
  #begin = 0;
  /** The beginning of a record whose end has not come yet. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(skip: number) {
    this.#run = new GatlingRun(skip);
  }

  push(chunk: Uint8Array): void {
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);
    let at = 0;
    while (at < bytes.length) {
      const size = this.#read(bytes.subarray(at));
      if (size === 0) break;
      at += size;
    }
    this.#rest = bytes.slice(at);
  }

  end() {
    if (this.#rest.length > 0)
      throw new GateError("the last record is cut off", "Let Gatling end by itself", { line: 1 });
    return this.#run.rounds();
  }

  /** Reads one record and gives its size; 0 where its end has not come yet. */
  #read(bytes: Uint8Array): number {
    const record = new Bytes(bytes);
    const known = this.#texts.length;
    try {
      this.#readRecord(record);
      return record.position;
    } catch (error) {
      if (error !== UNFINISHED) throw error;
      this.#texts.length = known;
      return 0;
    }
  }

  #readRecord(record: Bytes): void {
    const kind = record.byte();
    if (kind === RUN) this.#readRun(record);
    else if (kind === REQUEST) this.#readRequest(record);
    else if (kind === USER) {
      record.int();
      record.flag();
      record.int();
    } else if (kind === GROUP) {
      this.#groups(record);
      for (let i = 0; i < 3; i++) record.int();
      record.flag();
    } else if (kind === ERROR) {
      this.#text(record);
      this.#run.addError(this.#begin + record.int());
    } else damaged(`there is no record of kind ${kind}`);
  }

  #readRun(record: Bytes): void {
    for (const _ of ["version", "simulation"]) record.text();
    this.#begin = record.instant();
    record.text();
    for (let scenarios = record.length(); scenarios > 0; scenarios--) record.text();
    for (let assertions = record.length(); assertions > 0; assertions--) record.skip();
  }

  #readRequest(record: Bytes): void {
    const groups = this.#groups(record);
    const name = this.#text(record);
    const [start, end] = [this.#begin + record.int(), this.#begin + record.int()];
    const succeeded = record.flag();
    this.#text(record);
    if (name === "") damaged("a request has no name");
    if (end < start) damaged("a request ends before it starts");
    this.#run.add({ groups, name, start, end, succeeded });
  }

  #groups(record: Bytes): string[] {
    return Array.from({ length: record.length() }, () => this.#text(record));
  }

  /** A text: told with its number, or the number alone, below zero, of one that was told before. */
  #text(record: Bytes): string {
    const number = record.int();
    const told = this.#texts[-number];
    if (number === this.#texts.length) {
      const text = record.text();
      this.#texts.push(text);
      return text;
    }
    if (number < 0 && told !== undefined) return told;
    return damaged(`there is no text ${number}`);
  }
}
