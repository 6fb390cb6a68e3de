type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element with its attributes and children; text is always text. Attributes that are null, undefined or false are left out. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  assign(element, attributes);
  fill(element, children);
  return element;
}

/** The same for SVG. */
export function svg(
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  assign(element, attributes);
  fill(element, children);
  return element;
}

/** Gives an element its children one by one: a list of any length may be among them. */
function fill(element: Element, children: readonly (Child | readonly Child[])[]): void {
  for (const child of children.flat()) if (child !== null) element.append(child);
}

/** The element of that id, which the page's own markup has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

function assign(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
}
