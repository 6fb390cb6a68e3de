/** A text that stands inside the page, with the source by which the page's content security policy knows it. */
export interface Inlined {
  readonly text: string;
  /** `sha256-…`, base64, over the text in UTF-8. */
  readonly hash: string;
}

/** What HTML pages are made of besides their data: the report's bundled browser program with its style sheet, and the trend page's program. */
export interface PageProgram {
  readonly script: Inlined;
  readonly style: Inlined;
  readonly trend: Inlined;
}
