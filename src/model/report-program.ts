/** A text that stands inside the page, with the source by which the page's content security policy knows it. */
export interface Inlined {
  readonly text: string;
  /** `sha256-…`, base64, over the text in UTF-8. */
  readonly hash: string;
}

/** What an HTML page is made of besides its data: its bundled browser program, with the style sheet. */
export interface Program {
  readonly script: Inlined;
  readonly style: Inlined;
}

/** The program of the report, and that of the trend page. */
export interface PageProgram extends Program {
  readonly trend: Program;
}
