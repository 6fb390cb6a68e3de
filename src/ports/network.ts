/** An answer of gRPC's health service: a serving status by name, or the code of an error (https://grpc.io/docs/guides/status-codes/). */
export type GrpcHealth = { readonly status: string } | { readonly error: number };

/** The network: loopback, but for what is asked by a URL of the user's. */
export interface Network {
  /** So many ports, all different, that nobody listens on at this moment. */
  freePorts(count: number): Promise<readonly number[]>;
  /** The status of a GET, without following redirects; null where nobody answers within so many seconds. */
  status(url: string, seconds: number): Promise<number | null>;
  /** Where the host of a URL lies, as IP addresses in order; none where its name is not known. */
  addresses(url: string): Promise<readonly string[]>;
  /** Whether somebody takes a connection to the host and port of a URL within so many seconds. */
  connects(url: string, seconds: number): Promise<boolean>;
  /**
   * Sends the bodies of OTLP/HTTP requests to a collector, each again where it says so, with the headers that the environment names for it. Resolves to why not all
   * of them got there; null where they did.
   */
  otlp(url: string, bodies: readonly string[]): Promise<string | null>;
  /** What the health service of gRPC says of the service that the URL's path names (of all without one); null where none answers in time. */
  health(url: string, seconds: number): Promise<GrpcHealth | null>;
}
