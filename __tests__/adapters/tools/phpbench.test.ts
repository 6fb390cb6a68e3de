import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { phpbench } from "../../../src/adapters/tools/phpbench.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const MD5 = "Example\\HashBench::benchMd5";
const SHORT = "Example\\HashBench::benchSha (short & sweet)";

function dump(variant: string): string {
  return `<phpbench><suite><benchmark class="A"><subject name="b">\n<variant>${variant}</variant>\n</subject></benchmark></suite></phpbench>`;
}

describe("phpbench", () => {
  it("makes a round of every iteration of the remote executor, which is a process", () => {
    const rounds = phpbench.parse(outputOf(fixture("phpbench/remote.xml")));
    expect(rounds.map((round) => numbersOf(round))).toEqual([
      { [MD5]: [0.5 * 1e-6], [SHORT]: [12 * 1e-6] },
      { [MD5]: [0.6 * 1e-6] },
    ]);
    expect(rounds.map((round) => numbersOf(round, "memory"))).toEqual([{ [MD5]: [400_000] }, { [MD5]: [400_512] }]);
    expect(rounds[0]!.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
    expect(rounds[0]!.measurements[2]!.estimator).toBeUndefined();
  });

  it("takes the iterations of another executor as samples of one round", () => {
    const round = onlyRound(phpbench, fixture("phpbench/local.xml"));
    expect(numbersOf(round)).toEqual({ [MD5]: [0.5 * 1e-6, 0.6 * 1e-6], [SHORT]: [12 * 1e-6] });
  });

  it("reports a variant with errors, and one without iterations", () => {
    const [round] = phpbench.parse(outputOf(fixture("phpbench/remote.xml")));
    expect(round!.failures).toEqual([
      { benchmark: "Example\\HashBench::benchSha (long)", reason: 'It threw "Out of memory"' },
    ]);
    expect(onlyRound(phpbench, dump("<stats/>")).failures).toEqual([
      { benchmark: "A::b", reason: "It has no iterations" },
    ]);
  });

  it.each([
    [dump('<iteration time-revs="1"/>'), '2: <iteration> has no "time-net"'],
    [dump('<iteration time-net="1" time-revs="0"/>'), "2: An iteration of no revolution"],
    [dump('<iteration time-net="-1" time-revs="1"/>'), '2: "time-net" of <iteration> is "-1"'],
    ["<phpbench/>", "It holds no benchmarks. Run `phpbench run --dump-file`"],
    ["<phpbench>", "1: the file is cut off: it ends within <phpbench>"],
    ["<other/>", "1: Expected phpbench's XML, found <other>"],
  ])("refuses %s", (text, message) => {
    expect(() => phpbench.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("phpbench in the corpus", () => {
  const files = corpusFolder("phpbench");
  const wrapped = files.filter((file) => file.endsWith(".test.txt"));

  it.each(wrapped)("%s, XML within another file, is refused; the XML in it is read", (file) => {
    const text = corpusFile(file);
    expect(() => phpbench.parse(outputOf(text))).toThrow(/^1:1: Not valid XML/);
    const xml = text.split("---\n")[1]!;
    const { measurements, failures } = onlyRound(phpbench, xml);
    const error = /<error [^>]*>([^<]*)</.exec(xml)?.[1];
    if (error === undefined)
      expect(measurements[0]!.distribution).toEqual({ kind: "samples", samples: Float64Array.of(10 * 1e-6) });
    expect(failures).toEqual(
      error === undefined ? [] : [{ benchmark: "Bench1::subjectName (some params)", reason: `It threw "${error}"` }],
    );
  });

  it.each(files.filter((file) => !wrapped.includes(file)))("%s gives its iterations", (file) => {
    const text = corpusFile(file);
    const numbers = [...text.matchAll(/time-net="(\d+)" time-revs="(\d+)"/g)].map(
      ([, net, revs]) => (Number(net) / Number(revs)) * 1e-6,
    );
    const memory = [...text.matchAll(/mem-peak="(\d+)"/g)].map(([, peak]) => Number(peak));
    const round = onlyRound(phpbench, text);
    expect(Object.values(numbersOf(round)).flat()).toEqual(numbers);
    expect(Object.values(numbersOf(round, "memory")).flat()).toEqual(memory);
    expect(round.failures).toHaveLength(numbers.length === 0 ? 1 : 0);
  });
});
