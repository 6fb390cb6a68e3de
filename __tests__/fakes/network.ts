import type { Network } from "../../src/ports/index.ts";

/** A network whose ports count up from 40001, and where `answers` says who answers with what; nobody takes connections or speaks gRPC. */
export function fakeNetwork(answers: (url: string) => number | null = () => null): Network {
  let last = 40_000;
  return {
    freePorts: async (count) => Array.from({ length: count }, () => ++last),
    status: async (url) => answers(url),
    addresses: async (url) => [new URL(url).hostname],
    connects: async () => false,
    health: async () => null,
  };
}
