/** A page's content security policy: nothing is loaded from anywhere, only these sources run or style, and no text becomes markup in the browser (trusted types). */
export function contentPolicy(
  sources: Readonly<Partial<Record<"script-src" | "style-src" | "img-src", string>>>,
): string {
  return [
    "default-src 'none'",
    ...Object.entries(sources).map(([directive, source]) => `${directive} ${source}`),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
