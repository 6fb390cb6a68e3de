import { shellWord } from "../../found.ts";
import { filesOf, folderOf, inside, named, type Repository, within } from "../../repository.ts";
import { type Code, type FoundService, healthIn, PORT_NAME, type PortWords, portIn, UNSEEN } from "./service.ts";

/** Where a side's program is built, which nobody else sees. */
const BIN = ".benchgate-bin";

/** A server of HTTP, or one that takes connections itself. */
const SERVES = /ListenAndServe|\bhttp\.Serve\(|\bnet\.(?:Listen|ListenTCP|ListenConfig)\b/;

/** Frameworks of HTTP, whose calls that listen have names that commands have too. */
const FRAMEWORK =
  /"github\.com\/(gin-gonic\/gin|labstack\/echo|gofiber\/fiber|valyala\/fasthttp|kataras\/iris|beego\/)/;
const FRAMEWORK_SERVES = /\.(Run|Listen|Start)\(/;

/** The same of what wraps the server of Go itself. */
const WRAPPER_SERVES = /\b\w*(srv|server|app|api|router)\w*\.(Run|Listen|Start|Serve)\(/i;

/** Names of constants that hold the address of the program itself, and a number after any host, for a pattern that ignores case. */
const ADDRESS_NAME = "(?:(?:http|server|app|api|service|web|listen|bind)[_-]?)?addr(?:ess)?";
const NUMBER = '(?:"(?:[\\w.]*:)?)?(\\d{2,5})\\b';

const WORDS: PortWords = {
  variable: '"NAME"',
  // 6060 is where Go's own profiler listens.
  calls: /(?:ListenAndServe\(|\.(?:Run|Start|Listen)\((?!\s*\)))\s*(?:"[\w.]*:(?!6060)(\d{2,5})")?/g,
  // Clients of databases have an `Addr` and flags too.
  numbers: [
    /\bhttp\.Server\s*\{[^{}]*\bAddr\s*:\s*"[\w.]*:(\d{2,5})"/,
    new RegExp(
      `\\bflag\\.\\w+\\((?:&\\w+,\\s*)?"(?:${PORT_NAME}|${ADDRESS_NAME}|listen|bind|http)",\\s*${NUMBER}`,
      "i",
    ),
    new RegExp(`(?<!\\w)(?:${PORT_NAME}|${ADDRESS_NAME})\\s*:?=\\s*${NUMBER}`, "i"),
  ],
};

/** The services of Go: each main package of a module that listens. */
export function goServices(repository: Repository): readonly FoundService[] {
  const modules = [...new Set([...named(repository, /^go\.mod$/).map(folderOf), ""])];
  return modules.flatMap((folder) => {
    const files = filesOf(repository, folder, modules).filter(
      (path) => path.endsWith(".go") && !path.endsWith("_test.go"),
    );
    const mains = files.filter((path) => /^func main\(/m.test(repository.text(path) ?? ""));
    const textsOf = (paths: readonly string[]) => paths.flatMap((path) => repository.text(path) ?? []);
    const packages = new Set(mains.map(folderOf));
    const packageOf = (main: string) => textsOf(files.filter((path) => folderOf(path) === folderOf(main)));
    const shared = textsOf(files.filter((path) => !packages.has(folderOf(path))));
    const listening = mains.filter((path) => packageOf(path).some(isServer));
    // A main package may leave all to another one, but two that do cannot be told apart.
    const leaves = mains.length === 1 && shared.some(isServer);
    const chosen = listening.length > 0 ? listening : leaves ? mains : [];
    const others: Code = { texts: shared, words: WORDS };
    return chosen.map((path) => {
      const own = [[repository.text(path)!], packageOf(path)].map((texts) => ({ texts, words: WORDS }));
      return serviceOf(repository, folder, path, portIn([...own, others]));
    });
  });
}

function isServer(text: string): boolean {
  if (SERVES.test(text)) return true;
  return (
    (FRAMEWORK.test(text) && FRAMEWORK_SERVES.test(text)) || (/"net\/http"/.test(text) && WRAPPER_SERVES.test(text))
  );
}

function serviceOf(
  repository: Repository,
  folder: string,
  path: string,
  { port, variables }: ReturnType<typeof portIn>,
): FoundService {
  const text = repository.text(path)!;
  const place = folderOf(within(folder, path));
  const target = place === "" ? "." : `./${place}`;
  // Gin takes PORT where it is told nothing.
  const takes = port.from === "unseen" && /gin\.(Default|New)\(/.test(text) && /\.Run\(\s*\)/.test(text);
  const file = `${BIN}/${place === "" ? "server" : place.replaceAll("/", "-")}`;
  return {
    folder,
    home: folderOf(path),
    serve: `${variables}./${shellWord(file)}`,
    health: healthIn(text),
    port: takes ? { ...UNSEEN, from: "given" } : port,
    setup: [
      {
        folder,
        line: `mkdir -p ${BIN} && printf '*' > ${inside(BIN, ".gitignore")} && go build -o ${shellWord(file)} ${shellWord(target)}`,
        about: "the service under load, built once a side",
      },
    ],
    runtime: "go",
  };
}
