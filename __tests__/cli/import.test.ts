import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const folder = path.join(__dirname, "..", "import", "eksctl");
const files = fs.readdirSync(folder).sort();
const textOf = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");

const importInto = (envs: string, name: string, ...more: string[]) =>
  runCommand(
    "--envs",
    envs,
    "import",
    "eksctl",
    path.join(folder, name),
    "--environment",
    "dev",
    "--account",
    "111122223333",
    "--ipv6-approved-by",
    "network-board",
    ...more,
  );

test.each(files)("what is made of %s is valid, synthesizes and breaks no guardrail", async (name) => {
  const dir = aFolder({});
  const envs = path.join(dir, "envs");
  await importInto(envs, name);

  const { exitCode } = await runCommand("--envs", envs, "synth", "--out", path.join(dir, "out"));
  expect(exitCode).toBe(0);
});

const terraform = path.join(__dirname, "..", "import", "terraform");

const importProject = (envs: string, name: string, ...more: string[]) =>
  runCommand(
    "--envs",
    envs,
    "import",
    "terraform-plan",
    path.join(terraform, name),
    "--environment",
    "dev",
    "--account",
    "111122223333",
    ...more,
  );

test.each([
  ["eks-21-vpc-6.plan.json"],
  ["eks-21-vpc-6.state.json", "--keep-vpc"],
  ["eks-20-vpc-5.plan.json"],
  ["eks-20-vpc-5.state.json", "--keep-vpc"],
  ["eks-19-vpc-5.state.json"],
  ["bare.plan.json"],
  ["bare.stored-state.json", "--keep-vpc"],
])(
  "what is made of the project of %s is valid, synthesizes and breaks no guardrail %s",
  async (name, ...more) => {
    const dir = aFolder({});
    const envs = path.join(dir, "envs");
    await importProject(envs, name, ...more);

    const { exitCode } = await runCommand("--envs", envs, "synth", "--out", path.join(dir, "out"));
    expect(exitCode).toBe(0);
  },
);

test.each([["beside the VPC"], ["in the VPC that is there", "--keep-vpc"]])(
  "what is made of a running cluster, %s, is valid, synthesizes and breaks no guardrail",
  async (_where, ...more) => {
    const dir = aFolder({});
    const envs = path.join(dir, "envs");
    const from = path.join(__dirname, "..", "import", "account");
    const of = ["import", "cluster", "live", "--region", "eu-west-1", "--environment", "dev", "--from", from];
    await runCommand("--envs", envs, ...of, ...more);

    const { exitCode } = await runCommand("--envs", envs, "synth", "--out", path.join(dir, "out"));
    expect(exitCode).toBe(0);
  },
);

test("the account is that of the ARNs in a state where none is given, and has to be given for a plan without any", async () => {
  const run = (name: string) =>
    runCommand(
      "import",
      "terraform-plan",
      path.join(terraform, name),
      "--environment",
      "dev",
      "--print",
      "--json",
    );
  const { output } = await run("eks-21-vpc-6.state.json");
  expect(output).toContain("123456789012");
  await expect(run("bare.plan.json")).rejects.toThrow(/does not tell the account; give it by --account/);
});

test("what is of another account than its environment is refused by that, and is written where it is to be in that account", async () => {
  const envs = path.join(aFolder({}), "envs");
  const run = (...more: string[]) =>
    runCommand(
      ...["--envs", envs, "import", "terraform-plan", path.join(terraform, "eks-21-vpc-6.state.json")],
      ...["--environment", "dev", ...more],
    );
  await run("--account", "999922223333");
  fs.rmSync(path.join(envs, "dev", "eu-west-1.yaml"));
  await expect(run()).rejects.toThrow(
    /dev is of account 999922223333 \(.*environment\.yaml\), and this is of 123456789012; name another --environment, or give --account 999922223333/,
  );
  expect((await run("--print")).output).toContain("vpcCidr");
  expect((await run("--account", "999922223333")).output).toContain("eu-west-1.yaml");
});

test("a region that is not the cluster's is refused, whoever collected the answers", async () => {
  const from = path.join(__dirname, "..", "import", "account");
  const run = runCommand(
    ...[
      "import",
      "cluster",
      "live",
      "--region",
      "us-east-1",
      "--environment",
      "dev",
      "--from",
      from,
      "--print",
    ],
  );
  await expect(run).rejects.toThrow(/--region us-east-1: the cluster live is in eu-west-1 by its ARN/);
});

test("how much differs is counted in the words of the list", async () => {
  const { remarks } = await importInto(path.join(aFolder({}), "envs"), "access.yaml", "--print");
  const counts = /^(\d+) points where it differs: (\d+) changed, (\d+) lost$/m
    .exec(remarks)
    ?.slice(1)
    .map(Number);
  const rows = remarks.split("\n");
  const counted = (word: string) => rows.filter((row) => new RegExp(`^\\S+ +${word} `).test(row)).length;
  expect(counts).toEqual([counted("changed") + counted("lost"), counted("changed"), counted("lost")]);
});

test("a target that is there already is not overwritten, and what would not be valid is not written", async () => {
  const envs = path.join(aFolder({}), "envs");
  await importInto(envs, "access.yaml");
  await expect(importInto(envs, "identities.yaml")).rejects.toThrow(/us-west-2\.yaml is there already/);

  const empty = path.join(aFolder({}), "envs");
  const bad = path.join(
    aFolder({ "c.yaml": textOf("private.yaml").replace("10.40.0.0/16", "10.40.0.0/30") }),
    "c.yaml",
  );
  const run = runCommand(
    "--envs",
    empty,
    "import",
    "eksctl",
    bad,
    "--environment",
    "dev",
    "--account",
    "111122223333",
  );
  await expect(run).rejects.toThrow(/nothing was written/);
  expect(fs.existsSync(empty)).toBe(false);
});

test("beside targets of another release it keeps the version of Kubernetes that its file says", async () => {
  const envs = path.join(aFolder({ "envs/platform.yaml": 'release: "2026.11"\n' }), "envs");
  await importInto(envs, "access.yaml");

  expect(loadFleet(envs).targets[0]?.release.kubernetes.version).toBe("1.33");
});

test("--print shows the file and --json all of it, and neither writes", async () => {
  const envs = path.join(aFolder({}), "envs");
  expect((await importInto(envs, "access.yaml", "--print")).output).toMatch(/^# yaml-language-server/);
  const { output } = await importInto(envs, "access.yaml", "--print", "--json");
  const told = JSON.parse(output) as { notes: object[]; files: Record<string, string> };
  expect(told.notes[0]).toMatchObject({ line: 1, is: "changed" });
  expect(Object.keys(told.files)).toContain("dev/us-west-2.yaml");
  expect(fs.existsSync(envs)).toBe(false);
});
