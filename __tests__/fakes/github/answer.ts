import type { Fields } from "./description.ts";

/** What the fake answers: a status with a JSON body (null: none) and headers of its own. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error in GitHub's shape. */
export function failure(
  status: number,
  message: string,
  docs: string,
  extra: Fields = {},
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { message, ...extra, documentation_url: docs, status: String(status) }, headers };
}

/** One page of `items` with GitHub's `Link` header: `per_page` 1-100 (30 where absent or out of range), `page` from 1. */
export function page<T>(
  items: readonly T[],
  url: URL,
  render: (item: T) => unknown,
): Answer & { readonly total: number } {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const perPage = Number.isInteger(size) && size >= 1 ? Math.min(size, 100) : 30;
  const current = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const at = (number: number, rel: string): string => {
    const target = new URL(url);
    target.searchParams.set("page", String(number));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [at(current - 1, "prev")] : []),
    ...(current < last ? [at(current + 1, "next"), at(last, "last")] : []),
    ...(current > 1 ? [at(1, "first")] : []),
  ];
  const body = items.slice((current - 1) * perPage, current * perPage).map(render);
  return { status: 200, body, headers: links.length > 0 ? { link: links.join(", ") } : {}, total: items.length };
}
