import type { Network } from "../../src/ports/index.ts";

/** A network whose ports count up from 40001, and where `answers` says who answers with what. */
export function fakeNetwork(answers: (url: string) => number | null = () => null): Network {
  let last = 40_000;
  return {
    freePort: async () => ++last,
    status: async (url) => answers(url),
  };
}
