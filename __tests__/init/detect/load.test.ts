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

  it("is not looked for where a comment of its load has an address, or its database has a port", () => {
    const load = K6(
      '// k6 run --out influxdb=http://localhost:8086/k6 a.js\nexport default () => http.get("http://localhost:3000/a");',
    );
    const files = {
      "server.js": "app.listen(settings.port)",
      "src/db.js": "const port = 5432;",
      "k6/load.js": load,
    };
    expect(suitesOf(files)).toMatchObject([{ ready: "tcp://127.0.0.1:3000" }]);
  });

  it("gets the load of a script that asks by a ternary where to go, and none of a locustfile that logs in elsewhere", () => {
    const files = { "server.js": EXPRESS("process.env.PORT") };
    const ternary = `const B = __ENV.BASE_URL ? __ENV.BASE_URL : "http://localhost:3000";\nexport default () => http.get(B + "/a");`;
    expect(suitesOf({ ...files, "k6/load.js": K6(ternary) })).toHaveLength(1);
    const query = (address: string) =>
      `QUERY = """\nquery { items }\n"""\nfrom locust import HttpUser, task\nclass A(HttpUser):\n    def on_start(self): requests.post("${address}/login", headers={"host": "a"})\n    @task\n    def a(self):\n        """Asks https://docs.example.com for items."""\n`;
    expect(suitesOf({ ...files, "locustfile.py": query("https://auth.example.com") })).toEqual([]);
    expect(suitesOf({ ...files, "locustfile.py": query("") })).toHaveLength(1);
    const artillery = (url: string) =>
      `config:\n  target: http://localhost:3000\nscenarios:\n  - flow:\n      - get:\n          url: "${url}"\n`;
    expect(suitesOf({ ...files, "load.yml": artillery("/a/{{ id }}") })).toHaveLength(1);
    expect(suitesOf({ ...files, "load.yml": artillery("{{ $processEnvironment.AUTH }}/login") })).toEqual([]);
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
    expect(suite?.notes.includes("the command replaces its users and stages")).toBe(flags !== "");
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

  it.each([
    [
      "addresses to choose from",
      "const URLS = { local: 'http://localhost:3000', staging: 'https://staging.example.com' };\nconst B = URLS[__ENV.ENV || 'staging'];\nhttp.get(`${B}/a`);",
    ],
    [
      "its own one in a comment alone",
      "/* formerly http://localhost:3000 */ const B = 'https://api.example.com'; // http://localhost:3000\nhttp.get(`${B}/a`);",
    ],
    ["a variable of other things", "const B = 'https://api.example.com';\nhttp.get(B + '/a' + __ENV.TARGET_RPS);"],
    ["a variable of its database", "const B = 'https://api.example.com';\nhttp.get(B + __ENV.DATABASE);"],
    [
      "two variables with defaults",
      "const B = __ENV.BASE_URL || 'https://staging.example.com';\nconst A = __ENV.AUTH_URL || 'https://auth.example.com';",
    ],
    ["any kind of request", "http.get(`${__ENV.BASE_URL}/a`);\nhttp.request('POST', 'https://api.example.com');"],
    ["several requests at once", "http.batch([['GET', __ENV.BASE_URL], ['GET', \"https://api.example.com\"]]);"],
    ["a host of its own", "const host = 'api.example.com';\nhttp.get(`https://${host}/${__ENV.TARGET}`);"],
    ["an address that is added up", "http.get('https://' + host + '/a');\nhttp.get(__ENV.BASE_URL);"],
    [
      "a host that the variable is only sometimes",
      "const host = __ENV.CI ? 'a.example.com' : __ENV.HOST;\nhttp.get(`http://${host}/`);",
    ],
    ["a port of its own", "http.get(`http://${__ENV.HOST}:3000/a`);"],
    ["two ports", "http.get('http://localhost:3000/a');\nhttp.get('http://localhost:30001/a');"],
    ["a port after an address without one", "http.get('http://localhost/a');\nhttp.get('http://localhost:3000/a');"],
    ["a socket", "http.get('http://localhost:3000/a');\nws.connect('wss://live.example.com/a');"],
    ["a call of gRPC", "client.connect('grpc.example.com:443');\nhttp.get(__ENV.BASE_URL);"],
    [
      "what it asks while it writes a body",
      "http.post(__ENV.BASE_URL, JSON.stringify({ a: http.get('https://a.example.com') }));",
    ],
    ["a table like a body", "const data = { a: 'https://a.example.com' };\nhttp.get(__ENV.BASE_URL + data.a);"],
    ["a scheme that is added up", "http.get(PROTO + '://api.example.com/a');\nhttp.get(__ENV.BASE_URL);"],
    [
      "a scenario's own variables",
      "http.get(`http://${__ENV.HOST}/a`);\nconst s = { env: { HOST: 'api.example.com' } };",
    ],
    ["a variable that it sets", "__ENV.HOST = 'api.example.com';\nhttp.get(`http://${__ENV.HOST}/a`);"],
    ["a scheme that is told from outside", "http.get(`${__ENV.PROTO}://api.example.com/${__ENV.BASE_URL}`);"],
  ])("of k6 that may send requests elsewhere is no suite: %s", (_, body) => {
    const found = detect(aRepository({ ...served, "k6/load.js": K6(`export default () => {\n${body}\n};`) }));
    expect(found.suites).toEqual([]);
    expect(found.notes).toEqual([
      expect.stringMatching(/^k6\/load\.js is a script of k6\. It (may send|does not take|gives HOST)/),
    ]);
  });

  it.each([
    [
      "a default in a constant",
      "const D = 'https://staging.example.com';\nhttp.get((__ENV.BASE_URL || D) + __ENV.STATSD_PORT);",
      "-e BASE_URL=$BENCHGATE_URL",
    ],
    [
      "a default with a path",
      "http.get((__ENV.BASE_URL ?? 'https://staging.example.com/api') + '/a');",
      "-e BASE_URL=$BENCHGATE_URL/api",
    ],
    [
      "a host without a scheme",
      "const h = __ENV.HOST || 'localhost:3000';\nhttp.get(`http://${h}/a`);",
      "-e HOST=127.0.0.1:$PORT",
    ],
    ["a host whose use is not seen", "connect(__ENV.GRPC_ADDR || 'localhost:50051');", "-e GRPC_ADDR=127.0.0.1:$PORT"],
    [
      "a host and a port that are added up",
      "const h = __ENV.HOST;\nhttp.get('http://' + h + ':' + __ENV.PORT + '/a');",
      "-e HOST=127.0.0.1 -e PORT=$PORT",
    ],
    [
      "the only address, whatever its name",
      "http.get(__ENV.AUTH_URL || 'http://localhost:3000');",
      "-e AUTH_URL=$BENCHGATE_URL",
    ],
    ["a port alone", "http.get(`http://localhost:${__ENV.API_PORT || 3000}/a`);", "-e API_PORT=$PORT"],
    [
      "brackets",
      "http.get(`${__ENV['BASE_URL']}/a`, { headers: { Referer: 'https://a.example.com/' } });",
      "-e BASE_URL=$BENCHGATE_URL",
    ],
    [
      "bodies with addresses in them",
      "http.post(__ENV.BASE_URL, JSON.stringify([{ id: `${x}`, of: { a: 1 }, at: Date.now(), link: 'https://a.example.com' }]));",
      "-e BASE_URL=$BENCHGATE_URL",
    ],
    [
      "comments of others",
      "// see https://k6.io\nhttp.get(__ENV.BASE_URL); /* https://a.example.com */",
      "-e BASE_URL=$BENCHGATE_URL",
    ],
  ])("of k6 goes to the side's own service by %s", (_, body, flags) => {
    const [suite] = suitesOf({ ...served, "k6/load.js": K6(`export default () => {\n${body}\n};`) });
    expect(suite).toMatchObject({ run: expect.stringContaining(` ${flags} --out`) });
  });

  it("of k6 is taken together with what it imports", () => {
    const script = `import { base } from "./lib/config.js";\n${K6(GET)}`;
    const suites = (config: string) => suitesOf({ ...served, "k6/load.js": script, "k6/lib/config.js": config });
    expect(suites("export const base = __ENV.BASE_URL || 'http://localhost:3000';")).toHaveLength(1);
    expect(suites("export const base = 'https://staging.example.com';")).toEqual([]);
    expect(suites("import '../more.js';")).toHaveLength(1);
    const paths = ["k6/lib/config.js", "k6/load.js", "server.js"];
    const text = (path: string) => ({ ...served, "k6/load.js": script })[path] ?? null;
    expect(detect({ paths, text }).notes).toEqual([expect.stringContaining("takes something from k6/lib/config.js")]);
    const opening = { "k6/load.js": K6(`const c = JSON.parse(open("./config.json"));\n${GET}`), ...served };
    const data = (path: string) => opening[path as keyof typeof opening] ?? null;
    expect(detect({ paths: ["k6/config.json", "k6/load.js", "server.js"], text: data }).suites).toEqual([]);
  });

  it.each([
    [
      "has a body with an address",
      'self.client.post("/a", json={"of": {"id": 1}, "link": "https://a.example.com"})',
      true,
    ],
    ["asks while it writes a body", 'self.client.post("/a", json={"a": requests.get("https://a.example.com")})', false],
    ["asks after a body", 'requests.post(json={"a": 1}, url="https://a.example.com")', false],
    ["asks for a whole address", 'self.client.post("https://auth.example.com/login")', false],
    ["takes another client", 'requests.get(os.getenv("AUTH", "https://auth.example.com"))', false],
    ["has another base", 'self.client.base_url = "http://localhost:8000"', false],
    [
      "has a comment and a text about others",
      '"""See https://a.example.com."""\n        pass  # https://b.example.com',
      true,
    ],
    ["has the address that --host replaces", 'pass\n    host = "https://staging.example.com"', true],
  ])("of Locust that %s is a suite only where all goes to the side", (_, line, isOne) => {
    const files = { ...served, "locustfile.py": `${LOCUST}    def on_start(self):\n        ${line}\n` };
    expect(suitesOf(files)).toHaveLength(isOne ? 1 : 0);
    if (!isOne) expect(detect(aRepository(files)).notes[0]).toContain("It may send requests to http");
  });

  it("of Locust is taken together with what it imports, and found where its users are several classes", () => {
    const script = `import shared\n${LOCUST.replace("(HttpUser)", "(Mixin(), HttpUser)")}`;
    for (const [line, file] of [
      ["import json, shared", "load/shared.py"],
      ["from shared import a", "load/shared.py"],
      ["from . import shared", "load/shared.py"],
      ["from . import (\n    other,\n    shared,\n)", "load/shared.py"],
      ["from load.lib import shared as s", "load/lib/shared.py"],
    ] as const) {
      const suites = (shared: string) =>
        suitesOf({ ...served, "load/locustfile.py": script.replace("import shared", line), [file]: shared });
      expect(suites("x = 1")).toHaveLength(1);
      expect(suites('requests.get("https://a.example.com")')).toEqual([]);
    }
  });

  const PLAN = (domain: string, port: string, more = "") =>
    `<stringProp name="Argument.name">h</stringProp>\n<stringProp name="Argument.value">staging.example.com</stringProp>
<stringProp name="HTTPSampler.domain">${domain}</stringProp><stringProp name="HTTPSampler.port">${port}</stringProp>${more}`;
  it.each([
    ["this machine", PLAN("localhost", "${__P(port)}"), " -Jport=$PORT"],
    [
      "a property",
      PLAN("${__P(target,a.example.com)}", "${__P(server.port,80)}"),
      " -Jtarget=127.0.0.1 -Jserver.port=$PORT",
    ],
    [
      "another page's address",
      PLAN("localhost", "${__P(port)}", '<stringProp name="Header.value">https://a.example.com</stringProp>'),
      " -Jport=$PORT",
    ],
    ["somebody else", PLAN("staging.example.com", "${__P(port)}"), null],
    ["somebody else in a variable", PLAN("${h}", "${__P(port)}"), null],
    ["nobody knows whom", PLAN("${row}", "${__P(port)}"), null],
    ["two ports", PLAN("localhost", "${__P(port)}", '<stringProp name="HTTPSampler.port">8080</stringProp>'), null],
    [
      "a whole address",
      PLAN("localhost", "${__P(port)}", '<stringProp name="HTTPSampler.path">https://a.example.com/</stringProp>'),
      null,
    ],
    [
      "another plan's hosts",
      PLAN("localhost", "${__P(port)}", '<stringProp name="IncludeController.includepath">a.jmx</stringProp>'),
      null,
    ],
    [
      "what pages embed",
      PLAN("localhost", "${__P(port)}", '<boolProp name="HTTPSampler.image_parser">true</boolProp>'),
      null,
    ],
  ])("of JMeter that asks %s goes to the side or nowhere", (_, plan, flags) => {
    const suites = suitesOf({ ...served, "load/plan.jmx": plan });
    expect(suites).toHaveLength(flags === null ? 0 : 1);
    if (flags !== null)
      expect(suites).toMatchObject([
        { run: expect.stringMatching(new RegExp(`=csv${flags.replaceAll("$", "\\$")}$`)) },
      ]);
  });

  it.each([
    ["paths", "url: /a", "", true],
    ["a whole address", 'url: "https://auth.example.com/login"', "", false],
    ["a variable's address", "url: '{{ auth }}/a'\n  variables:\n    auth: https://auth.example.com", "", false],
    ["its functions' address", "url: /a", "fetch('https://auth.example.com');", false],
  ])("of Artillery that asks for %s goes to the side or nowhere", (_, url, code, isOne) => {
    const script = `config:\n  target: https://staging.example.com # https://a.example.com\n  processor: ./f.js\nscenarios:\n  - flow:\n    - get:\n        ${url}\n`;
    expect(suitesOf({ ...served, "load/a.yml": script, "load/f.js": code })).toHaveLength(isOne ? 1 : 0);
  });

  it.each([
    ["autocannon -c 10 -d 30 http://localhost:3000/a", "npx autocannon --json -c 10 -d 9 $BENCHGATE_URL/a"],
    ["wrk -t2 -d1m http://localhost:3000/a", "wrk --latency -t2 -d9s $BENCHGATE_URL/a"],
    ["hey -z 5s http://localhost:3000/a", "hey -z 5s $BENCHGATE_URL/a"],
    ["hey -H Origin:http://localhost:3000 https://api.example.com/a", null],
    ["hey http://localhost.example.com/a", null],
  ])("of a command line goes to the side alone, no longer than a round: %s", (line, run) => {
    const files = { ...served, "package.json": JSON.stringify({ scripts: { bench: line } }) };
    const loads = suitesOf(files).filter((suite) => "serve" in suite);
    expect(loads.map((suite) => ("run" in suite ? suite.run : ""))).toEqual(run === null ? [] : [run]);
  });

  it.each([
    ["1m30s", " --vus 10 --duration 9s"],
    ["500ms", ""],
    ["8s500ms", ""],
  ])("of k6 that lasts %s is read as k6 reads it", (duration, flags) => {
    const options = `export const options = { vus: 20, stages: [{ duration: '${duration}', target: 10 }] };`;
    const [suite] = suitesOf({ ...served, "k6/load.js": K6(GET, options.replace("vus: 20, ", "")) });
    expect(suite).toMatchObject({ run: expect.stringMatching(new RegExp(`^k6 run --quiet${flags} -e`)) });
  });

  it("of k6 that calls its functions by scenarios says which of them a default function hides", () => {
    const options = (duration: string) =>
      `export const options = { scenarios: { a: { exec: 'checkout', duration: '${duration}' } } };\nexport function checkout() {}`;
    const notesOf = (duration: string) => suitesOf({ ...served, "k6/load.js": K6(GET, options(duration)) })[0]?.notes;
    expect(notesOf("5m")).toContain("What slows checkout is not seen");
    expect(notesOf("5s")).toBe("");
  });

  it("is not left out for another one where their paths are not known, nor for a name that only begins like a shape", () => {
    const helped =
      'import http from "k6/http";\nimport { ask } from "./f.js";\nexport default () => ask(__ENV.BASE_URL);';
    const helper = { ...served, "k6/f.js": "" };
    expect(suitesOf({ ...helper, "k6/a.js": helped, "k6/stress-search.js": helped })).toHaveLength(2);
    const names = (other: string) => suitesOf({ ...served, "k6/a.js": K6(GET), [`k6/${other}.js`]: K6(GET) });
    for (const other of ["fiscal", "volumes", "scalar"]) expect(names(other)).toHaveLength(2);
    for (const other of ["stressTest", "smoke", "api.spike"]) expect(names(other)).toHaveLength(1);
  });

  it("has its note about users and stages by the size that it gets among others", () => {
    const short = "export const options = { vus: 20, duration: '8s' };";
    const three = ["a", "b", "c"].map((n) => [`k6/${n}.js`, K6(GET.replace("/a", `/${n}`), short)]);
    for (const { notes } of suitesOf({ ...served, ...Object.fromEntries(three) }))
      expect(notes).toContain("the command replaces its users and stages");
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
