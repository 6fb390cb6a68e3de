import { describe, expect, it } from "vitest";
import { servedBy } from "../../served.ts";

const LOCUST = "from locust import HttpUser\nclass A(HttpUser):\n    pass\n";
const served = (files: Readonly<Record<string, string>>) => servedBy({ ...files, "locustfile.py": LOCUST });

describe("a service of Python", () => {
  it.each([
    ["a database's client", "redis.Redis(port=6379)\nweb.run_app(app, port=8080)", "", 8080],
    ["a database's constant", "DB_PORT = 5432\nPORT = 8080\nsocketserver.TCPServer((host, PORT), H)", "", 8080],
    ["nothing but its argument", "import sys\nHTTPServer(('', int(sys.argv[1])), H)  # http.server", " $PORT", "$PORT"],
  ])("has its own port next to %s", (_, code, argument, port) => {
    expect(served({ "server.py": `${code}\n` })).toMatchObject({
      serve: `python3 server.py${argument}`,
      ready: `tcp://127.0.0.1:${port}`,
    });
  });

  it("of Flask is run without its debugger", () => {
    const code = (debug: string) =>
      `app = Flask(__name__)\nif __name__ == "__main__":\n    app.run(${debug}port=int(os.environ.get("PORT", 5000)))\n`;
    expect(served({ "app.py": code("debug=True, ") }).serve).toBe("FLASK_APP=app python3 -m flask run --port $PORT");
    expect(served({ "app.py": code("") }).serve).toBe("python3 app.py");
  });

  it.each([
    ["app = FastAPI()\n", ".benchgate-venv/bin/python -m uvicorn --app-dir 'my app' main:app --port $PORT"],
    ["app = Flask(__name__)\n", "FLASK_APP='my app/main.py' .benchgate-venv/bin/python -m flask run --port $PORT"],
  ])("is quoted where its path has spaces", (code, serve) => {
    expect(served({ "requirements.txt": "uvicorn\nflask\n", "my app/main.py": code }).serve).toBe(serve);
  });

  it.each([
    ["app = Flask(__name__)\n", "FLASK_APP=app python3"],
    ["HTTPServer(('', int(os.environ['APP_PORT'])), H)\n# http.server", "APP_PORT=$PORT python3"],
  ])("of one environment for both sides is told to have one for each, however its line begins", (code, start) => {
    const { serve, notes } = served({ "app.py": code });
    expect(serve).toContain(start);
    expect(notes).toContain("an environment of each side's own");
    const own = served({ "requirements.txt": "flask\n", "app.py": code });
    expect(own.notes).not.toContain("an environment of each side's own");
  });

  it("installs nothing where its project names nothing", () => {
    const files = { "pyproject.toml": "[tool.ruff]\nline-length = 100\n", "server.py": "import http.server\n" };
    expect(served(files)).toMatchObject({ serve: "python3 server.py", setup: [] });
  });

  it("installs what its project lists, whatever its comments quote", () => {
    const toml = `[project]\ndependencies = [\n  "fastapi", # don't pin\n  'jinja2', # "no"\n  "a#b",\n]\n[tool.poetry]\npackage-mode = false\n`;
    const { setup } = served({ "pyproject.toml": toml, "main.py": "app = FastAPI()\n" });
    expect(setup[0]).toMatch(/--quiet fastapi jinja2 'a#b' uvicorn$/);
  });
});

describe("an environment of Python", () => {
  it("is read in no time from a list that nothing closes", () => {
    const files = {
      "pyproject.toml": `[project]\nname = "a"\n[project.optional-dependencies]\nx = [${"[".repeat(40)}${" ".repeat(40)}`,
      "bench/test_a.py": `${"\n".repeat(20_000)}def test_a(benchmark):\n    pass\n`,
    };
    expect(served(files).setup.join()).toContain("pip install --quiet -e . pytest pytest-benchmark");
  });
});

describe("a service of Django", () => {
  const served = (databases: string) =>
    servedBy({
      "requirements.txt": "django\n",
      "manage.py": "",
      "shop/settings.py": databases,
      "locustfile.py": LOCUST,
    });
  const sqlite = (name: string) =>
    `DATABASES = { "default": { "ENGINE": "django.db.backends.sqlite3", "NAME": ${name}, "OPTIONS": { "timeout": 5 } } }`;

  it.each(['BASE_DIR / "db.sqlite3"', "os.path.join(BASE_DIR, 'db.sqlite3')", '"db.sqlite3"'])(
    "is migrated where its database is the file %s",
    (name) => {
      const { setup, notes } = served(sqlite(name));
      expect(setup.at(-1)).toContain("migrate --noinput");
      expect(notes).toContain("the sides answer from different data");
    },
  );

  it.each([
    ["an absolute path", sqlite('"/var/lib/app.db"')],
    ["a path of the environment", sqlite('os.environ.get("DB", "db.sqlite3")')],
    ["a path that is computed", sqlite("DB_FILE")],
    [
      "whatever the environment says, a file else",
      'DATABASES = { "default": { "ENGINE": os.environ.get("DB_ENGINE", "django.db.backends.sqlite3") } }',
    ],
    ["replaced later on", `${sqlite('"db.sqlite3"')}\nDATABASES["default"] = elsewhere()`],
    ["on a server", 'DATABASES = { "default": { "ENGINE": "django.db.backends.postgresql" } }'],
  ])("is left alone where its database is %s", (_, databases) => {
    expect(served(databases)).toMatchObject({ serve: null, setup: [] });
  });
});
