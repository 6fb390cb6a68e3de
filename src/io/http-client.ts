/**
 * Node's client for the scheme of a URL: `node:https`, or else `node:http`.
 *
 * Brought in by whoever has a request to make: a static import of either has Node load its own fetch and WebSocket, which is a third of the time that
 * Benchgate takes to start.
 */
export function httpClient(url: string): Promise<typeof import("node:http") | typeof import("node:https")> {
  return url.startsWith("https:") ? import("node:https") : import("node:http");
}
