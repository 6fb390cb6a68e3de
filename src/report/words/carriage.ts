import type { Carriage, Ingredient, IngredientFound, VersionChange } from "../../model/carriage.ts";
import type { Ink } from "../parts/ink.ts";
import { percent } from "./format.ts";

const NAMES: Readonly<Record<Ingredient, string>> = {
  code: "code",
  dependencies: "dependencies",
  runtime: "files that choose the runtime",
};

/** The most files that are named. */
const FILES = 2;

/** What a slowdown comes with, in sentences: the conclusion first, then what it rests on. */
export function carriageWords(carriage: Carriage, ink: Ink): string {
  const { ingredients } = carriage;
  const measured = ingredients.flatMap((each) => measuredWords(each, ink));
  const open = ingredients.flatMap((each) =>
    each.state === "not-measured" ? [`With ${ofHead(each, ink)} it was not measured: ${reasonOf(each, ink)}.`] : [],
  );
  // Where nothing could be told apart, all of them say so with the same words.
  const reasons = new Set(ingredients.map((each) => (each.state === "not-measured" ? each.reason : each.state)));
  if (reasons.size === 1 && open.length === ingredients.length) {
    const [only] = ingredients as readonly Extract<IngredientFound, { readonly state: "not-measured" }>[];
    return `What it comes with was not measured: ${reasonOf(only!, ink)}.`;
  }
  const figures = measured.length === 0 ? [] : [`The base takes ${measured.join(", ")}.`];
  const versions = ingredients.flatMap(({ versions: all = [] }) => (all.length === 0 ? [] : [versionWords(all, ink)]));
  return [conclusion(carriage, ink), ...figures, ...open, ...versions].join(" ");
}

function reasonOf({ reason }: { readonly reason: string }, ink: Ink): string {
  return ink.name(reason.replace(/\.$/, ""), 200);
}

function conclusion({ carriers, ingredients }: Carriage, ink: Ink): string {
  const names = (of: readonly Ingredient[]) => of.map((each) => `the ${NAMES[each]}`).join(" and ");
  const others = ingredients.filter(({ state }) => state === "same").map(({ ingredient }) => ingredient);
  switch (carriers.kind) {
    case "nothing":
      return "Code, dependencies and the files that choose the runtime are the same on both sides.";
    case "alone":
      return `It comes with ${ink.strong(names([carriers.ingredient]))}: ${names(others)} are the same on both sides.`;
    case "by":
      return `It comes with ${ink.strong(names(carriers.ingredients))}.`;
    case "together":
      return "It comes with none of them alone.";
    case "not-by":
      return `It does not come with ${names(carriers.ingredients)}.`;
    case "open":
      return "What it comes with is not decided.";
  }
}

function measuredWords(found: IngredientFound, ink: Ink): readonly string[] {
  if (found.state !== "measured") return [];
  const { value, lower, upper } = found;
  const interval = ink.figure(`${signed(lower)} … ${signed(upper)}`);
  return [`${ink.strong(signed(value))} (${interval}) with ${ofHead(found, ink)}`];
}

function ofHead({ ingredient, files, more = 0 }: IngredientFound, ink: Ink): string {
  const rest = files.length - FILES + more;
  const named = files.slice(0, FILES).map((file) => ink.name(file, 80));
  const all = [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  return `the head's ${NAMES[ingredient]}${all === "" ? "" : ` (${all})`}`;
}

/** The most packages that are named. */
const PACKAGES = 4;

function versionWords(all: readonly VersionChange[], ink: Ink): string {
  const named = all.slice(0, PACKAGES).map(({ name, from, to }) => {
    const versions =
      from === null
        ? `new: ${ink.name(to!, 40)}`
        : to === null
          ? "gone"
          : `${ink.name(from, 40)} → ${ink.name(to, 40)}`;
    return `${ink.name(name, 80)} ${versions}`;
  });
  const rest = all.length - PACKAGES;
  return `Other versions: ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(", ")}.`;
}

function signed(share: number): string {
  return share < 0 ? `−${percent(-share)}` : `+${percent(share)}`;
}
