import type { FoundLoad, LoadSize } from "../found.ts";
import { pathsIn } from "./service.ts";
import type { FoundService } from "./services/service.ts";

/** More loads than these take too long together for a pull request. */
const MOST_LOADS = 3;

/** Scripts that are named for the shape of their load: as short rounds all shapes are one. */
const SHAPE =
  /(?:^|[^a-z])(?:smoke|soak|stress|spike|endurance|breakpoint|volume|scale|scaling|scalability)(?:[^a-z]?(?:tests?|load))?(?:[^a-z]|$)/i;

/** A load that reaches a service of the repository. */
export interface Reaching {
  readonly load: FoundLoad;
  readonly service: FoundService;
}

/** The loads that are worth a suite, and what is said of the others. */
export function chosen(all: readonly Reaching[]): {
  readonly kept: readonly Reaching[];
  readonly left: readonly string[];
} {
  const asked = ({ load, service }: Reaching) => {
    const paths = [...pathsIn(load.text)].sort();
    // Two loads of which no path is known, because others build their requests, are not known to ask for the same.
    return [load.tool, service.folder, service.serve, ...(paths.length === 0 ? [load.path] : paths)].join("\n");
  };
  const isShape = ({ load }: Reaching) => SHAPE.test(wordsOf(load.path));
  const plainFirst = [...all].sort((a, b) => Number(isShape(a)) - Number(isShape(b)));
  const first = (each: Reaching) => plainFirst.find((other) => asked(other) === asked(each))!;
  const shapes = all.filter((each) => isShape(each) && first(each) !== each);
  const differing = all.filter((each) => !shapes.includes(each));
  // What others ask for already comes last.
  const ranked = [...differing].sort((a, b) => Number(first(a) !== a) - Number(first(b) !== b));
  const left = ranked.slice(MOST_LOADS);
  const kept = differing.filter((each) => !left.includes(each));
  return {
    kept,
    left: [
      ...shapes.map(
        (each) =>
          `${each.load.path} is left out: it asks for the paths of ${first(each).load.path}, and differs only in how its load grows, which short rounds cannot show. What slows this one alone is not seen`,
      ),
      ...left.map(
        ({ load: { path } }) =>
          `${path} is left out: more than ${MOST_LOADS} loads take too long for a pull request. What slows this one alone is not seen: add a suite like the others for it, or measure all on a schedule`,
      ),
    ],
  };
}

/** The words of a file's name, `stressTest.js` as `stress-Test.js`. */
function wordsOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/([a-z])([A-Z])/g, "$1-$2");
}

/** How long each of so many loads may be, so that a first look at all of them takes about as long as at one: a start and an end take about three seconds of each round. */
export function sizeOf(loads: number): LoadSize {
  return { seconds: Math.max(2, Math.floor(12 / Math.max(1, loads)) - 3), users: 50 };
}

/** The size of a load whose rounds turned out to take long: requests under way are waited for, and with many users each waits for the others. */
export function shorterSize({ seconds }: LoadSize): LoadSize {
  return { seconds: Math.max(2, seconds - 2), users: 5 };
}
