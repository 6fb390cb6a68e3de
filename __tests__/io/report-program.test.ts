import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { readPageProgram } from "../../src/io/report-program.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-page-"));
const from = (file: string) => pathToFileURL(join(folder, file)).href;
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the browser program of the HTML report", () => {
  it.each([
    ["beside the bundle", "dist/engine.js"],
    ["in dist/, unbuilt", "src/io/page.ts"],
  ])("is found %s, with the hash of exactly its text", async (_, file) => {
    mkdirSync(join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "dist/page.js"), "const a = 'ü';\n");
    writeFileSync(join(folder, "dist/page.css"), "b {}\n");
    writeFileSync(join(folder, "dist/trend.js"), "const b = 1;\n");
    writeFileSync(join(folder, "dist/trend.css"), "i {}\n");
    const { script, style, trend } = await readPageProgram(from(file));
    expect(script.text).toBe("const a = 'ü';\n");
    expect(script.hash).toBe(`sha256-${createHash("sha256").update("const a = 'ü';\n", "utf8").digest("base64")}`);
    expect(style.text).toBe("b {}\n");
    expect([trend.script.text, trend.style.text]).toEqual(["const b = 1;\n", "i {}\n"]);
  });

  it("is missed by name, with the remedy", async () => {
    await expect(readPageProgram(from("dist/engine.js"))).rejects.toThrow(
      /page\.(js|css).*part of the HTML report.*npm run build/,
    );
  });
});
