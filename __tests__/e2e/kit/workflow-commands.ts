/** An annotation as the runner would show it. */
export interface SeenAnnotation {
  readonly level: "error" | "warning" | "notice";
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What the runner makes of a step's output. */
export interface SeenCommands {
  readonly annotations: readonly SeenAnnotation[];
  readonly masks: readonly string[];
  /** Every command that took effect, by name, quotation marks excluded. */
  readonly names: readonly string[];
}

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const LEVELS = ["error", "warning", "notice"] as const;

/** What the runner knows by name (ActionCommandManager.cs and its extensions); everything else is text. */
const REGISTERED = [
  "stop-commands", "set-env", "set-output", "save-state", "add-mask", "add-path", "add-matcher", "remove-matcher",
  "warning", "error", "notice", "debug", "group", "endgroup", "echo",
] as const; // biome-ignore format: a list to look through

/**
 * Reads output as actions/runner does (ActionCommandManager, ActionCommand.TryParseV2 and TryParse): lines end at `\n`, `\r` or `\r\n`,
 * leading white space of .NET (U+0085 too) is ignored, and so are characters without a width, which .NET's comparison by culture does not see; the
 * old `##[name]` form counts anywhere in a line, only known names count, and between `::stop-commands::token` and `::token::` nothing does.
 */
export function readCommands(output: string): SeenCommands {
  const annotations: SeenAnnotation[] = [];
  const masks: string[] = [];
  const names: string[] = [];
  let stopToken: string | null = null;
  for (const line of output.split(/\r\n|\r|\n/)) {
    const command = parseCommand(line, [...REGISTERED, ...(stopToken === null ? [] : [stopToken.toLowerCase()])]);
    if (command === null) continue;
    if (stopToken !== null) {
      if (command.name.toLowerCase() === stopToken.toLowerCase()) stopToken = null;
      continue;
    }
    const name = command.name.toLowerCase();
    if (name === "stop-commands") {
      stopToken = command.data;
      continue;
    }
    names.push(name);
    if (name === "add-mask") masks.push(command.data);
    const level = LEVELS.find((known) => known === name);
    if (level !== undefined) annotations.push({ level, message: command.data, properties: command.properties });
  }
  return { annotations, masks, names };
}

/** What a comparison by culture does not see. */
const UNSEEN = /(?![\s\u0085])[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

function parseCommand(text: string, registered: readonly string[]): Command | null {
  const line = text.replace(UNSEEN, "");
  const known = (name: string) => registered.includes(name.toLowerCase());
  const modern = /^::([^ ]*?)(?: (.*?))?::(.*)$/s.exec(line.replace(/^[\s\u0085]+/u, ""));
  if (modern !== null && known(modern[1]!)) {
    return {
      name: modern[1]!,
      properties: parseProperties(modern[2] ?? "", ","),
      data: unescaped(text.split("::").slice(2).join("::")),
    };
  }
  const old = /##\[([^\] ]*)(?: ([^\]]*))?\](.*)$/s.exec(line);
  return old === null || !known(old[1]!)
    ? null
    : { name: old[1]!, properties: parseProperties(old[2] ?? "", ";"), data: old[3]! };
}

function parseProperties(text: string, separator: string): Record<string, string> {
  const pairs = text.split(separator).filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")).trim(), unescaped(pair.slice(pair.indexOf("=") + 1))]),
  );
}

const unescaped = (text: string): string =>
  text.replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%25/g, "%");

/** The file behind `GITHUB_OUTPUT`: `name=value` lines and heredocs. Throws where the runner would. */
export function parseOutputFile(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (line === "") continue;
    const heredoc = /^([^=]*?)<<(.+)$/.exec(line);
    if (heredoc === null) {
      const equals = line.indexOf("=");
      if (equals < 1) throw new Error(`GITHUB_OUTPUT, line ${index + 1}: neither name=value nor a heredoc: ${line}`);
      outputs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(heredoc[2]!, index + 1);
    if (end < 0) throw new Error(`GITHUB_OUTPUT, line ${index + 1}: the delimiter ${heredoc[2]} never comes`);
    outputs[heredoc[1]!] = lines.slice(index + 1, end).join("\n");
    index = end;
  }
  return outputs;
}
