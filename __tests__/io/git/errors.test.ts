import { describe, expect, it } from "vitest";
import { gitError } from "../../../src/io/git/errors.ts";

const remedyFor = (stderr: string) => gitError(["reset", "--hard"], { stderr }).remedy;

describe("an error of git's", () => {
  it.each([
    "error: unable to write file large.txt\nfatal: Could not reset index file to revision 'HEAD'.",
    "fatal: unable to create temporary file: No space left on device",
    "error: file write error: No space left on device\nfatal: unable to write loose object file",
    "fatal: cannot mkdir /tmp/x: Disk quota exceeded",
    "fatal: could not create work tree dir 'x': Read-only file system",
    "error: could not write index",
  ])("names the disk where git cannot write: %s", (stderr) => {
    expect(remedyFor(stderr)).toMatch(/room on the disks/);
    expect(gitError(["reset"], { stderr }).kind).toBe("measure");
  });

  it.each([
    "remote: error: unable to write file x: No space left on device\nfatal: the remote end hung up unexpectedly",
    "error: pathspec 'x' did not match any file(s) known to git",
    "fatal: unable to create thread: Resource temporarily unavailable",
  ])("does not blame the disk here for anything else: %s", (stderr) => {
    expect(remedyFor(stderr)).not.toMatch(/disks/);
  });
});
