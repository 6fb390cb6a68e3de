import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/main.ts";
import { fakeGit } from "../fakes/git.ts";
import { aPlace, benchgate } from "./command-line.ts";

describe("the command line", () => {
  it.each([
    [["compar"], "There is no command compar. Did you mean compare?"],
    [["compare", "a"], "compare needs two files at least."],
    [["compare", "--treshold", "5%", "a", "b"], "There is no flag --treshold. Did you mean --threshold?"],
    [["compare", "missing-a.json", "missing-b.json"], "missing-a.json: there is no such file."],
    [["run"], "There is nothing to measure."],
    [["baseline", "lst"], "baseline cannot lst. Did you mean list?"],
    [["baseline", "constructor"], "baseline cannot constructor."],
    [["baseline", "show"], "baseline show needs an entry."],
    [["demo", "extra"], "demo does not know what to do with extra."],
    [["help", "nope"], "There is no command nope."],
    [["record"], "record has nowhere to write."],
    [["record", "--append", "-o", "-"], "--append has nothing to add to on stdout."],
    [["trend"], "trend has nowhere to write."],
    [["parse"], "parse reads one file."],
    [["compare", "a", "b", "--json", "-", "--markdown", "-"], "--json and --markdown cannot both go to stdout."],
    [["run", "--run", "x", "--base", "main"], "this folder is not inside a git repository."],
    [["run", "--run", "x", "--resume"], "--resume goes on with a measurement side by side."],
    [["run", "--run", "x", "--shard", "auto"], "--shard auto needs a matrix of jobs."],
    [["run", "--run", "x", "--shard", "1/2", "--only", "x/y"], "--shard cannot be combined with --only"],
    [["run", "--run", "x", "--shard", "3/2"], '--shard: "3/2" is not a shard.'],
  ])("answers %j with one line that says what to do: exit code 2", async (args, line) => {
    const { code, stdout, stderr } = await benchgate(args, aPlace());
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`benchgate: ${line}`);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("names a revision that is not there", async () => {
    const git = fakeGit("/here");
    const named = () => benchgate(["run", "--run", "x", "--base", "nope"], aPlace({}, git));
    expect((await named()).stderr).toContain("There is no commit here yet. Commit what is to be compared with");
    git.head = git.commit(null, {});
    const { code, stderr } = await named();
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is no revision "nope"')]);
  });

  it.each([[[]], [["help"]], [["--help"]], [["-h"]]])("explains itself: %j", async (args) => {
    const { code, stdout, stderr } = await benchgate(args, aPlace());
    expect([code, stderr]).toEqual([0, ""]);
    const words = stdout.replace(/\s+/g, " ");
    for (const { name, usage } of COMMANDS) expect(words).toContain(`benchgate ${name} ${usage}`.trimEnd());
    expect(stdout).toContain("Exit codes: 0 ");
  });

  it.each(COMMANDS.map(({ name }) => name))("explains %s, however it is asked", async (name) => {
    const asked = await benchgate(["help", name], aPlace());
    expect(asked.stdout).toContain(`benchgate ${name}`);
    expect(asked.stdout).toContain("\nFlags:\n");
    expect(await benchgate([name, "--help"], aPlace())).toEqual(asked);
  });

  it("says of its own bug that it is one, with its stack: exit code 3", async () => {
    const place = aPlace();
    place.git.root = () => Promise.reject(new TypeError("x is undefined"));
    const { code, stderr } = await benchgate(["run", "--run", "x", "--base", "main"], place);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^benchgate: this is a bug in Benchgate: please report it.*\nTypeError: x is undefined\n {4}at /,
    );
  });
});
