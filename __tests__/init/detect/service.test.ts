import { describe, expect, it } from "vitest";
import { k6Of, servedBy } from "../served.ts";

const GO = (imports: string, body: string) => `package main\nimport ${imports}\nfunc main() {\n${body}\n}`;
const GO_API = GO('"net/http"', 'http.HandleFunc("/items", items)\nhttp.ListenAndServe(":8080", nil)');
const GO_ADMIN = GO('"net/http"', 'http.HandleFunc("/users", users)\nhttp.ListenAndServe(":8081", nil)');
const EXPRESS = (path: string, port = 3000) => `app.get("${path}", x);\napp.listen(process.env.PORT || ${port});`;
const START = '{ "scripts": { "start": "node server.js" } }';

describe("the service of a load", () => {
  const monorepo = { "go.mod": "module m", "cmd/admin/main.go": GO_ADMIN, "cmd/api/main.go": GO_API };
  const python = {
    "requirements.txt": "fastapi\nuvicorn\n",
    "services/a/main.py": 'app = FastAPI()\n@app.get("/users")',
    "services/b/main.py": 'app = FastAPI()\n@app.get("/items")',
  };
  const twins = {
    "a/package.json": START,
    "a/server.js": EXPRESS("/items"),
    "b/package.json": START,
    "b/server.js": EXPRESS("/items"),
  };

  it.each([
    ["the one of Go's programs in one module that has the path", monorepo, "./.benchgate-bin/cmd-api"],
    [
      "no program that only starts commands",
      {
        ...monorepo,
        "cmd/admin/main.go": GO('"os/exec"', 'exec.Command("ls").Run()'),
        "cmd/api/main.go": GO('"github.com/gin-gonic/gin"', 'r.GET("/:x", f)\nr.Run()'),
      },
      "./.benchgate-bin/cmd-api",
    ],
    [
      "none of several programs whose code tells nothing",
      { "go.mod": "", "cmd/a/main.go": GO_ADMIN, "cmd/b/main.go": GO_ADMIN.replace("8081", "8082") },
      null,
    ],
    [
      "the one of Python's programs with one list of requirements that has the path",
      python,
      ".benchgate-venv/bin/python -m uvicorn services.b.main:app --port $PORT",
    ],
    [
      "none of Python's programs where neither has the path",
      { ...python, "services/b/main.py": "app = FastAPI()" },
      null,
    ],
    ["none of two that have the same paths", twins, null],
    [
      "the one that a Procfile starts, which is its own program",
      { ...twins, "a/Procfile": "web: node server.js", "b/server.js": EXPRESS("/users") },
      "cd a && node server.js",
    ],
    [
      "the inner one, whose code is not also that of the package around it",
      {
        "package.json": '{ "scripts": { "start": "node all.js" } }',
        "all.js": "app.listen(80)",
        "services/api/package.json": START,
        "services/api/server.js": EXPRESS("/items"),
      },
      "cd services/api && node server.js",
    ],
    [
      "the one of another language below a package that serves pages",
      {
        "package.json": '{ "scripts": { "start": "node pages.js" } }',
        "pages.js": "createServer(x).listen(80)",
        "server/go.mod": "",
        "server/main.go": GO_API,
      },
      "cd server && ./.benchgate-bin/server",
    ],
  ])("is %s", (_, files, serve) => {
    const found = servedBy({ ...files, "k6/load.js": k6Of("/items") });
    expect(found.serve).toBe(serve);
    if (serve === null) expect(found.notes).toContain("which of the services here it is for was not seen");
  });

  it("is that of the project around its folder, where several have its paths", () => {
    expect(servedBy({ ...twins, "b/k6/load.js": k6Of("/items") }).serve).toBe("cd b && node server.js");
  });

  it.each([
    ["services/orders/k6/load.js", null],
    ["services/orders/load.js", null],
    ["website/k6/load.js", "cd website && node server.js"],
    ["tests/load/a.js", "cd website && node server.js"],
  ])("is not the only one here, of another project: for %s", (load, serve) => {
    const files = { "website/package.json": START, "website/server.js": EXPRESS("/blog"), [load]: k6Of("/orders") };
    expect(servedBy(files).serve).toBe(serve);
  });

  it("is not the one around its folder, where another project lies in between", () => {
    const root = { "package.json": START, "server.js": EXPRESS("/blog") };
    const served = (more: Readonly<Record<string, string>>, ...paths: readonly string[]) =>
      servedBy({ ...root, ...more, "services/orders/k6/load.js": k6Of(...paths) }).serve;
    expect(served({ "services/orders/pom.xml": "" }, "/orders")).toBe(null);
    expect(served({ "services/orders/pom.xml": "" }, "/blog")).toBe("node server.js");
    expect(served({ "services/orders/k6/package.json": "{}" }, "/orders")).toBe("node server.js");
  });

  it("is told by no path of health, which every service has", () => {
    const health = { "a/package.json": START, "a/server.js": EXPRESS("/health"), "b/package.json": START };
    const files = { ...health, "b/server.js": EXPRESS("/items"), "k6/load.js": k6Of("/health") };
    expect(servedBy(files).serve).toBe(null);
    expect(servedBy({ ...files, "k6/load.js": k6Of("/health", "/items") }).serve).toBe("cd b && node server.js");
  });

  it.each(["docusaurus start", "vitepress dev docs", "http-server .", "storybook dev", "electron ."])(
    "is no page that `%s` serves",
    (start) => {
      const files = { "package.json": JSON.stringify({ scripts: { start } }), "k6/load.js": k6Of("/items") };
      expect(servedBy(files).serve).toBe(null);
    },
  );

  it("that a Procfile starts has the programs of its environment for every command of the line", () => {
    const files = {
      Procfile: "web: python manage.py check && gunicorn shop.wsgi",
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      "shop/settings.py": 'DATABASES = { "default": { "ENGINE": "django.db.backends.postgresql" } }',
      "locustfile.py": "from locust import HttpUser\nclass A(HttpUser):\n    pass\n",
    };
    const { serve, setup } = servedBy(files);
    expect(serve).toBe('export PATH="$PWD/.benchgate-venv/bin:$PATH" && python manage.py check && gunicorn shop.wsgi');
    expect(setup.join()).toContain("pip install --quiet -r requirements.txt");
  });

  it("is found in a load of thousands of paths as fast as in a short one", () => {
    const paths = Array.from({ length: 3_000 }, (_, index) => `/v1/shop/${index}/part`);
    const files = {
      "server.js": `${"x".repeat(80)}\n`.repeat(5_000) + EXPRESS("/items"),
      "k6/load.js": k6Of(...paths, "/items"),
    };
    expect(servedBy(files).serve).toBe("node server.js");
  });

  it("among the examples of a project has its setup, where the project's own load is for it", () => {
    const files = {
      "examples/express/package.json":
        '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
      "examples/express/server.js": EXPRESS("/items"),
      "examples/other/package.json": '{ "dependencies": { "tinybench": "4" } }',
      "examples/other/bench/a.js": 'import "tinybench"',
      "k6/load.js": k6Of("/items"),
    };
    const { serve, setup } = servedBy(files);
    expect(serve).toBe("cd examples/express && node server.js");
    expect(setup).toEqual([expect.stringMatching(/^examples\/express> npm install/)]);
  });
});
