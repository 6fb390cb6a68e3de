/** What is wrong with a user's module, on one line with its remedy; `cause` is what the module itself threw. */
export class ModuleError extends Error {
  constructor(problem: string, remedy: string, cause?: unknown) {
    super(`${problem}. ${remedy}.`, cause === undefined ? {} : { cause });
    this.name = "ModuleError";
  }
}

/** A module that is no benchmark for this harness, however often it is run: the file itself is to be changed, or left out. */
export class UnfitModule extends ModuleError {}

/** What somebody threw, as one line. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.split("\n", 1)[0]?.trim() || "an error without a message";
}
