import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { program } from "../../src/cli/program";
import { DownloadingTerraform } from "../support/downloading-terraform";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const root = path.join(__dirname, "..", "..");
const folder = path.join(root, "schema", "output");
const names = fs.readdirSync(folder).map((file) => file.replace(".schema.json", ""));

/** A schema that knows of every field: what a command prints beyond its type would be seen. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in all && !("additionalProperties" in all)
    ? { ...all, additionalProperties: false }
    : all;
}

function faultsOf(name: string, value: unknown): readonly string[] {
  const text = fs.readFileSync(path.join(folder, `${name}.schema.json`), "utf8");
  const schema = z.fromJSONSchema(closed(JSON.parse(text)) as Parameters<typeof z.fromJSONSchema>[0]);
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path: at, message }) => `${at.join(".")}: ${message}`);
}

const envs = ["--envs", path.join(root, "envs")];
const dev = "dev/us-east-1";
const out = () => aFolder({});
const eksctl = path.join(root, "__tests__", "import", "eksctl", "reference-production.yaml");
const account = path.join(root, "__tests__", "import", "account");
const project = path.join(root, "__tests__", "import", "terraform", "eks-21-vpc-6.state.json");

/** How each is asked for, in a way that has something to say. */
const asked: Readonly<
  Record<string, () => Promise<readonly (readonly string[])[]> | readonly (readonly string[])[]>
> = {
  list: () => [[...envs, "list", "--json"]],
  pods: () => [["pods", "m7i.large", "--json"]],
  capacity: () => [[...envs, "capacity", "--json"]],
  config_validate: () => {
    const wrong = aFolder({ "envs/dev/us-east-1.yaml": "release: 1\n" });
    return [
      [...envs, "config", "validate", "--json"],
      ["--envs", `${wrong}/envs`, "config", "validate", "--json"],
    ];
  },
  config_explain: () => [[...envs, "config", "explain", dev, "network", "--json"]],
  config_explain_resolved: () => [[...envs, "config", "explain", dev, "--resolved", "--json"]],
  cost: () => [[...envs, "cost", "--json"]],
  mesh_show: () => [[...envs, "mesh", "show", "--json"]],
  diagnose: () => [
    [
      "diagnose",
      "--from",
      path.join(root, "__tests__/diagnose/corpus/cni-not-running/aws-node-crash"),
      "--json",
    ],
  ],
  diagnose_where: () => [[...envs, "diagnose", dev, "--where", "--json"]],
  check: () => [[...envs, "check", "--format", "json"]],
  readiness: () => [[...envs, "readiness", dev, "--json"]],
  permissions: () => [[...envs, "permissions", dev, "--json"]],
  reachability: () => [[...envs, "reachability", dev, "--json"]],
  release_list: () => [["release", "list", "--json"]],
  release_show: () => [["release", "show", "2026.11", "--json"]],
  release_diff: () => [["release", "diff", "2025.09", "2026.11", "--json"]],
  upgrade: () => [
    [
      "--envs",
      path.join(root, "examples", "envs"),
      "upgrade",
      "reference/us-east-1",
      "--to",
      "2026.11",
      "--json",
    ],
  ],
  synth: () => [[...envs, "synth", "--out", out(), "--json"]],
  bundle: () => {
    const charts = aFolder({
      "cilium-1.19.6/Chart.yaml": "name: cilium\nversion: 1.19.6\n",
      "metrics-server-3.13.1/Chart.yaml": "name: metrics-server\nversion: 3.13.1\n",
    });
    new DownloadingTerraform();
    return [[...envs, "bundle", dev, "--out", path.join(out(), "bundle"), "--charts", charts, "--json"]];
  },
  bundle_list: () => [[...envs, "bundle", dev, "--list", "--json"]],
  synth_check: () => [[...envs, "synth", "--check", "--out", out(), "--json"]],
  import_eksctl: () => [
    ["import", "eksctl", eksctl, "--environment", "dev", "--account", "111122223333", "--print", "--json"],
  ],
  import_cluster: () => [
    [
      "import",
      "cluster",
      "live",
      "--region",
      "eu-west-1",
      "--environment",
      "dev",
      "--from",
      account,
      "--print",
      "--json",
    ],
  ],
  "import_terraform-plan": () => [
    ["import", "terraform-plan", project, "--environment", "dev", "--print", "--json"],
  ],
};

/** Of those that need what a test of this kind has not: Git history, charts, a network, several parts. Each is in the tests named. */
const elsewhere: Readonly<Record<string, string>> = {
  diff: "review/diff",
  verify: "verify",
  adopt: "terraform/adopt",
  sweep: "teardown",
  review: "plan-review/formats",
  cost_diff: "report-commands",
  images: "render",
  render: "render",
  release_refresh: "refresh",
  synth_merge: "synth-command",
  permissions_policies: "permissions",
  permissions_documents: "permissions",
  reachability_open: "reachability",
};

test("every schema is of a command that is asked here, or said to be elsewhere", () => {
  expect([...Object.keys(asked), ...Object.keys(elsewhere)].sort()).toEqual([...names].sort());
});

test("every command with --json names a schema", () => {
  const withJson: string[] = [];
  const visit = (command: ReturnType<typeof program>, at: readonly string[]): void => {
    const format = command.options.find(({ long }) => long === "--format");
    if (command.options.some(({ long }) => long === "--json") || format?.argChoices?.includes("json"))
      withJson.push(at.join("_"));
    command.commands.forEach((each) => visit(each, [...at, each.name()]));
  };
  visit(program(), []);
  const nameless = withJson.filter((command) => !names.some((name) => `${name}_`.startsWith(`${command}_`)));
  // Their JSON is that of a review.
  expect(nameless).toEqual(["plan", "drift"]);
});

test.each(Object.keys(asked))("what %s prints as JSON is what its schema says, and no more", async (name) => {
  for (const args of (await asked[name]?.()) ?? []) {
    const { output } = await runCommand(...args);
    expect(output).not.toBe("");
    expect(faultsOf(name, JSON.parse(output))).toEqual([]);
  }
});

test("a value of another shape is told", () => {
  expect(faultsOf("list", [{ target: 1, more: true }])).not.toEqual([]);
});
