import { describe, expect, it } from "vitest";
import { parseFlags } from "../../src/cli/flags.ts";
import { PLAN_FLAGS } from "../../src/cli/plan-flags.ts";
import { type FlagTable, many, one, SWITCH, TEXT, TEXTS } from "../../src/model/setting.ts";
import { refusal } from "../config/errors.ts";

const about = "Something.";
const TABLE = {
  output: { type: TEXT, value: "FILE", short: "o", about },
  branch: { type: TEXT, value: "NAME", default: "main", about },
  suite: { type: TEXTS, value: "NAME", about },
  total: { type: many((words) => words.reduce((sum, word) => sum + Number(word), 0)), value: "N", about },
  count: { type: one(Number), value: "N", about },
  append: { type: SWITCH, about },
} as const satisfies FlagTable;

/** The types that follow from the table: only what has a default is never null. */
interface Given {
  readonly output: string | null;
  readonly branch: string;
  readonly suite: readonly string[];
  readonly total: number;
  readonly count: number | null;
  readonly append: boolean;
}

const parse = (...argv: string[]) => parseFlags(argv, TABLE);
const refused = (...argv: string[]) => refusal(() => parse(...argv));

describe("a command line", () => {
  it("reads a negative value as the value that it is", () => {
    expect(parse("--count", "-5").given.count).toBe(-5);
    expect(parse("--output", "-5%", "x").given.output).toBe("-5%");
    expect(refused("--output", "--append")).toContain("--output needs a value. Write --output FILE");
  });

  it("gives every flag a value of its type, and the words beside the flags in their order", () => {
    const { given, operands }: { given: Given; operands: readonly string[] } = parse(
      "a",
      "--suite",
      "x",
      "-o",
      "-",
      "--count=3",
      "--append",
      "b",
      "--suite=y",
    );
    expect(given).toEqual({ output: "-", branch: "main", suite: ["x", "y"], total: 0, count: 3, append: true });
    expect(operands).toEqual(["a", "b"]);
  });

  it("is null, false, empty or the default where a flag is absent", () => {
    expect(parse().given).toEqual({ output: null, branch: "main", suite: [], total: 0, count: null, append: false });
  });

  it("keeps the words as they were written, for a command line that does the same again", () => {
    const { written } = parse("--total", "1", "--total", "2", "--count", "3");
    expect([written("total"), written("count"), written("output")]).toEqual([["1", "2"], ["3"], []]);
  });

  it("takes everything after -- for words", () => {
    expect(parse("--", "--count", "-o").operands).toEqual(["--count", "-o"]);
  });

  it.each([
    [["--ouput", "x"], "There is no flag --ouput. Did you mean --output?"],
    [["a", "--count", "3", "--brunch=main"], "There is no flag --brunch. Did you mean --branch?"],
    [["-x"], "There is no flag -x. The flags are --output, --branch, --suite, --total, --count, --append."],
    [["--constructor"], "There is no flag --constructor. The flags are --output, --branch,"],
    [["--colour's"], "There is no flag --colour's. The flags are"],
    [["--count"], "--count needs a value. Write --count N"],
    [["-o"], "--output needs a value. Write --output FILE"],
    [["--suite", ""], "--suite has an empty value. Write --suite NAME, or leave it out"],
    [["--output="], "--output has an empty value. Write --output FILE, or leave it out"],
    [["--append=yes"], "--append takes no value. Write --append alone"],
  ])("is refused where it is %j", (argv, message) => {
    expect(refused(...argv)).toContain(message);
  });

  it.each([
    [["--rounds", "0"], "--rounds: 0 is less than 1"],
    [["--time-budget", "5"], "--time-budget: 5 has no unit"],
    [["--bench", "a.js", "--bench", "../x.js"], '--bench: "../x.js" leads out of the repository'],
    [["--threshold", "5"], "--threshold: 5 has no unit. Write 5%"],
    [["--threshold", "p50=5%", "--threshold", "p50=6%"], "--threshold: The threshold of latency p50 is given twice"],
    [["--on-inconclusive", "no"], '--on-inconclusive: "no" is not one of pass, warn, fail'],
  ])("is refused by the name of the flag whose value is wrong: %j", (argv, message) => {
    expect(refusal(() => parseFlags(argv, PLAN_FLAGS))).toContain(message);
  });
});
