import fs from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { parse } from "yaml";
import { ciCommand } from "../../src/cli/commands/ci";
import { costCommand } from "../../src/cli/commands/cost";
import { diagramCommand } from "../../src/cli/commands/diagram";
import { reportCommand } from "../../src/cli/commands/report";
import { aFolder } from "../support/fixtures";

const out = aFolder({});
afterAll(() => fs.rmSync(out, { recursive: true }));

/** Runs a command over the samples; returns standard output, and standard error apart. */
function run(command: Command, ...args: string[]): { output: string; remarks: string } {
  const written = { output: "", remarks: "" };
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      written.output += String(text);
      return true;
    }),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      written.remarks += String(text);
      return true;
    }),
  ];
  try {
    const program = new Command()
      .exitOverride()
      .option("--envs <dir>")
      .option("--as-of <day>")
      .addCommand(command);
    program.parse(["--envs", "envs", command.name(), ...args], { from: "user" });
    return written;
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

test("octarine cost fits 100 columns and ends with the sum of several targets", () => {
  const { output } = run(costCommand(), "prod");

  expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(output).toMatch(/3 targets: [\d,.]+ USD a month now, .*; prices are missing for 2 of them\n$/);
});

// docs/cost.md: the keys that programs may rely on.
test("octarine cost --json has these keys", () => {
  const [report] = JSON.parse(run(costCommand(), "dev", "--json").output) as Record<string, unknown>[];

  expect(Object.keys(report ?? {})).toEqual([
    "format",
    "target",
    "region",
    "currency",
    "total",
    "complete",
    "sections",
    "lines",
    "missing",
    "assumptions",
    "notes",
    "notIncluded",
    "scenarios",
  ]);
});

test("octarine diagram prints the picture, or writes it", () => {
  const file = path.join(out, "network.svg");

  expect(run(diagramCommand(), "dev/us-east-1").output).toMatch(/^---\ntitle: /);
  expect(run(diagramCommand(), "dev/us-east-1", "--format", "svg", "--out", file).output).toBe("");
  expect(fs.readFileSync(file, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test("octarine report writes a page", () => {
  const file = path.join(out, "report.html");
  const { remarks } = run(reportCommand(), "dev", "--out", file);

  expect(remarks).toContain(`wrote ${file}: 1 target`);
  expect(fs.readFileSync(file, "utf8")).toMatch(/^<!doctype html>/i);
});

test.each(["github", "atlantis"])("octarine ci %s writes YAML, and --check compares it", (kind) => {
  const file = path.join(out, "ci", `${kind}.yml`);
  run(ciCommand(), kind, "--out", file);

  expect(parse(fs.readFileSync(file, "utf8"))).toBeInstanceOf(Object);
  expect(run(ciCommand(), kind, "--check", file).output).toBe(`${file} is up to date\n`);
  fs.appendFileSync(file, "# edited\n");
  expect(() => run(ciCommand(), kind, "--check", file)).toThrow(
    `${file} is not up to date; run octarine ci ${kind} --out ${file}`,
  );
});
