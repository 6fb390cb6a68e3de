import { largest } from "../model/extremes.ts";
import type { Flag } from "../model/setting.ts";
import { displayWidth, wrap } from "../report/parts/width.ts";
import { EXIT_WORDS } from "../report/words/messages.ts";
import type { CliCommand } from "./command.ts";

/** Narrower columns of text are no longer read with ease: the text then stands below the flag. */
const NARROWEST = 40;
const INDENT = "  ";

/** What every command is for, below how it is written, in lines of at most `width` cells where words allow. */
export function overview(commands: readonly CliCommand[], width: number): string {
  const below = (text: string, indent: string) =>
    wrap(text, Math.max(NARROWEST, width - indent.length)).map((line) => indent + line);
  const codes = Object.entries(EXIT_WORDS).map(([code, words]) => `${code} ${words}`);
  return [
    "benchgate: know before you merge whether it got slower",
    "",
    ...commands.flatMap(({ name, usage, summary }) => [
      ...below(`benchgate ${name} ${usage}`.trim(), INDENT),
      ...below(summary, INDENT.repeat(3)),
    ]),
    "",
    "benchgate help COMMAND explains each flag.",
    ...wrap(`Exit codes: ${codes.join(" · ")}`, width),
  ].join("\n");
}

/** What a command is for and what each of its flags means, in lines of at most `width` cells where words allow. */
export function commandHelp({ name, usage, summary, flags }: CliCommand, width: number): string {
  const rows = Object.entries(flags).map(([flag, row]) => ({ left: flagText(flag, row), about: flagAbout(row) }));
  const longest = largest(
    rows.map(({ left }) => displayWidth(left)),
    0,
  );
  const column = INDENT.length + longest + INDENT.length;
  const beside = width - column >= NARROWEST;
  const margin = " ".repeat(beside ? column : 2 * INDENT.length);
  const lines = rows.flatMap(({ left, about }) => {
    const [first = "", ...rest] = wrap(about, Math.max(NARROWEST, width - margin.length)).map((line) => margin + line);
    const head = INDENT + left;
    return beside ? [head + first.slice(head.length), ...rest] : [head, first, ...rest];
  });
  return [`benchgate ${name} ${usage}`.trim(), "", ...wrap(summary, width), "", "Flags:", ...lines].join("\n");
}

/** A flag as it is written, with what stands for its value: `-o, --output FILE`. */
export function flagText(name: string, { short, value }: Flag): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** What a flag means, in whole sentences. */
export function flagAbout({ about, type, default: standard }: Flag): string {
  return [
    about,
    ...(type.form === "list" ? ["May be repeated."] : []),
    ...(standard === undefined ? [] : [`Default: \`${standard}\`.`]),
  ].join(" ");
}
