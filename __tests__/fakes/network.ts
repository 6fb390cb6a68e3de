import type { Network } from "../../src/ports/index.ts";

/** A network whose ports count up from 40001, and where `answers` says who answers with what, and a collector that keeps what was `sent`; nobody takes connections or speaks gRPC. */
export function fakeNetwork(
  answers: (url: string) => number | null = () => null,
): Network & { readonly sent: { readonly url: string; readonly body: string }[] } {
  const sent: { url: string; body: string }[] = [];
  let last = 40_000;
  return {
    freePorts: async (count) => Array.from({ length: count }, () => ++last),
    status: async (url) => answers(url),
    addresses: async (url) => [new URL(url).hostname],
    connects: async () => false,
    health: async () => null,
    sent,
    otlp: async (url, bodies) => {
      for (const body of bodies) sent.push({ url, body });
      return null;
    },
  };
}
