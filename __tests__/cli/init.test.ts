import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const problemOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );

const given = ["--yes", "--account", "111122223333"];

test("begins a repository that validates, and says what comes next", async () => {
  const dir = path.join(aFolder({}), "platform");
  const { output, remarks } = await runCommand("init", dir, ...given, "--region", "us-east-1", "eu-west-1");

  expect(output.split("\n").map((each) => path.relative(dir, each))).toEqual(
    expect.arrayContaining(["envs/dev/eu-west-1.yaml", "package.json", "main.ts", ".vscode/settings.json"]),
  );
  expect(remarks).toContain("npm install, npm test, npx octarine synth");
  expect(loadFleet(path.join(dir, "envs")).targets.map(({ name }) => name)).toEqual([
    "dev/eu-west-1",
    "dev/us-east-1",
  ]);
});

test("overwrites nothing, and writes nothing where something is there", async () => {
  const dir = aFolder({ "main.ts": "mine\n" });

  expect(await problemOf(runCommand("init", dir, ...given))).toContain("main.ts is there already");
  expect(fs.readdirSync(dir)).toEqual(["main.ts"]);
});

test("keeps what a package.json says and adds what it lacks", async () => {
  const mine = {
    name: "platform",
    type: "module",
    scripts: { test: "mine" },
    dependencies: { octarine: "file:o.tgz" },
  };
  const dir = aFolder({ "package.json": JSON.stringify(mine) });
  await runCommand("init", dir, ...given);

  expect(JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8"))).toMatchObject({
    ...mine,
    scripts: { test: "mine", synth: "npx octarine synth" },
    dependencies: { octarine: "file:o.tgz", cdktf: "0.21.0" },
  });
});

test.each([
  ["--account is required", ["--yes"]],
  ["is not a region with EKS; did you mean us-east-1?", [...given, "--region", "us-eest-1"]],
  ["an account is in one partition", [...given, "--region", "us-east-1", "us-gov-west-1"]],
  ["--environment Dev_1", [...given, "--environment", "Dev_1"]],
  ["needs a reason in writing", [...given, "--environment", "prod", "--egress", "nat-single"]],
])("refuses: %s", async (problem, args) => {
  const dir = aFolder({});

  expect(await problemOf(runCommand("init", dir, ...args))).toContain(problem);
  expect(fs.readdirSync(dir)).toEqual([]);
});

test.each([
  ["--account", "1234"],
  ["--cni", "calico"],
])("what an option takes is said by the option: %s %s", async (...args) => {
  await expect(runCommand("init", aFolder({}), ...args)).rejects.toThrow();
});

test("package.json pins what the package shares with the project at versions that the package takes", () => {
  const { dependencies, peerDependencies, devDependencies } = JSON.parse(
    fs.readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8"),
  ) as Record<string, Record<string, string>>;

  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies ?? {})).toEqual(expect.arrayContaining(["cdktf", "constructs"]));
  expect(devDependencies).toMatchObject({
    cdktf: "0.21.0",
    constructs: "10.7.2",
    tsx: "4.23.15",
    typescript: "5.9.3",
  });
});
