/** The loopback network of this machine. */
export interface Network {
  /** A port that nobody listens on at this moment. */
  freePort(): Promise<number>;
  /** The status of a GET, without following redirects; null where nobody answers within so many seconds. */
  status(url: string, seconds: number): Promise<number | null>;
}
