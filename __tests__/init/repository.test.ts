import { describe, expect, it } from "vitest";
import { tellingOf } from "../../src/init/repository.ts";

describe("the files of a repository that are read", () => {
  it("are first those that tell what it is made of and how it is measured, then those of its services", () => {
    const first = ["bench/a.js", "load/b.js", "package.json", "smoke/c.js", "src/server.ts"];
    const later = ["api/items.py", "config/db.js", "src/routes/items.ts", "views/home.py"];
    const none = ["README.md", "node_modules/a/package.json", "src/parse.ts"];
    expect(tellingOf([...first, ...later, ...none].sort())).toEqual([...first, ...later]);
  });
});
