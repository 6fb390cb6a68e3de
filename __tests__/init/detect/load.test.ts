import { describe, expect, it } from "vitest";
import { detect } from "../../../src/init/detect.ts";
import { aRepository } from "../a-repository.ts";

const K6 = (body: string, options = "") => `import http from "k6/http";\n${options}\n${body}`;
const GET = "export default function () { http.get(`${__ENV.BASE_URL}/a`); }";
const LOCUST = "from locust import HttpUser, task, between\nclass A(HttpUser):\n    wait_time = between(1, 3)\n";
const EXPRESS = (port: string) => `const app = express();\napp.get("/a", answer);\napp.listen(${port});`;

/** The suites of a repository, by their keys. */
function suitesOf(files: Readonly<Record<string, string>>) {
  return detect(aRepository(files)).suites.map(({ name, keys, notes = [], shorter }) => ({
    name,
    ...Object.fromEntries(keys.map(({ key, value }) => [key, value])),
    notes: notes.join("\n"),
    shorter: shorter?.run,
  }));
}

const setupOf = (files: Readonly<Record<string, string>>) =>
  detect(aRepository(files)).setup.map(({ folder, line }) => `${folder}> ${line}`);

describe("the service of a load test", () => {
  it.each([
    ["that is watched as it is developed", { start: "nodemon server.js" }, "server.js", "node server.js"],
    [
      "that is compiled as it runs",
      { dev: "tsx watch src/server.ts" },
      "src/server.ts",
      "npx --yes tsx@4.20.3 src/server.ts",
      "> npx --yes tsx@4.20.3 --version > /dev/null",
    ],
    ["with variables of its own", { start: "cross-env MODE=x node server.js" }, "server.js", "MODE=x node server.js"],
    ["whose start script names a file that is not there", { start: "node ./bin/www" }, "index.js", "node index.js"],
    ["whose start script builds a page", { start: "vite" }, "src/app.js", "node src/app.js"],
    [
      "that is built as it starts",
      { start: "tsc && node dist/app.js", dev: "nodemon" },
      "src/app.ts",
      "node dist/app.js",
      "> npx tsc",
    ],
    [
      "with a script for production",
      { "start:prod": "node dist/main", start: "nest start", build: "nest build" },
      "src/main.ts",
      "node dist/main",
      "> npm run build",
    ],
    ["that has no script", {}, "app.mjs", "node app.mjs"],
  ])("is a program of Node %s", (_, scripts, file, serve, setup = "") => {
    const files = {
      "package.json": JSON.stringify({ scripts }),
      [file]: EXPRESS("process.env.PORT || 3000"),
      "k6/load.js": K6(GET),
    };
    expect(suitesOf(files)).toMatchObject([{ serve, ready: "tcp://127.0.0.1:$PORT" }]);
    expect(setupOf(files).join()).toBe(setup);
  });

  it.each([
    ["a number", EXPRESS("8081"), "node server.js", 8081],
    ["a constant", `const API_PORT = 9091;\n${EXPRESS("API_PORT")}`, "node server.js", 9091],
    [
      "a variable that is not PORT",
      EXPRESS("process.env.SERVER_PORT ?? 80"),
      "SERVER_PORT=$PORT node server.js",
      "$PORT",
    ],
    [
      "a variable of its database, which is none of it",
      `connect(process.env.DB_PORT);\n${EXPRESS("8081")}`,
      "node server.js",
      8081,
    ],
    ["PORT of the environment", `const { PORT = 3000 } = process.env;\n${EXPRESS("PORT")}`, "node server.js", "$PORT"],
  ])("listens on the port that its code has from %s", (_, code, serve, port) => {
    const [suite] = suitesOf({ "server.js": code, "k6/load.js": K6(GET) });
    expect(suite).toMatchObject({ serve, ready: `tcp://127.0.0.1:${port}` });
    expect(suite?.notes.includes("whatever the variable PORT says")).toBe(typeof port === "number");
  });

  it("is where its load looks for it, where its code does not say", () => {
    const load = K6('export default () => http.get("http://localhost:4000/a");');
    const files = { "server.js": "require('./http').createServer(settings)", "k6/load.js": load };
    expect(suitesOf(files)).toMatchObject([{ ready: "tcp://127.0.0.1:4000" }]);
  });

  it("is a program of Go, built once a side, in whatever folder it is", () => {
    const files = {
      "mock/go.mod": "module mock",
      "mock/cmd/api/main.go": 'func main() {\n\tmux.HandleFunc("/healthz", ok)\n\thttp.ListenAndServe(":8080", mux)\n}',
      "k6/load.js": K6(GET),
    };
    expect(suitesOf(files)).toMatchObject([
      { serve: "cd mock && ./.benchgate-bin/cmd-api", ready: "http://127.0.0.1:8080/healthz" },
    ]);
    expect(setupOf(files)).toEqual([
      "mock> mkdir -p .benchgate-bin && printf '*' > .benchgate-bin/.gitignore && go build -o .benchgate-bin/cmd-api ./cmd/api",
    ]);
    expect(detect(aRepository(files)).runtimes).toContain("go");
  });

  it.each([
    ["deep in its package", "shop/gateway/app.py", "", "-m uvicorn shop.gateway.app:app --port $PORT"],
    [
      "that imports what lies next to it",
      "src/main.py",
      "from store import db\n",
      "-m uvicorn src.main:app --port $PORT",
    ],
  ])("is a program of Python %s", (_, file, imports, command) => {
    const files = {
      "requirements.txt": "fastapi\nuvicorn\n",
      [file]: `${imports}from fastapi import FastAPI\napp = FastAPI()\n`,
      "src/store.py": "",
      "locustfile.py": LOCUST,
    };
    const path = imports === "" ? "" : "PYTHONPATH=src ";
    expect(suitesOf(files)).toMatchObject([{ serve: `${path}.benchgate-venv/bin/python ${command}` }]);
  });

  it("is what its own language knows of it, where a script of npm starts it", () => {
    const files = {
      "package.json": '{ "scripts": { "start": "uvicorn app.main:app --port 8000" } }',
      "requirements.txt": "fastapi\nuvicorn\n",
      "app/main.py": "app = FastAPI()\n",
      "locustfile.py": LOCUST,
    };
    expect(suitesOf(files)).toMatchObject([
      { serve: ".benchgate-venv/bin/python -m uvicorn app.main:app --port $PORT" },
    ]);
  });

  it.each([
    [
      "requirements in a folder",
      { "requirements/requirements.txt": "fastapi\n" },
      "-r requirements/requirements.txt uvicorn",
    ],
    [
      "what its project lists, where it is no package",
      {
        "pyproject.toml":
          '[project]\ndependencies = ["fastapi[standard] (>=0.1)", "uvicorn"]\n[tool.poetry]\npackage-mode = false\n',
      },
      "'fastapi[standard] (>=0.1)' uvicorn",
    ],
    [
      "what Poetry lists",
      { "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.11"\nfastapi = "^0.1"\nuvicorn = "*"\n' },
      "fastapi uvicorn",
    ],
  ])("is installed with %s", (_, project, what) => {
    const files = { ...project, "main.py": "app = FastAPI()\n", "locustfile.py": LOCUST };
    expect(setupOf(files)[0]?.split("--quiet ")[1]).toBe(what);
  });

  it("is installed without what only Windows has, in whatever encoding that is listed", () => {
    const utf16 = [..."flask==3.0.3\r\npywin32==306\r\n"].join("\0");
    const files = { "requirements.txt": utf16, "app.py": "app = Flask(__name__)\n", "locustfile.py": LOCUST };
    expect(setupOf(files)).toEqual([
      String.raw`> python3 -m venv .benchgate-venv && tr -d '\000\376\377' < requirements.txt | grep -viE '^(pywin32|pypiwin32|pywinpty|windows-curses|wmi|comtypes)([^a-z0-9_-]|$)' > .benchgate-venv/requirements.txt && printf '*' > .benchgate-venv/.gitignore && .benchgate-venv/bin/python -m pip install --quiet -r .benchgate-venv/requirements.txt`,
    ]);
  });

  it("is Django's own server, only where its database is a file of its side", () => {
    const files = (engine: string) => ({
      "requirements.txt": "django\n",
      "manage.py": "from django.core.management import execute_from_command_line",
      "shop/settings.py": `DATABASES = { "default": { "ENGINE": "django.db.backends.${engine}" } }`,
      "locustfile.py": LOCUST,
    });
    expect(suitesOf(files("sqlite3"))).toMatchObject([
      { serve: ".benchgate-venv/bin/python manage.py runserver --noreload 127.0.0.1:$PORT" },
    ]);
    expect(setupOf(files("sqlite3")).at(-1)).toBe("> .benchgate-venv/bin/python manage.py migrate --noinput");
    expect(suitesOf(files("postgresql"))).toEqual([]);
    expect(suitesOf(files('postgresql" } }\n# "django.db.backends.sqlite3'))).toEqual([]);
  });

  it.each([
    ["the paths that the load asks for", 'http.get("http://shop.local/api/b?id=1")', "b"],
    ["where the load looks for it", 'http.get("http://localhost:5001/")', "b"],
    ["nothing: then none is measured", 'http.get("http://shop.local/")', null],
  ])("is told from others by %s", (_, call, folder) => {
    const found = detect(
      aRepository({
        "a/package.json": '{ "scripts": { "start": "node server.js" } }',
        "a/server.js": 'router.get("/a", x);\napp.listen(process.env.PORT || 5000)',
        "b/package.json": '{ "scripts": { "start": "node server.js" } }',
        "b/server.js": 'router.get("/b", x);\napp.listen(process.env.PORT || 5001)',
        "k6/load.js": K6(`export default () => ${call};`),
      }),
    );
    const serves = found.suites.map(({ keys }) => keys.find(({ key }) => key === "serve")?.value);
    expect(serves).toEqual(folder === null ? [] : [`cd ${folder} && node server.js`]);
    if (folder === null) expect(found.notes[0]).toContain("which of the services here it is for was not seen");
  });
});

describe("a load test", () => {
  const served = { "server.js": EXPRESS("process.env.PORT") };

  it.each([
    ["as it is, where it is short", "export const options = { vus: 20, duration: '8s' };", ""],
    ["shorter, with as many users", "export const options = { vus: 20, duration: '2m' };", " --vus 20 --duration 9s"],
    [
      "shorter, where a variable says how long it is",
      "export const options = { stages: [{ duration: HOLD, target: 30 }] };",
      " --vus 30 --duration 9s",
    ],
    [
      "with more users, where one pauses too long",
      "import { sleep } from 'k6';\nsleep(1);\nexport const options = { vus: 1, duration: '5s' };",
      " --vus 10 --duration 9s",
    ],
    ["with users, where it has none", "", " --vus 10 --duration 9s"],
  ])("of k6 is run %s", (_, options, flags) => {
    const [suite] = suitesOf({ ...served, "k6/load.js": K6(GET, options) });
    expect(suite).toMatchObject({
      run: `k6 run --quiet${flags} -e BASE_URL=$BENCHGATE_URL --out json=$BENCHGATE_OUTPUT k6/load.js`,
    });
    expect(suite?.notes.includes("another shape or length")).toBe(flags !== "");
  });

  it.each([
    [
      "a host and a port",
      "`http://${__ENV.TARGET_HOSTNAME}:${__ENV.TARGET_PORT}/a`",
      "-e TARGET_HOSTNAME=127.0.0.1 -e TARGET_PORT=$PORT",
    ],
    [
      "one URL among others",
      "(__ENV.PROM_URL || '/q') + (__ENV.API || 'http://localhost:3000')",
      "-e API=$BENCHGATE_URL",
    ],
  ])("of k6 finds its target by %s", (_, address, flags) => {
    const [suite] = suitesOf({ ...served, "k6/load.js": K6(`export default () => http.get(${address});`) });
    expect(suite).toMatchObject({ run: expect.stringContaining(` ${flags} --out`) });
  });

  it.each([
    ["a machine of the house", "http://192.168.86.41", true],
    ["a cluster's address", "http://app.10.0.0.7.nip.io", true],
    ["the bridge to the containers", "http://172.17.0.1:5000", true],
    ["somebody else's", "https://192.0.2.7", false],
  ])("of k6 that has one address in it, %s, goes to the side's own service or nowhere", (_, origin, isOwn) => {
    const files = { ...served, "k6/load.js": K6(`export default () => http.get("${origin}/a");`) };
    const runs = suitesOf(files).map((suite) => ("run" in suite ? String(suite.run) : ""));
    expect(runs.map((run) => run.includes(`sed "s#${origin.replaceAll(".", "\\.")}#$BENCHGATE_URL#g"`))).toEqual(
      isOwn ? [true] : [],
    );
  });

  it.each([
    ["a literal", 'http.get("http://localhost:3000/a")'],
    ["a variable", "http.get(`${__ENV.BASE_URL}/a`)"],
  ])("of k6 that finds its target by %s, and asks somebody else too, is no suite", (_, call) => {
    const script = K6(`export default () => { ${call}; http.post("https://pay.example.com/b"); };`);
    const found = detect(aRepository({ ...served, "k6/load.js": script }));
    expect(found.suites).toEqual([]);
    expect(found.notes).toEqual([expect.stringContaining("requests to https://pay.example.com as well")]);
  });

  it("of k6 whose scenarios name its functions has them run in turn", () => {
    const options = "export const options = { scenarios: { a: { exec: 'one', duration: '5m' }, b: { exec: 'two' } } };";
    const functions = "export function one() { http.get(`${__ENV.BASE_URL}/a`); }\nexport function two() {}";
    expect(suitesOf({ ...served, "k6/load.js": K6(functions, options) })).toMatchObject([
      {
        run: "cd k6 && { cat load.js; printf '%s\\n' '' 'export default function (data) { one(data); two(data); }'; } | k6 run --quiet --vus 10 --duration 9s -e BASE_URL=$BENCHGATE_URL --out json=$BENCHGATE_OUTPUT -",
      },
    ]);
  });

  it("of Locust has as many users as make about ten requests in a second, and fewer where they wait for each other", () => {
    const [suite] = suitesOf({ ...served, "locustfile.py": LOCUST });
    expect(suite).toMatchObject({
      run: expect.stringContaining("-u 20 -r 20 -t 9s"),
      shorter: expect.stringContaining("-u 10 -r 10 -t 7s"),
    });
    const [quick] = suitesOf({ ...served, "locustfile.py": LOCUST.replace(/ {4}wait.*/, "    pass") });
    expect(quick).toMatchObject({ run: expect.stringContaining("-u 10 -r 10 -t 9s") });
  });

  it("of Locust that puts values into its paths is told how they are one benchmark", () => {
    const notesOf = (call: string) =>
      suitesOf({ ...served, "locustfile.py": `${LOCUST}    def a(self):\n        ${call}\n` })[0]?.notes;
    expect(notesOf('self.client.get(f"/data/{key}")')).toContain("each path is a benchmark of its own");
    expect(notesOf('self.client.get(f"/data/{key}", name="/data")')).toBe("");
    expect(notesOf('self.client.get("/data")')).toBe("");
  });

  it("in several shapes is one suite, and each of several is short enough for all of them", () => {
    const files = {
      ...served,
      "k6/api.js": K6(GET, "export const options = { duration: '9m' };"),
      "k6/again.js": K6(GET.replace("get", "post")),
      "k6/smoke.js": K6(GET),
      "k6/soak.js": K6(GET, "export const options = { duration: '9h' };"),
      "k6/stress-b.js": K6(GET.replace("/a", "/b")),
    };
    const suites = suitesOf(files);
    expect(suites.map(({ name }) => name)).toEqual(["again", "api", "stress-b"]);
    for (const suite of suites) expect(suite).toMatchObject({ run: expect.stringContaining("--duration 2s") });
    expect(detect(aRepository(files)).notes).toEqual([
      expect.stringMatching(/^k6\/smoke\.js is left out: it asks for the paths of k6\/again\.js, .* is not seen$/),
      expect.stringMatching(/^k6\/soak\.js is left out/),
    ]);
  });

  it("is left out with a word where three others take all the time", () => {
    const many = Object.fromEntries(["a", "b", "c"].map((n) => [`k6/${n}.js`, K6(GET.replace("/a", `/${n}`))]));
    const files = { ...served, ...many, "k6/a2.js": K6(GET.replace("get", "post")) };
    expect(suitesOf(files).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(detect(aRepository(files)).notes).toEqual([expect.stringMatching(/^k6\/a2\.js is left out/)]);
  });
});
