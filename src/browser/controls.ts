import { el } from "./dom.ts";

/** The field of a search as `matcher` understands it. */
export function searchField(): HTMLInputElement {
  return el("input", {
    type: "search",
    id: "search",
    placeholder: 'Search: words, or "a whole name"',
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** A list of values to choose from, under its label; an empty value, in the words of `all`, chooses all. */
export interface Choice {
  readonly element: HTMLElement;
  readonly value: () => string;
  readonly set: (value: string) => void;
}

/** A `Choice`; null where there is nothing to choose. */
export function choice(
  label: string,
  all: string,
  values: readonly string[],
  onChange: (value: string) => void,
): Choice | null {
  if (values.length < 2) return null;
  const select = el(
    "select",
    {},
    el("option", { value: "" }, all),
    ...values.map((value) => el("option", { value }, value)),
  );
  select.addEventListener("change", () => onChange(select.value));
  return {
    element: el("label", {}, el("span", {}, label), select),
    value: () => select.value,
    set: (value) => {
      select.value = value;
    },
  };
}
