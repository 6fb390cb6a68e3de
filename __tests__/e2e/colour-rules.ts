/** The rules of axe that look at colours, of those that it goes by unless it is told others. */
export const COLOUR_RULES = ["color-contrast", "link-in-text-block"] as const;
