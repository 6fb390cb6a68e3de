/** A pull request is decided after 6 pairs at best, and after 24 at worst; each side has a round before that does not count. */
const [FEWEST, MOST] = [6 + 1, 24 + 1];

/** The seconds of time budget in which a first look at both sides is done, where a round of one takes so many. */
export function budgetFor(round: number): number {
  return 2 * FEWEST * round;
}

/** The longest round of one side of which a first look is done in this budget, in seconds. */
export function longestRound(budget: number): number {
  return budget / (2 * FEWEST);
}

/**
 * The seconds that a pull request may be expected to take, side by side: setting up both sides, then rounds of both until they decide or the time
 * budget (seconds) ends them. `setup` and `round` are the seconds of one side, as they were just measured.
 */
export function expectedSeconds(
  setup: number,
  round: number,
  budget: number,
): { readonly least: number; readonly most: number } {
  const rounds = (pairs: number) => Math.min(budget, 2 * pairs * round);
  return { least: 2 * setup + rounds(FEWEST), most: 2 * setup + rounds(MOST) };
}
