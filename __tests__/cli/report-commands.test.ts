import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const out = aFolder({});
afterAll(() => fs.rmSync(out, { recursive: true }));

/** Runs a command over the samples. */
const run = (...args: string[]) => runCommand("--envs", "envs", ...args);

test.each(["prod", "prod/us-east-1", "dev"])(
  "npx octarine cost %s shows the sum in ten lines",
  async (name) => {
    const { output } = await run("cost", name);

    expect(output.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
    expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(output).toMatch(/^ +total +[\d,.]+ +[\d,.]+ +[\d,.]+$|^\d targets: [\d,.]+ USD/m);
  },
);

test("npx octarine cost --format markdown is a table of the targets", async () => {
  const { output } = await run("cost", "prod", "--format", "markdown");

  expect(output).toMatch(/^### Cost\n\n\| Target \|/);
  expect(output).toMatch(/^\| prod\/us-east-1 \| [\d,.]+ \| [\d,.]+ \| [\d,.]+ \|/m);
});

test("npx octarine cost --verbose fits 100 columns and ends with the sum of several targets", async () => {
  const { output } = await run("cost", "prod", "--verbose");

  expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(output.replaceAll(/\n +/g, " ")).toMatch(
    /\n3 targets: [\d,.]+ USD a month now, [\d,.]+ to [\d,.]+, without nodes, .* of 2 targets \(no price\)\n$/,
  );
});

// docs/cost.md: the keys that programs may rely on.
test("npx octarine cost --json has these keys", async () => {
  const [report] = JSON.parse((await run("cost", "dev", "--json")).output) as Record<string, unknown>[];

  expect(Object.keys(report ?? {})).toEqual([
    "format",
    "target",
    "region",
    "currency",
    "total",
    "complete",
    "sections",
    "lines",
    "unpriced",
    "missing",
    "assumptions",
    "notes",
    "notIncluded",
    "scenarios",
  ]);
});

test("npx octarine diagram prints the picture, or writes it", async () => {
  const file = path.join(out, "network.svg");

  expect((await run("diagram", "dev/us-east-1")).output).toMatch(/^---\ntitle: /);
  expect((await run("diagram", "dev/us-east-1", "--format", "svg", "--out", file)).output).toBe("");
  expect(fs.readFileSync(file, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test("npx octarine report writes a page", async () => {
  const file = path.join(out, "report.html");
  const { remarks } = await run("report", "dev", "--out", file);

  expect(remarks).toContain(`wrote ${file}: 1 target`);
  expect(fs.readFileSync(file, "utf8")).toMatch(/^<!doctype html>/i);
});

test.each(["github", "gitlab", "atlantis"])(
  "npx octarine ci %s writes YAML, and --check compares it",
  async (kind) => {
    const file = path.join(out, "ci", `${kind}.yml`);
    await run("ci", kind, "--out", file);

    expect(parse(fs.readFileSync(file, "utf8"))).toBeInstanceOf(Object);
    expect((await run("ci", kind, "--check", file)).output).toBe(`${file} is up to date\n`);
    fs.appendFileSync(file, "# edited\n");
    await expect(run("ci", kind, "--check", file)).rejects.toThrow(
      `${file} is not up to date; run npx octarine ci ${kind} --out ${file}`,
    );
  },
);

test("what a CI's file is made with is in the file and in the remedy, and no folder of this machine", async () => {
  const file = path.join(out, "shards.yml");
  const given = ["--shards", "2", "--branch", "trunk"];
  await run("ci", "github", ...given, "--out", file);
  const text = fs.readFileSync(file, "utf8");

  expect(text).toContain("npx octarine ci github --branch trunk --shards 2 --check shards.yml");
  expect(text).not.toContain(out);
  await expect(run("ci", "github", "--check", file)).rejects.toThrow("is not up to date");
  expect((await run("ci", "github", ...given, "--check", file)).output).toContain("is up to date");
});

test("npx octarine check writes further forms of one judgement", async () => {
  const files = { sarif: path.join(out, "o.sarif"), codequality: path.join(out, "o.json") };
  const forms = Object.entries(files).flatMap(([form, file]) => ["--write", `${form}=${file}`]);
  await run("check", "dev", ...forms);

  expect(JSON.parse(fs.readFileSync(files.sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
  expect(JSON.parse(fs.readFileSync(files.codequality, "utf8"))).toBeInstanceOf(Array);
  await expect(run("check", "dev", "--write", "pdf=x")).rejects.toThrow("write a format and a file");
});

test("npx octarine list takes targets and environments", async () => {
  const { output } = await run("list", "prod", "--json");
  const names = (JSON.parse(output) as { target: string }[]).map(({ target }) => target);

  expect(names).toEqual(["prod/eu-west-1", "prod/us-east-1", "prod/us-west-2"]);
});
