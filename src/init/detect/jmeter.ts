import { type FoundLoad, shellWord } from "../found.ts";
import { addressesIn, addressText, LOCAL } from "./addresses.ts";

/** What a plan says in one of its fields: a text, or a property that the command line sets. */
interface Field {
  readonly text: string;
  /** The name of the property; null where the text is none. */
  readonly property: string | null;
}

/** A plan of JMeter. */
export function jmeter(path: string, plan: string): FoundLoad {
  const text = plan.replace(
    /<!--(?:(?!<!--)[\s\S])*?-->|<stringProp name="(?:Header\.value|TestPlan\.comments|TestElement\.comments)">[^<]*<\/stringProp>/g,
    "",
  );
  const common = { path, tool: "jmeter", text: plan, why: `${path} is a plan of JMeter` } as const;
  const hosts = fieldsOf(text, /\w*Sampler\.(?:domain|server|proxyHost)/);
  const ports = fieldsOf(text, /HTTPSampler\.port/);
  const property = ports.find((each) => each.property !== null)?.property ?? null;
  const nowhere = (why: string): FoundLoad => ({ ...common, run: () => "", elsewhere: why });
  if (property === null || ports.some((each) => each.property !== property))
    return nowhere(
      "Its requests must go to port ${__P(port)}, because each side's service has a port of its own: change it, and run `benchgate init` again",
    );
  const stranger =
    hosts.find(({ text: host, property: name }) => name === null && !LOCAL.test(host))?.text ??
    addressesIn(text).map(addressText)[0];
  if (stranger !== undefined)
    return nowhere(
      `It may send requests to ${stranger} as well, whichever side is measured: write \${__P(host,127.0.0.1)} in its place, and run \`benchgate init\` again`,
    );
  if (/"IncludeController\.includepath"/.test(text))
    return nowhere("It includes another plan, whose requests may go elsewhere: add a suite with `run` for it");
  if (/<boolProp name="HTTPSampler\.image_parser">true</.test(text))
    return nowhere(
      "It fetches whatever the pages name, from other servers too: turn off `Retrieve All Embedded Resources`, and run `benchgate init` again",
    );
  const names = [...new Set(hosts.flatMap((each) => each.property ?? []))];
  const flags = [...names.map((name) => ` -J${name}=127.0.0.1`), ` -J${property}=$PORT`].join("");
  return {
    ...common,
    run: () =>
      `jmeter -n -t ${shellWord(path)} -l $BENCHGATE_OUTPUT -Jjmeter.save.saveservice.output_format=csv${flags}`,
  };
}

/** What the fields of a name hold that hold anything, with the plan's own variables filled in. */
function fieldsOf(plan: string, name: RegExp): readonly Field[] {
  const fields = plan.matchAll(new RegExp(`<stringProp name="(?:${name.source})">([^<]*)</stringProp>`, "g"));
  const variables = variablesOf(plan);
  return [...fields]
    .map(([, field]) => field!.trim())
    .filter((field) => field !== "")
    .map((field) => {
      const text = field.replace(/\$\{(\w+)\}/g, (whole, variable: string) => variables.get(variable) ?? whole);
      return { text, property: /^\$\{__(?:P|property)\(\s*([\w.-]+)\s*(?:,[^{}]*)?\)\}$/.exec(text)?.[1] ?? null };
    });
}

/** The variables that a plan gives values to itself; one that has several values has none that is known. */
function variablesOf(plan: string): ReadonlyMap<string, string> {
  const pairs = plan.matchAll(
    /<stringProp name="Argument\.name">(\w+)<\/stringProp>\s*<stringProp name="Argument\.value">([^<]*)<\/stringProp>/g,
  );
  const values = new Map<string, Set<string>>();
  for (const [, name, value] of pairs) values.set(name!, (values.get(name!) ?? new Set()).add(value!.trim()));
  return new Map([...values].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0]!] as const] : [])));
}
