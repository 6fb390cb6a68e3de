import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { keepBusy } from "./busy.ts";
import { tryDesigns } from "./designs.ts";
import { sweep } from "./sweep.ts";
import { type Circumstances, designsToMarkdown, sweepToMarkdown } from "./tables.ts";

const PAGE = new URL("../../docs/characteristics.md", import.meta.url);

const FULL = { pairs: 20, sweepPairs: 8, slices: [1, 3, 5, 10, 20], times: [50, 100, 200] };
const QUICK = { ...FULL, pairs: 3, sweepPairs: 3, slices: [3, 10], times: [25, 50] };

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    part: { type: "string", default: "all" },
    /** Processes that are kept busy all the while. */
    busy: { type: "string", default: "2" },
    /** Whether they are busy and idle in turns, for a second each on average. */
    restless: { type: "boolean", default: false },
    /** Milliseconds a benchmark and side; `auto`: as long as a gate takes. */
    time: { type: "string", default: "auto" },
    /** Pairs by each design. */
    pairs: { type: "string" },
  },
});
const scale = values.quick ? QUICK : FULL;
const pairs = Number(values.pairs ?? scale.pairs);
const busy = Number(values.busy);
const time = values.time === "auto" ? "auto" : Number(values.time);
const began = performance.now();
const onProgress = (line: string): void => {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
};

const stop = keepBusy(busy, values.restless);
try {
  await part("lockstep", pairs, async () => {
    const designs = await tryDesigns(pairs, time, onProgress);
    return (circumstances) => designsToMarkdown(designs, time, circumstances);
  });
  // The page's sweep is one of a loaded machine.
  await part("lockstep-sweep", scale.sweepPairs, async () => {
    const cells = await sweep({ ...scale, pairs: scale.sweepPairs }, onProgress);
    return (circumstances) => sweepToMarkdown(cells, circumstances);
  });
} finally {
  stop();
}

/** Measures one part, prints what it found and puts it on the page, unless another is asked for. */
async function part(
  name: string,
  pairs: number,
  measure: () => Promise<(circumstances: Circumstances) => string>,
): Promise<void> {
  const swept = busy > 0 && !values.restless;
  if (values.part === "all" ? !swept && name === "lockstep-sweep" : values.part !== name) return;
  const before = loadavg()[0]!;
  const write = await measure();
  const markdown = write({
    pairs,
    busy,
    restless: values.restless,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    load: { before, after: loadavg()[0]! },
  });
  process.stdout.write(`${markdown}\n`);
  // A quick run is for looking at; the page holds what the full one found.
  const section = values.restless ? `${name}-restless` : busy === 0 ? `${name}-quiet` : name;
  if (!values.quick) writeFileSync(PAGE, withSection(readFileSync(PAGE, "utf8"), section, markdown));
}

/** The page with the section between its markers replaced, or added at the end. */
function withSection(page: string, name: string, section: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const block = `${opening}\n\n${section}\n\n${closing}\n`;
  const [start, end] = [page.indexOf(opening), page.indexOf(closing)];
  if (start < 0 || end < start) return `${page.trimEnd()}\n\n${block}`;
  return `${page.slice(0, start)}${block}${page.slice(end + closing.length).replace(/^\n/, "")}`;
}
