import { spawnSync } from "node:child_process";
import path from "node:path";
import { aFolder } from "../support/fixtures";
import { missingProgram, testUnless } from "../support/missing-tools";
import { runCommand } from "../support/run-command";

const envs = { "envs/prod/us-east-1.yaml": "", "envs/prod/environment.yaml": "", "envs/platform.yaml": "" };

/** What bash offers after these words, the last one begun. */
async function offered(...words: string[]): Promise<string[]> {
  const { output } = await runCommand("completion", "bash");
  const ask = `COMP_WORDS=(octarine ${words.map((each) => `'${each}'`).join(" ")}); COMP_CWORD=${words.length}; _octarine; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync("bash", ["--norc", "-c", `${output}\n${ask}`], {
    cwd: aFolder(envs),
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  return run.stdout.split("\n").filter(Boolean);
}

test("bash completes commands", async () => {
  expect(await offered("de")).toEqual(["deploy", "destroy"]);
  expect(await offered("config", "")).toEqual(expect.arrayContaining(["validate", "explain", "schema"]));
});

test("bash completes options and what they may be", async () => {
  expect(await offered("check", "--fo")).toEqual(["--format"]);
  expect(await offered("check", "sar")).toEqual(["sarif"]);
});

test("bash completes targets of the folder, and stacks", async () => {
  expect(await offered("plan", "pro")).toEqual(expect.arrayContaining(["prod", "prod/us-east-1"]));
  expect(await offered("plan", "prod/us-east-1", "net")).toEqual(["network"]);
  expect(await offered("pods", "pro")).toEqual([]);
});

test.each(["zsh", "fish"])("%s has a script with every command and its targets", async (shell) => {
  const { output } = await runCommand("completion", shell);

  for (const word of ["deploy", "explain", "--fail-on", "observability", "_octarine_targets"])
    expect(output).toContain(word);
  const file = path.join(aFolder({ script: output }), "script");
  const found = spawnSync(shell, ["-n", file], { encoding: "utf8" });
  // Where the shell is there, it reads the script.
  expect(found.error === undefined ? [found.status, found.stderr] : [0, ""]).toEqual([0, ""]);
});

testUnless(
  missingProgram("fish", "--version"),
  "fish completes commands, what options may be, targets and stacks",
  async () => {
    const { output } = await runCommand("completion", "fish");
    const asked = [
      "octarine de",
      "octarine check sar",
      "octarine plan prod/us",
      "octarine plan prod/us-east-1 net",
    ];
    const ask = asked.map((line) => `complete -C '${line}'`).join("; ");
    const run = spawnSync("fish", ["--no-config", "-c", `${output}\n${ask}`], {
      cwd: aFolder(envs),
      encoding: "utf8",
    });

    expect(run.stdout.split("\n").filter(Boolean)).toEqual([
      "deploy",
      "destroy",
      "sarif",
      "prod/us-east-1",
      "network",
    ]);
  },
);
