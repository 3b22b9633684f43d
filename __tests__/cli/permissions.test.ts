import { runCommand } from "../support/run-command";

const run = (...args: string[]) => runCommand("--envs", "envs", "permissions", "dev/us-east-1", ...args);

test.each([
  ["--for", "ec2:CreatVolume", /not an action that AWS has; did you mean ec2:CreateVolume\?/],
  ["--for", "volumes", /not an action; write one as policies do/],
  ["--identity", "karpentr", /karpentr is not an identity of dev\/us-east-1/],
])(
  "npx octarine permissions %s %s is wrong usage, and no proof of nothing",
  async (option, value, message) => {
    await expect(run(option, value)).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
      exitCode: 2,
    });
  },
);

test("an action that nobody calls is told as such", async () => {
  expect((await run("--for", "ec2:ModifyVolumeAttribute")).output).toBe("dev/us-east-1: nobody calls it\n");
});
