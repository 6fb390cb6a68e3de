/** Time, and waiting. */
export interface Clock {
  now(): Date;
  /** Seconds on a clock that never goes back. */
  monotonic(): number;
  sleep(seconds: number): Promise<void>;
}
