import { matches, type Plan } from "../../model/plan.ts";
import { mayFit } from "../asked.ts";
import type { SameCodeOptions } from "./same-code.ts";

/** What a plan asks about the code of both sides. What has a limit or a goal of the user's is measured whatever its code is: both hold without a baseline. */
export function codeAsked({ budgets, config }: Plan): Pick<SameCodeOptions, "needed" | "config"> {
  const bound = budgets.filter(
    ({ limit, defaultLimit, goal }) => (limit !== null && !defaultLimit) || goal !== undefined,
  );
  const needed = (suite: string, benchmark: string | null) =>
    bound.some(({ match }) => (benchmark === null ? mayFit(match, suite) : matches(match, `${suite}/${benchmark}`)));
  return { needed, ...(config !== undefined && { config }) };
}
