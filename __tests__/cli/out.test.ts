import fs from "node:fs";
import { refuseInsideEnvs } from "../../src/cli/out-of-envs";
import { runCommand } from "../support/run-command";

test.each([["synth"], ["render", "prod/us-east-1"]])(
  "%s writes a folder, so --out - is refused before anything is written",
  async (...command) => {
    await expect(runCommand("--envs", "envs", ...command, "--out", "-")).rejects.toThrow(
      "a folder is written; name one, for example cdktf.out",
    );
  },
);

test.each([
  ["synth", "envs/out"],
  ["synth", "envs/dev/out"],
  ["synth", "./envs"],
  ["synth --merge part1 part2", "envs/out"],
  ["render prod/us-east-1", "envs/out"],
])(
  "%s --out %s is refused, because the next run would read what is written there as environments",
  async (command, out) => {
    await expect(runCommand("--envs", "envs", ...command.split(" "), "--out", out)).rejects.toThrow(
      `the output folder ${out} lies in envs, where folders are read as environments; name one outside of envs`,
    );
    expect(fs.existsSync("envs/out")).toBe(false);
  },
);

test("a folder beside that of targets, and a hidden one in it, which is not read, can be written", () => {
  for (const out of ["cdktf.out", "envs.out", ".", "../elsewhere", "/tmp/out", "envs/.out"])
    expect(() => refuseInsideEnvs(out, "envs")).not.toThrow();
});

test("a file by the name - is standard output", async () => {
  const { output, remarks } = await runCommand("--envs", "envs", "ci", "github", "--out", "-");

  expect(output).toMatch(/^# Made by `npx octarine ci github`/);
  expect(remarks).toContain("wrote standard output");
});
