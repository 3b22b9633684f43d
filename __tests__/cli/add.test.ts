import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { targetFiles } from "../../src/scaffold/target-files";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const begun = () => {
  const files = targetFiles(
    {
      account: "111122223333",
      environment: "dev",
      regions: ["us-east-1"],
      cni: "cilium-eni",
      egress: "nat-per-zone",
      size: "small",
    },
    "2026.11",
    "2027-06-30",
  );
  return path.join(aFolder(files), "envs");
};

const problemOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );

const listed = (envs: string) => fs.readdirSync(envs, { recursive: true, encoding: "utf8" }).sort();

test("a target is like another of its environment, with zones and a range of its own, and comments", async () => {
  const envs = begun();
  await runCommand("--envs", envs, "add", "target", "dev/eu-west-1");
  const [added] = loadFleet(envs).targets.filter(({ region }) => region === "eu-west-1");

  expect(added?.config.network.zones).toEqual(["eu-west-1a", "eu-west-1b"]);
  const text = fs.readFileSync(path.join(envs, "dev/eu-west-1.yaml"), "utf8");
  expect(text).toContain("vpcCidr: 10.0.0.0/16");
  expect(text).toContain("# Differs from all that the VPC will ever be connected with.");
});

test("an environment comes with an account and a target", async () => {
  const envs = begun();
  await runCommand(
    "--envs",
    envs,
    "add",
    "environment",
    "prod",
    "--account",
    "444455556666",
    "--size",
    "medium",
  );

  expect(loadFleet(envs).targets.map(({ name }) => name)).toEqual(["dev/us-east-1", "prod/us-east-1"]);
});

test("a component is switched on by its name or its key, and the rest of the file stays as it is", async () => {
  const envs = begun();
  const file = path.join(envs, "dev/us-east-1.yaml");
  const before = fs.readFileSync(file, "utf8");
  await runCommand("--envs", envs, "add", "component", "dev/us-east-1", "keda");

  expect(fs.readFileSync(file, "utf8")).toBe(`${before}keda: {}\n`);
  expect(await problemOf(runCommand("--envs", envs, "add", "component", "dev", "keda"))).toContain(
    "has keda already",
  );
});

test("a line that a component does not change keeps its spaces", async () => {
  const envs = begun();
  const file = path.join(envs, "dev/us-east-1.yaml");
  fs.appendFileSync(file, "ingress: {}   # mine\n");
  const before = fs.readFileSync(file, "utf8").split("\n");
  await runCommand(
    "--envs",
    envs,
    "add",
    "component",
    "dev/us-east-1",
    "external-dns",
    "--with",
    "{ zones: { example.com: Z0123456789ABCDEFGHIJ } }",
  );

  const after = fs.readFileSync(file, "utf8").split("\n");
  expect(before.filter((line) => !after.includes(line))).toEqual(["ingress: {}   # mine"]);
});

test("what a target installs already is not switched on once more", async () => {
  const envs = begun();

  expect(await problemOf(runCommand("--envs", envs, "add", "component", "dev/us-east-1", "kubernetes"))).toBe(
    "dev/us-east-1 installs kubernetes already; --with writes settings into cluster",
  );
  expect(
    await problemOf(runCommand("--envs", envs, "add", "component", "dev/us-east-1", "kedaa")),
  ).not.toMatch(/kubernetes|coredns/);
});

test("settings within a key that is there stay beside its others", async () => {
  const envs = begun();
  const file = path.join(envs, "dev/us-east-1.yaml");
  fs.appendFileSync(file, "ingress: {} # mine\n");
  const dns = "{ zones: { example.com: Z0123456789ABCDEFGHIJ } }";
  const problem = await problemOf(
    runCommand("--envs", envs, "add", "component", "dev/us-east-1", "external-dns", "--with", dns),
  );

  expect([problem, fs.readFileSync(file, "utf8")]).toEqual(["", expect.stringContaining("# mine")]);
  expect(loadFleet(envs).targets[0]?.config.ingress?.dns).toBeDefined();
});

test("a service lies in its environment's workloads", async () => {
  const envs = begun();
  fs.appendFileSync(path.join(envs, "dev/us-east-1.yaml"), "namespaces: { shop: { team: shop } }\n");
  await runCommand(
    "--envs",
    envs,
    "add",
    "workload",
    "dev",
    "orders",
    "--namespace",
    "shop",
    "--image",
    "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1.0.0",
  );

  expect(Object.keys(loadFleet(envs).targets[0]?.workloads ?? {})).toEqual(["orders"]);
});

test.each([
  ["is there already", ["target", "dev/us-east-1"]],
  ["nothing was written, because it would not be valid", ["target", "dev/eu-west-9"]],
  ["is the folder of services", ["environment", "workloads", "--account", "444455556666"]],
  ["must be small letters", ["environment", "../qa", "--account", "444455556666"]],
  ["is not in ", ["workload", "dev", "../../../x", "--namespace", "shop", "--image", "a:1"]],
  ["/us-east-2 is not a target", ["target", "/us-east-2"]],
  ["is not a component", ["component", "dev/us-east-1", "kedaa"]],
  ["nothing was written", ["component", "dev/us-east-1", "velero", "--with", "{ retentionDays: many }"]],
  ["nothing was written", ["workload", "dev", "orders", "--namespace", "nowhere", "--image", "a:1"]],
])("%s: nothing is left behind", async (problem, args) => {
  const envs = begun();
  const before = listed(envs);

  expect(await problemOf(runCommand("--envs", envs, "add", ...args))).toContain(problem);
  expect(listed(envs)).toEqual(before);
});

describe("files for a CI", () => {
  const here = process.cwd();
  afterEach(() => process.chdir(here));

  test("are made again with the options that they were made with, and those of others stay", async () => {
    const envs = begun();
    process.chdir(path.dirname(envs));
    fs.writeFileSync(".gitlab-ci.yml", "mine: {}\n");
    await runCommand("ci", "github", "--shards", "2", "--out", ".github/workflows/octarine.yml");
    await runCommand("ci", "atlantis", "--out", "atlantis.yaml");
    const { remarks } = await runCommand("add", "target", "dev/eu-west-1");

    expect(remarks).toContain("wrote .github/workflows/octarine.yml");
    expect(fs.readFileSync(".gitlab-ci.yml", "utf8")).toBe("mine: {}\n");
    expect(fs.readFileSync("atlantis.yaml", "utf8")).toContain("dev-eu-west-1-network");
    expect(fs.readFileSync(".github/workflows/octarine.yml", "utf8")).toContain("shard: 2/2");
    for (const args of [
      ["github", "--shards", "2", "--check", ".github/workflows/octarine.yml"],
      ["atlantis", "--check", "atlantis.yaml"],
    ])
      expect((await runCommand("ci", ...args)).output).toContain("is up to date");
  });

  test("of an earlier version are those of this one afterwards", async () => {
    const envs = begun();
    process.chdir(path.dirname(envs));
    fs.mkdirSync(".github/workflows", { recursive: true });
    fs.writeFileSync(
      ".github/workflows/octarine.yml",
      "# Made by `npx octarine ci github` from the targets. Don't edit: run it again when targets come or go.\n",
    );
    await runCommand("add", "target", "dev/eu-west-1");

    expect(fs.readFileSync(".github/workflows/octarine.yml", "utf8")).toContain("npx octarine synth");
  });
});
