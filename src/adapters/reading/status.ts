import { GateError } from "../../model/error.ts";
import { HTTP_STATUSES, isAmong, type StatusRange } from "../../model/status.ts";

/** The statuses that the user takes for successes (`expected-status`); absent: those that the tool does. */
export type Expected = readonly StatusRange[] | undefined;

/** Whether a status, or a code of gRPC, is that of a success. */
export type IsSuccess = (status: number) => boolean;

/**
 * Which statuses of HTTP are successes: those that are expected, else the `usual` ones. Expectations of gRPC's codes alone say nothing of HTTP. Below
 * 100 is no answer, whatever is expected.
 */
export function httpSuccess(expected: Expected, usual: IsSuccess): IsSuccess {
  const ranges = (expected ?? []).filter(({ from }) => from >= HTTP_STATUSES.from);
  return ranges.length === 0 ? usual : (status) => isAmong(status, ranges);
}

/** The same of gRPC's codes, of which 0 is the usual success. */
export function grpcSuccess(expected: Expected): IsSuccess {
  const ranges = (expected ?? []).filter(({ from }) => from < HTTP_STATUSES.from);
  return ranges.length === 0 ? (code) => code === 0 : (code) => isAmong(code, ranges);
}

/** What most load tools take for success: any answer below 400. */
export function isBelow400(status: number): boolean {
  return status >= HTTP_STATUSES.from && status < 400;
}

/**
 * Whether a request succeeded that the tool itself judged, by its status among other things. What the tool refuses for another reason (a body, an assertion)
 * stays refused: its status alone would not have done it.
 */
export function judgedAnew(toolSays: boolean, status: number, isSuccess: IsSuccess, usual: IsSuccess): boolean {
  return isSuccess(status) && (toolSays || !usual(status));
}

/** Refuses expected statuses for an output that does not tell any. */
export function refuseStatuses(expected: Expected, what: string, remedy: string): void {
  if (expected === undefined) return;
  throw new GateError(`\`expected-status\` cannot be applied to ${what}, which has no statuses`, remedy);
}
