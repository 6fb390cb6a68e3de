import { detect } from "../../src/init/detect.ts";
import { aRepository } from "./a-repository.ts";

/** What init finds for the loads of these files: the first suite's service, and the steps before it, each after its folder. */
export function servedBy(files: Readonly<Record<string, string>>) {
  const { suites, setup, notes } = detect(aRepository(files));
  const value = (key: string) => suites[0]?.keys.find((each) => each.key === key)?.value ?? null;
  return {
    serve: value("serve"),
    ready: value("ready"),
    setup: setup.map(({ folder, line }) => `${folder}> ${line}`),
    notes: (suites[0]?.notes ?? notes).join("\n"),
  };
}

/** A script of k6 that asks for these paths, wherever it is told to. */
export function k6Of(...paths: readonly string[]): string {
  const calls = paths.map((path) => `http.get(\`\${__ENV.BASE_URL}${path}\`);`);
  return `import http from "k6/http";\nexport default function () { ${calls.join(" ")} }`;
}
