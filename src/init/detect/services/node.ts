import { ancestors, folderOf, inside, isOwn, type Repository, within } from "../../repository.ts";
import type { ScriptFile } from "../node-build.ts";
import { manifestOf, manifestsOf } from "../package-json.ts";
import { type Line, lineOf, scripted, sourceOf } from "./node-start.ts";
import { type FoundService, healthIn, PORT_NAME, type PortWords, portIn } from "./service.ts";

/** Where programs of Node usually start, without the ending. */
const ENTRIES = ["server", "app", "index", "main"].flatMap((name) => [name, `src/${name}`]);

const LISTENS = /\bcreateServer\b|\.listen\(|\bserve\(/;

const WORDS: PortWords = {
  variable: "env(?:\\.|\\[[\"'`])NAME\\b|\\{[^{}]*\\b(PORT)\\b[^{}]*\\}\\s*=\\s*process\\.env",
  calls: /(?:\.listen|\bserve)\(\s*(?:(\d{2,5})\b|\{[^{}]*\bport\s*:\s*(\d{2,5})\b)?/g,
  numbers: [new RegExp(`\\b(?:const|let|var)\\s+${PORT_NAME}(?:\\s*:\\s*\\w+)?\\s*=\\s*["'\`]?(\\d{2,5})\\b`, "i")],
};

/** The services of Node: a `start` script, or the program that listens where a program usually starts. */
export function nodeServices(repository: Repository): readonly FoundService[] {
  const folders = [...new Set(["", ...manifestsOf(repository).keys()])];
  return folders.flatMap((folder) => serviceIn(repository, folder) ?? []);
}

/** What a service of Node has from its file, as a file that imports it, and that file itself: what they import may have to be built. */
export function startedBy(repository: Repository, { folder, file }: FoundService): readonly ScriptFile[] {
  if (file === undefined) return [];
  const path = inside(folder, file.replace(/^\.\//, ""));
  const start = { path: inside(folder, "-"), text: `import ${JSON.stringify(`./${within(folder, path)}`)}` };
  return [start, { path, text: repository.text(path) ?? "" }];
}

function serviceIn(repository: Repository, folder: string): FoundService | null {
  const manifest = manifestOf(repository, folder);
  const at = (file: string) => repository.text(inside(folder, file));
  const others = otherTexts(repository, folder);
  const entries = [manifest?.main ?? "", ...ENTRIES].filter((name) => name !== "");
  const entry = entries
    .flatMap((name) => (/\.[cm]?[jt]s$/.test(name) ? [name] : [".js", ".mjs", ".cjs", ".ts"].map((end) => name + end)))
    .find((file) => LISTENS.test(at(file) ?? ""));
  const listens = entry !== undefined || others.some((text) => LISTENS.test(text));
  const script = manifest === null ? null : scripted(repository, { folder, manifest, listens });
  const command: Line | null = script ?? (entry === undefined ? null : { ...lineOf(entry, manifest), file: entry });
  if (command === null) return null;
  const text = (command.file === null ? null : at(sourceOf(repository, folder, command.file))) ?? at(entry ?? "") ?? "";
  const { port, variables } = portIn([[text], others].map((texts) => ({ texts, words: WORDS })));
  return {
    folder,
    home: folder,
    serve: `${variables}${command.serve}`,
    health: healthIn(text),
    port,
    setup: command.setup,
    runtime: manifest === null ? null : "node",
    ...(command.file !== null && { file: command.file }),
  };
}

/** The texts of a package's other files: many have their port in a file of settings. */
function otherTexts(repository: Repository, folder: string): readonly string[] {
  const inner = [...manifestsOf(repository).keys()].filter(
    (each) => each !== folder && ancestors(each).includes(folder),
  );
  return repository.paths
    .filter((path) => isOwn(path) && (folder === "" || path.startsWith(`${folder}/`)) && /\.[cm]?[jt]s$/.test(path))
    .filter((path) => !inner.some((each) => path.startsWith(`${each}/`)))
    .filter((path) => !/(^|\/)(tests?|__tests__|k6|load[^/]*)\//.test(within(folder, path)) && folderOf(path) !== "")
    .flatMap((path) => {
      const text = repository.text(path);
      return text === null || /["']k6(\/\w+)?["']/.test(text) ? [] : [text];
    });
}
