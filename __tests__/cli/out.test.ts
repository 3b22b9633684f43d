import { runCommand } from "../support/run-command";

test.each([["synth"], ["render", "prod/us-east-1"]])(
  "%s writes a folder, so --out - is refused before anything is written",
  async (...command) => {
    await expect(runCommand("--envs", "envs", ...command, "--out", "-")).rejects.toThrow(
      "a folder is written; name one, for example cdktf.out",
    );
  },
);

test("a file by the name - is standard output", async () => {
  const { output, remarks } = await runCommand("--envs", "envs", "ci", "github", "--out", "-");

  expect(output).toMatch(/^# Made by `npx octarine ci github`/);
  expect(remarks).toContain("wrote standard output");
});
