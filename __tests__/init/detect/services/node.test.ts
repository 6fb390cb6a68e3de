import { describe, expect, it } from "vitest";
import { k6Of, servedBy } from "../../served.ts";

const LISTENS = "app.listen(process.env.PORT || 3000);";

const served = (scripts: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
  servedBy({ "package.json": JSON.stringify({ scripts }), ...files, "k6/load.js": k6Of("/items") });

describe("a service of Node", () => {
  it.each([
    "k6 run load.js",
    "npx artillery run load.yml",
    "pm2 start server.js",
    "forever start server.js",
    "turbo run start",
    "nx run-many -t start",
    'concurrently "npm:a" "npm:b"',
    "npm start --workspaces",
    "yarn workspace api start",
  ])("is not what `%s` starts, even where a file listens", (start) => {
    expect(served({ start }, { "lib/http.js": LISTENS }).serve).toBe(null);
  });

  it("is what npm starts only where a file of the package listens, or a known server does", () => {
    expect(served({ start: "./start.sh" }).serve).toBe(null);
    expect(served({ start: "./start.sh" }, { "server/http.js": LISTENS }).serve).toBe("npm run --silent start");
    expect(served({ start: "next start", build: "next build" })).toMatchObject({
      serve: "npm run --silent start",
      setup: ["> npm run build"],
    });
  });

  it.each([
    ["node http-server.js", "http-server.js", "node http-server.js"],
    ["node k6/server.js", "k6/server.js", "node k6/server.js"],
    ["node serve/index.js", "serve/index.js", "node serve/index.js"],
  ])("may have a file that is called like such a tool: %s", (start, file, serve) => {
    expect(served({ start }, { [file]: LISTENS }).serve).toBe(serve);
  });

  it("may have its load's folder as a package of its own", () => {
    const files = { "server.js": LISTENS, "k6/package.json": '{ "scripts": { "start": "k6 run load.js" } }' };
    expect(served({ start: "node server.js" }, files).serve).toBe("node server.js");
  });

  it.each([
    ["has flags", "node --enable-source-maps dist/index.js", "node --enable-source-maps dist/index.js"],
    ["loads a module before", "node -r dotenv/config dist/app.js", "node -r dotenv/config dist/app.js"],
    ["writes into a pipe", "node dist/index.js | pino-pretty", "node dist/index.js"],
    ["builds before", "npm run build && node server.js", "node server.js"],
    ["is run as it stands", "./start.sh", "npm run --silent start"],
  ])("is built before it starts where its script %s", (_, start, serve) => {
    const files = { "server.js": LISTENS, "src/index.ts": LISTENS };
    const found = served({ start, build: "tsc" }, files);
    expect(found).toMatchObject({ serve, setup: ["> npm run build"] });
  });

  it("is built where its file imports what a build makes, whatever an earlier build has left here", () => {
    const files = { "server.js": `import "./dist/app.js";\n${LISTENS}`, "dist/app.js": "", ".gitignore": "dist/\n" };
    const scripts = { start: "node server.js", build: "tsc" };
    expect(served(scripts, files).setup).toEqual(["> npm run build"]);
    expect(served(scripts, { ...files, ".gitignore": "*.log\n" }).setup).toEqual([]);
  });

  it("is not built where it starts its own source", () => {
    expect(served({ start: "node lib/server.js", build: "webpack" }, { "lib/server.js": LISTENS }).setup).toEqual([]);
  });

  it.each([
    ["ts-node -r tsconfig-paths/register src/main.ts", "-r tsconfig-paths/register "],
    ["nodemon -w src -e ts --require x src/main.ts", "--require x "],
    ["tsx watch --env-file=.env src/main.ts", "--env-file=.env "],
  ])("keeps what `%s` loads first", (dev, flags) => {
    expect(served({ dev }, { "src/main.ts": LISTENS }).serve).toBe(`npx --yes tsx@4.20.3 ${flags}src/main.ts`);
  });

  it("is read in no time from a script of many flags", () => {
    expect(served({ dev: `node ${"-r ".repeat(200)}&` }).serve).toBe(null);
  });

  it("is quoted where its path has spaces", () => {
    const files = { "package.json": '{ "main": "my app/main.js" }', "my app/main.js": LISTENS };
    expect(servedBy({ ...files, "k6/load.js": k6Of("/a") }).serve).toBe("node 'my app/main.js'");
  });
});

describe("the port of a service of Node", () => {
  const portOf = (code: string, others: Readonly<Record<string, string>> = {}) => {
    const { serve, ready } = servedBy({ "server.js": code, ...others, "k6/load.js": k6Of("/items") });
    return `${serve} ${ready}`;
  };

  it.each([
    ["that of its database", "connect(process.env.DB_PORT || 5432);\nhttp.createServer(x).listen(8081);", 8081],
    ["a time between reports", "const reportInterval = 5000;\napp.listen(8081);", 8081],
    ["a constant of its database", "const DB_PORT = 5432;\nconst port = 8081;\napp.listen(port);", 8081],
    ["another service's variable", "call(process.env.API_PORT || 9000);\napp.listen(8081);", 8081],
  ])("is not %s", (_, code, port) => {
    expect(portOf(code)).toBe(`node server.js tcp://127.0.0.1:${port}`);
  });

  it("is that of the constant that is listened on, however it is called", () => {
    const code =
      "const metricsPort = 9100;\nconst gateway: number = 8081;\napp.listen(gateway, () => log(metricsPort));";
    expect(portOf(code)).toBe("node server.js tcp://127.0.0.1:8081");
  });

  it("is not another file's variable where its own file says it", () => {
    const clients = { "config/clients.js": "exports.api = process.env.API_PORT || 9000;" };
    expect(portOf("app.listen(8081)", clients)).toBe("node server.js tcp://127.0.0.1:8081");
    expect(portOf("app.listen(process.env.PORT || 8081)", clients)).toBe("node server.js tcp://127.0.0.1:$PORT");
    expect(portOf("app.listen(config.port)", clients)).toBe("API_PORT=$PORT node server.js tcp://127.0.0.1:$PORT");
  });

  it("is read in no time from a file of unclosed braces", () => {
    expect(portOf(`${"{ PORT ".repeat(20_000)}\napp.listen(8081)`)).toContain(":8081");
  });
});
