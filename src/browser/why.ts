import type { Explanation } from "../model/explanation.ts";
import type { Judgement } from "../model/verdict.ts";
import { PAGE } from "../report/html/ink.ts";
import { BLOCKS } from "../report/html/wire.ts";
import { carriageWords } from "../report/words/carriage.ts";
import { nothingProven, sentencesOf } from "../report/words/why.ts";
import type { Chart } from "./chart.ts";
import { byId, el } from "./dom.ts";
import { flameGraph } from "./flame-graph.ts";
import { prose } from "./prose.ts";

let known: readonly Explanation[] | null = null;

/** Why a benchmark got slower: what is proven, and its flame graph; nothing where it was not looked into. */
export function whySections({ suite, benchmark }: Judgement): readonly Chart[] {
  known ??= JSON.parse(byId(BLOCKS.why).textContent) as readonly Explanation[];
  return known
    .filter((each) => each.suite === suite && (each.benchmark === "*" || each.benchmark === benchmark))
    .map((explanation) => {
      const { carriage } = explanation;
      const sentences = [
        ...(sentencesOf(explanation, PAGE) ?? [nothingProven(explanation, PAGE)]),
        ...(carriage === undefined ? [] : [carriageWords(carriage, PAGE)]),
      ];
      const graph =
        explanation.kind === "profiled" && explanation.flame.nodes.length > 1
          ? flameGraph(explanation.flame, explanation.unit)
          : null;
      const element = el(
        "section",
        {},
        el("h3", {}, "Why it got slower"),
        el("ul", { class: "notes" }, ...sentences.map((sentence) => el("li", {}, ...prose(sentence)))),
        graph?.element ?? null,
      );
      return { element, draw: () => graph?.draw(), remove: () => graph?.remove() };
    });
}
