/** Exit codes by which a shell says that it could not run what it was given (POSIX 2.8.2; 9009 is cmd.exe's), and what to do. */
const NOT_RUN: Readonly<Record<number, string>> = {
  126: "a program in it cannot be executed. Run `chmod +x` on it, or name its interpreter in front of it",
  127: "a program in it was not found. Install it in `setup` or in an earlier step of the job, or correct its name",
  9009: "a program in it was not found. Install it in `setup` or in an earlier step of the job, or correct its name",
};

/** How a command ended that gave this exit code, as the rest of a sentence with its full stop. */
export function exitWords(exitCode: number | null): string {
  const why = exitCode === null ? undefined : NOT_RUN[exitCode];
  return `exited with code ${exitCode}${why === undefined ? "" : `: ${why}`}.`;
}

/** Whether an exit code says that the command never ran, so that it will not the next time either. */
export function neverRan(exitCode: number | null): boolean {
  return exitCode !== null && exitCode in NOT_RUN;
}
