/** Statuses from one to another, both among them. HTTP's begin at 100, gRPC's codes are 0 to 16. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** gRPC's codes by their numbers: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
export const GRPC_CODES = [
  "OK",
  "Canceled",
  "Unknown",
  "InvalidArgument",
  "DeadlineExceeded",
  "NotFound",
  "AlreadyExists",
  "PermissionDenied",
  "ResourceExhausted",
  "FailedPrecondition",
  "Aborted",
  "OutOfRange",
  "Unimplemented",
  "Internal",
  "Unavailable",
  "DataLoss",
  "Unauthenticated",
] as const;

/** The smallest and the largest status of HTTP. */
export const HTTP_STATUSES: StatusRange = { from: 100, to: 999 };

/** Whether a status lies in one of the ranges. */
export function isAmong(status: number, ranges: readonly StatusRange[]): boolean {
  return ranges.some(({ from, to }) => from <= status && status <= to);
}
