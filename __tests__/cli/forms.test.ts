import type { Command } from "commander";
import { program } from "../../src/cli/program";
import { progressOver, tellProgress, wipeProgress } from "../../src/cli/progress";
import { runCommand } from "../support/run-command";

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : [command, ...command.commands.flatMap(leaves)];
const taking = (flag: string) =>
  program()
    .commands.flatMap(leaves)
    .filter(({ options }) => options.some(({ long }) => long === flag));

test("every command with several formats takes --format and --json, in the same words", () => {
  // A picture has no JSON, and HTML is one of its forms.
  const withForms = taking("--format").filter((each) => each.name() !== "diagram");
  const choices = withForms.map(
    ({ options }) => options.find(({ long }) => long === "--format")?.argChoices ?? [],
  );

  expect(withForms.map((each) => each.name())).toEqual(
    expect.arrayContaining(["check", "readiness", "cost", "diff", "plan", "review", "show"]),
  );
  expect(choices.filter((forms) => !forms.includes("text") || !forms.includes("json"))).toEqual([]);
  expect(
    withForms
      .filter(({ options }) => !options.some(({ long }) => long === "--json"))
      .map((each) => each.name()),
  ).toEqual([]);
  for (const name of ["check", "readiness", "cost", "diff", "plan", "review"])
    expect(choices[withForms.findIndex((each) => each.name() === name)]).toContain("markdown");
});

describe("octarine readiness", () => {
  const readiness = (...form: string[]) =>
    runCommand("--envs", "envs", "readiness", "dev/us-east-1", "--as-of", "2026-11-28", ...form);

  test("prints at most 100 columns on a terminal, with a reason for each open item and one line for the rest", async () => {
    const { output, exitCode } = await readiness();
    const lines = output.split("\n");

    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines[0]).toMatch(/^dev\/us-east-1: \d+ met, \d+ not met/);
    expect(lines.findIndex((line) => line.includes(" not met  "))).toBeLessThan(
      lines.findIndex((line) => line.includes(" met              ")),
    );
    expect(exitCode).toBe(1);
  });

  test("is Markdown for a comment, and JSON by either option", async () => {
    expect((await readiness("--format", "markdown")).output).toMatch(/^# Readiness of dev\/us-east-1\n/);
    expect((await readiness("--json")).output).toBe((await readiness("--format", "json")).output);
    await expect(readiness("--json", "--format", "text")).rejects.toThrow("cannot be used with option");
  });
});

describe("progress", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) =>
    ({ isTTY, columns: 20, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
  beforeEach(() => written.splice(0));

  test("is one line of a terminal, no wider than it, and gone before anything else is written", () => {
    tellProgress("synthesizing production/us-east-1 (1 of 2)", stream(true));
    wipeProgress(stream(true));
    wipeProgress(stream(true));

    expect(written).toEqual(["\r\u001b[Ksynthesizing produc", "\r\u001b[K"]);
  });

  test("is not written to files or in CI", () => {
    tellProgress("synthesizing dev/us-east-1", stream(false));
    wipeProgress(stream(false));

    expect(written).toEqual([]);
  });

  test("counts", () => {
    const spy = jest
      .spyOn(process.stderr, "write")
      .mockImplementation((text) => written.push(String(text)) > 0);
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    try {
      ["a", "b"].forEach(progressOver("checking", 2));
      wipeProgress();
    } finally {
      process.stderr.isTTY = isTTY;
      spy.mockRestore();
    }

    expect(written.join("")).toMatch(/checking a \(1 of 2\).*checking b \(2 of 2\)/s);
  });
});
