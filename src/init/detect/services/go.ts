import { shellWord } from "../../found.ts";
import { filesOf, folderOf, inside, named, type Repository, within } from "../../repository.ts";
import { type FoundService, healthIn, type PortWords, portIn, UNSEEN } from "./service.ts";

/** Where a side's program is built, which nobody else sees. */
const BIN = ".benchgate-bin";

const LISTENS = /ListenAndServe|\.Run\(|\.Listen\(|\.Start\(|http\.Serve\(/;

const WORDS: PortWords = {
  variable: '"NAME"',
  fixed: [
    /(?:ListenAndServe|\.Run|\.Listen|\.Start)\(\s*"[\w.]*:(\d{2,5})"/,
    /\bAddr\s*:\s*"[\w.]*:(\d{2,5})"/,
    /\bflag\.\w+\([^)]*"[\w.]*:(\d{2,5})"/,
    /\b\w*(?:port|addr)\w*\s*:?=\s*"[\w.]*:?(\d{2,5})"/i,
  ],
};

/** The services of Go: each main package of a module that listens. */
export function goServices(repository: Repository): readonly FoundService[] {
  const modules = [...new Set([...named(repository, /^go\.mod$/).map(folderOf), ""])];
  return modules.flatMap((folder) => {
    const files = filesOf(repository, folder, modules).filter(
      (path) => path.endsWith(".go") && !path.endsWith("_test.go"),
    );
    const texts = files.flatMap((path) => repository.text(path) ?? []);
    const mains = files.filter((path) => /^func main\(/m.test(repository.text(path) ?? ""));
    const listening = mains.filter((path) => LISTENS.test(repository.text(path)!));
    // A main package may leave all to another one, but two that do cannot be told apart.
    const chosen =
      listening.length > 0 ? listening : mains.length === 1 && texts.some((each) => LISTENS.test(each)) ? mains : [];
    return chosen.map((path) => serviceOf(folder, path, repository, texts));
  });
}

function serviceOf(folder: string, path: string, repository: Repository, texts: readonly string[]): FoundService {
  const text = repository.text(path)!;
  const place = folderOf(within(folder, path));
  const target = place === "" ? "." : `./${place}`;
  const { port, variables } = portIn([text, ...texts], WORDS);
  // Gin takes PORT where it is told nothing.
  const takes = port.from === "unseen" && /gin\.(Default|New)\(/.test(text) && /\.Run\(\s*\)/.test(text);
  const file = `${BIN}/${place === "" ? "server" : place.replaceAll("/", "-")}`;
  return {
    folder,
    serve: `${variables}./${file}`,
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
