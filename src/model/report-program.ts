/** A text that stands inside the page, with the source by which the page's content security policy knows it. */
export interface Inlined {
  readonly text: string;
  /** `sha256-…`, base64, over the text in UTF-8. */
  readonly hash: string;
}

/** What the HTML report is made of besides its data: the bundled browser program and its style sheet. */
export interface PageProgram {
  readonly script: Inlined;
  readonly style: Inlined;
}
