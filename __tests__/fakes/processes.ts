import type { Processes, ProcessResult, ProcessSpec } from "../../src/ports/index.ts";

/** What a test does not use. */
const unused = async (): Promise<never> => {
  throw new Error("this fake neither starts services nor times processes");
};

/** What a fake child answers; a thrown error is what a program that cannot start gives. */
export type Answer = (spec: ProcessSpec, index: number) => Partial<ProcessResult> | Promise<Partial<ProcessResult>>;

/** Processes that run nothing: each call is kept in `specs` and answered by `answer`. */
export function fakeProcesses(answer: Answer): Processes & { readonly specs: ProcessSpec[] } {
  const specs: ProcessSpec[] = [];
  return {
    specs,
    start: unused,
    time: unused,
    count: unused,
    async run(spec) {
      specs.push(spec);
      return {
        exitCode: 0,
        signal: null,
        timedOut: false,
        stdout: "",
        overflowed: false,
        tail: "",
        seconds: 1,
        ...(await answer(spec, specs.length - 1)),
      };
    },
  };
}
