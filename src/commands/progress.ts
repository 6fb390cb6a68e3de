import type { Progress } from "../measure/progress.ts";
import type { Terminal } from "../ports.ts";

/** Progress as one live line on a terminal; in a log, one plain line for each round that begins. */
export function progressOn(terminal: Pick<Terminal, "progress">): (progress: Progress) => void {
  let last = "";
  return ({ suite, round, rounds, secondsLeft }) => {
    const step = round === 0 ? "warm-up" : `round ${round} of ${rounds}`;
    const left = secondsLeft === undefined ? "" : `, about ${duration(secondsLeft)} left`;
    const line = `${suite}: ${step}${left}`;
    // Each side of a pair reports; a log wants to hear of the pair once.
    const key = `${suite} ${step}`;
    if (key !== last) terminal.progress(line);
    last = key;
  };
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
