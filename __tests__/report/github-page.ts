/** The colours of a theme. */
type Theme = Readonly<Record<"ground" | "text" | "line" | "soft" | "code" | "link", string>>;

/** GitHub's colours by day. */
export const LIGHT: Theme = {
  ground: "#ffffff",
  text: "#1f2328",
  line: "#d1d9e0",
  soft: "#f6f8fa",
  code: "#818b981f",
  link: "#0969da",
};

/** GitHub's colours by night. */
export const DARK: Theme = {
  ground: "#0d1117",
  text: "#f0f6fc",
  line: "#3d444d",
  soft: "#151b23",
  code: "#656c7633",
  link: "#4493f8",
};

/** A rendered comment on a page `width` pixels wide, styled as GitHub does. Its title is its height. */
export function githubPage(body: string, theme: Theme, width: number): string {
  return `<!doctype html><meta charset="utf-8"><style>
    * { box-sizing: border-box }
    body { margin: 0; padding: 16px; background: ${theme.ground}; color: ${theme.text}; width: ${width}px;
      font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, "Liberation Sans", Arial, "Noto Color Emoji", sans-serif }
    .frame { border: 1px solid ${theme.line}; border-radius: 6px }
    .by { padding: 8px 16px; background: ${theme.soft}; border-bottom: 1px solid ${theme.line}; border-radius: 6px 6px 0 0 }
    .by span { border: 1px solid ${theme.line}; border-radius: 2em; padding: 0 7px; font-size: 12px; margin-left: 4px }
    .body { padding: 16px }
    .body > :last-child { margin-bottom: 0 }
    h2 { font-size: 1.5em; line-height: 1.25; margin: 0 0 16px; padding-bottom: .3em; border-bottom: 1px solid ${theme.line}b3 }
    p, ul, pre, table, details { margin: 0 0 16px }
    ul { padding-left: 2em }
    table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; font-variant: tabular-nums }
    th, td { padding: 6px 13px; border: 1px solid ${theme.line} }
    tr:nth-child(2n) { background: ${theme.soft} }
    code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace }
    code { padding: .2em .4em; font-size: 85%; white-space: break-spaces; background: ${theme.code}; border-radius: 6px }
    pre { padding: 16px; background: ${theme.soft}; border-radius: 6px; font-size: 85%; line-height: 1.45; overflow: auto }
    pre code { padding: 0; font-size: 100%; background: none; white-space: pre }
    summary { cursor: pointer }
    a { color: ${theme.link} }
  </style><div class="frame"><div class="by"><b>github-actions</b> <span>bot</span> commented</div><div class="body">${body}</div></div>
  <script>document.title = String(document.documentElement.getBoundingClientRect().height)</script>`;
}
