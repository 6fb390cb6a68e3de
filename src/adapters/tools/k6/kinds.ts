import { GateError } from "../../../model/error.ts";
import { Tally } from "./tally.ts";

/** With more distinct requests than this the URLs hold ids: only http_req_duration as a whole is a benchmark then. */
export const MOST_REQUESTS = 50;

/** How many combinations of tags are remembered. */
const MOST_TAGS = 1000;

/** The tags that tell one kind of request from another. */
export interface RequestTags {
  readonly scenario: string;
  readonly group: string;
  readonly method: string;
  readonly name: string;
}

/** The requests of one scenario, group, method and `name` tag. */
export interface K6Requests {
  /** The `name` tag as it was written, to notice two that come out the same. */
  readonly tag: string;
  readonly tally: Tally;
}

/** The requests of a run by their kinds, while these are few enough to be told apart. */
export class Kinds {
  /** Null once there were too many. */
  #requests: Map<string, K6Requests> | null = new Map();
  /** The same by their tags: several may come to one name. */
  readonly #byTags = new Map<string, K6Requests>();

  /** Whether requests are told apart no more. */
  get areTooMany(): boolean {
    return this.#requests === null;
  }

  /** The requests with these tags; null where there are too many kinds. Throws a `GateError` where two kinds would get one name. */
  of(tags: RequestTags): K6Requests | null {
    if (this.#requests === null) return null;
    const key = `${tags.scenario}\n${tags.group}\n${tags.method}\n${tags.name}`;
    const same = this.#byTags.get(key);
    if (same !== undefined) return same;
    const requests = this.#called(requestName(tags), tags, this.#requests);
    if (this.#byTags.size === MOST_TAGS) this.#byTags.clear();
    if (requests !== null) this.#byTags.set(key, requests);
    return requests;
  }

  #called(name: string, tags: RequestTags, requests: Map<string, K6Requests>): K6Requests | null {
    const known = requests.get(name);
    if (known !== undefined) {
      if (known.tag === tags.name) return known;
      const problem = `the requests ${JSON.stringify(known.tag)} and ${JSON.stringify(tags.name)} are both called ${JSON.stringify(name)}`;
      throw new GateError(problem, "Give requests to different services their own `name` tag");
    }
    if (requests.size === MOST_REQUESTS) {
      this.#requests = null;
      this.#byTags.clear();
      return null;
    }
    const fresh = { tag: tags.name, tally: new Tally() };
    requests.set(name, fresh);
    return fresh;
  }

  /** The kinds that there are of, by their names; none where they are too many. */
  filled(): readonly (readonly [name: string, Tally])[] {
    return [...(this.#requests ?? [])].flatMap(([name, { tally }]) => (tally.isEmpty ? [] : [[name, tally] as const]));
  }
}

/** `scenario > group > METHOD name`, the scenario `default` and the port of a local service left out. */
function requestName({ scenario, group, method, name }: RequestTags): string {
  const groups = group.split("::").filter((part) => part !== "");
  return [
    ...(scenario === "default" || scenario === "" ? [] : [scenario]),
    ...groups,
    `${method} ${withoutLocalHost(name)}`.trim(),
  ].join(" > ");
}

/** A URL without its host where that is this machine, whose port changes from round to round. */
export function withoutLocalHost(url: string): string {
  return url.replace(/^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?(?=[/?#]|$)/, "") || "/";
}
