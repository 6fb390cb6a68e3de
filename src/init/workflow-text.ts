import type { Found, Runtime } from "./found.ts";

/** Where the action is had from until a repository says otherwise, and the version that is pinned. */
const ACTION = "OWNER/benchgate@v1";

/** The steps that bring a runtime, as lines of YAML. */
const RUNTIME_STEPS: Readonly<Record<Runtime, readonly string[]>> = {
  node: ["- uses: actions/setup-node@v7", "  with:", "    node-version: 24"],
  go: ["- uses: actions/setup-go@v7", "  with:", "    go-version: stable"],
  rust: ["- run: rustup toolchain install stable --profile minimal # what the runner brings may be older"],
  python: ["- uses: actions/setup-python@v7", "  with:", '    python-version: "3.x"'],
  java: ["- uses: actions/setup-java@v6", "  with:", "    distribution: temurin", '    java-version: "21"'],
  dotnet: ["- uses: actions/setup-dotnet@v6", "  with:", '    dotnet-version: "10.x"'],
  php: ["- uses: shivammathur/setup-php@v2", "  with:", '    php-version: "8.4"'],
  ruby: ["- uses: ruby/setup-ruby@v1", "  with:", '    ruby-version: "3.4"'],
  julia: ["- uses: julia-actions/setup-julia@v2"],
  deno: ["- uses: denoland/setup-deno@v2"],
  k6: ["- uses: grafana/setup-k6-action@v1"],
};

/** What the workflow needs to know beside what was found. */
export interface WorkflowFacts {
  /** The branch that baselines are recorded on. */
  readonly branch: string;
}

/** The workflow that judges pull requests and records baselines, every line explained. */
export function workflowText({ runtimes, suites }: Found, { branch }: WorkflowFacts): string {
  const steps = runtimes.flatMap((runtime) => RUNTIME_STEPS[runtime]);
  const uses = (tool: string) =>
    suites.some(({ keys }) => keys.some(({ key, value }) => key === "tool" && value === tool));
  const lines = [
    "# Judges every pull request by what benchgate.yml measures. Written by `benchgate init`: yours to change.",
    "name: benchgate",
    "on:",
    "  pull_request: # is judged; no path filter, so that a required check always ends",
    "  push:",
    `    branches: [${branch}] # is recorded as a baseline, never judged`,
    "permissions:",
    "  contents: write # a push stores its baseline",
    "  pull-requests: write # the one comment",
    "concurrency: # a newer commit of a pull request replaces the older run; every push is recorded",
    "  group: benchgate-${{ github.event.pull_request.number || github.run_id }}",
    "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
    "jobs:",
    "  benchgate:",
    "    runs-on: ubuntu-latest",
    "    timeout-minutes: 30 # more than the time-budget, setup and builds together",
    "    steps:",
    "      - uses: actions/checkout@v7",
    "        with:",
    "          fetch-depth: 0 # the history says which baselines count",
    "          persist-credentials: false # no token is left where a benchmark could read it",
    ...steps.map((line) => `      ${line}`),
    ...(uses("libtest") ? ["      - run: rustup toolchain install nightly --profile minimal"] : []),
    ...(uses("locust") ? ["      - run: pip install locust"] : []),
    `      - uses: ${ACTION} # put the owner of your copy of Benchgate here; what it measures is in benchgate.yml`,
    "        with:",
    "          baseline-store: ref # refs/benchgate/baselines, which no clone carries; branch where the server takes no such ref",
  ];
  return `${lines.join("\n")}\n`;
}
