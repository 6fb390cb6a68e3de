import {
  commandKeys,
  type Found,
  type FoundSuite,
  folderKey,
  NOTHING,
  type SetupStep,
  shellWord,
  suiteName,
} from "../found.ts";
import { folderOf, inside, named, nearestFolder, type Repository } from "../repository.ts";

const RUN = (jar: string, times = "-f 1 -wi 2 -i 5 -w 200ms -r 200ms") =>
  `java -jar ${jar} ${times} -rf json -rff $BENCHGATE_OUTPUT {benchmarks}`;

/**
 * For where there are many benchmarks: a JVM for each takes a second before it measures anything. Nearly half of the 90 ms that each has is warm-up: its compiler
 * is still at work, and the median of many short iterations forgives it the first ones.
 */
const shorter = (jar: string) => ({
  run: RUN(jar, "-f 0 -wi 1 -i 5 -w 40ms -r 10ms"),
  note: "All benchmarks of a round share one JVM (`-f 0`), because one for each takes minutes: its compiler sees all that are measured, on both sides alike. 40 ms of warm-up end before it has done its best: a regression in fully compiled code alone is not seen. `-f 1` with longer warm-up (`-wi 5 -w 1s`) and fewer benchmarks (`-e PATTERN` leaves some out) are more exact.",
});
const ABOUT =
  "One fork and short iterations a round, many of them; {benchmarks} stands for those that are not decided yet.";

/** Benchmarks of JMH, built by Maven or Gradle. */
export function detectJvm(repository: Repository): Found {
  const found = [...maven(repository), ...gradle(repository)];
  if (found.length === 0) return NOTHING;
  return {
    suites: found.map(({ suite }) => suite),
    setup: found.map(({ setup }) => setup),
    runtimes: ["java"],
    notes: [],
  };
}

interface Built {
  readonly suite: FoundSuite;
  readonly setup: SetupStep;
}

function maven(repository: Repository): readonly Built[] {
  const folders = named(repository, /^pom\.xml$/).map(folderOf);
  return folders.flatMap((folder) => {
    const pom = repository.text(inside(folder, "pom.xml")) ?? "";
    if (!/<artifactId>jmh-(core|generator-annprocess)<\/artifactId>/.test(pom) || /<packaging>pom</.test(pom))
      return [];
    const outer = folders.find(
      (each) =>
        each !== folder && nearestFolder([each], folder) === each && modulesOf(repository, each).includes(folder),
    );
    const root = outer ?? folder;
    const module = root === folder ? "" : ` -pl ${shellWord(root === "" ? folder : folder.slice(root.length + 1))} -am`;
    const jar = shellWord(jarOf(pom));
    return [
      {
        suite: {
          name: suiteName(artifactOf(pom), "jmh"),
          why: `${inside(folder, "pom.xml")} depends on JMH`,
          keys: [...folderKey(folder), ...commandKeys(RUN(jar), "jmh", ABOUT)],
          shorter: shorter(jar),
          notes: /shade|assembly/.test(pom)
            ? []
            : [
                "JMH needs one jar with everything in it (maven-shade-plugin, as in JMH's archetype): without it, adapt `run`.",
              ],
        },
        setup: {
          folder: root,
          line: `mvn -q -B -DskipTests${module} package`,
          about: "builds the jar with the benchmarks",
        },
      },
    ];
  });
}

function modulesOf(repository: Repository, folder: string): readonly string[] {
  const pom = repository.text(inside(folder, "pom.xml")) ?? "";
  return [...pom.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map(([, name]) => inside(folder, name!));
}

/** The jar that the shade plugin of JMH's archetype makes, by its final name; properties are looked up. */
function jarOf(pom: string): string {
  const name = [...pom.matchAll(/<finalName>([^<]+)<\/finalName>/g)].at(-1)?.[1] ?? "benchmarks";
  const filled = name.replace(
    /\$\{([^}]+)\}/g,
    (whole, key: string) => new RegExp(`<${key.replaceAll(".", "\\.")}>([^<]+)<`).exec(pom)?.[1] ?? whole,
  );
  return `target/${filled.includes("${") ? "benchmarks" : filled}.jar`;
}

function artifactOf(pom: string): string {
  const own = pom.replace(
    /<parent>[\s\S]*?<\/parent>|<dependenc(y|ies)>[\s\S]*?<\/dependenc(y|ies)>|<build>[\s\S]*?<\/build>/g,
    "",
  );
  return /<artifactId>([^<]+)<\/artifactId>/.exec(own)?.[1] ?? "";
}

const GRADLE_JAR = "$(ls build/libs/*-jmh.jar | head -n 1)";

function gradle(repository: Repository): readonly Built[] {
  const wrappers = repository.paths.filter((path) => /(^|\/)gradlew$/.test(path)).map(folderOf);
  return named(repository, /^build\.gradle(\.kts)?$/).flatMap((path) => {
    const folder = folderOf(path);
    const text = repository.text(path) ?? "";
    if (!/me\.champeau\.(gradle\.)?jmh|alias\(libs\.plugins\.jmh\)/.test(text)) return [];
    const root = nearestFolder(wrappers, folder);
    const project =
      root === null || root === folder
        ? ""
        : `:${folder.slice(root === "" ? 0 : root.length + 1).replaceAll("/", ":")}:`;
    return [
      {
        suite: {
          name: suiteName(folder.slice(folder.lastIndexOf("/") + 1), "jmh"),
          why: `${path} applies the JMH plugin`,
          keys: [...folderKey(folder), ...commandKeys(RUN(GRADLE_JAR), "jmh", ABOUT)],
          shorter: shorter(GRADLE_JAR),
        },
        setup: {
          folder: root ?? folder,
          line: `${root === null ? "gradle" : "./gradlew"} --quiet ${shellWord(`${project}jmhJar`)}`,
          about: "builds the jar with the benchmarks",
        },
      },
    ];
  });
}
