import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import type { ReplaceOptions } from "../../../src/cli/nodes/replace-run";
import { type Answer, type Live, type Question, typed } from "../../../src/live/question";
import { inProjectWithFakeTerraform } from "../../support/fake-terraform";
import { targetFiles } from "../../support/deploy-project";
import { list } from "../../support/live-answers";

const terraform = inProjectWithFakeTerraform();

const FILE = "envs/test/us-east-1.yaml";
const SUFFIX = "2026112809301122330000000a";
const command = { optsWithGlobals: () => ({ envs: "envs" }) } as unknown as Command;

const node = (name: string, group: string, ready = "True") => ({
  kind: "Node",
  metadata: { name, labels: { "eks.amazonaws.com/nodegroup": `${group}-${SUFFIX}` } },
  status: { conditions: [{ type: "Ready", status: ready }] },
});

/** A cluster's nodes, and what kubectl was told to do with them. */
class Cluster implements Live {
  readonly did: string[] = [];
  nodes = [node("a", "main"), node("b", "main"), node("c", "main-b"), node("d", "main-b")];
  readonly fails = new Map<string, string>();

  ask(question: Question): Promise<Answer> {
    const line = typed(question);
    if (/^kubectl (cordon|drain)/.test(line)) this.did.push(line);
    const stderr = [...this.fails].find(([begin]) => line.startsWith(begin))?.[1];
    if (stderr !== undefined) return Promise.resolve({ is: "failed", code: 1, text: "", stderr });
    const items = line === "kubectl get nodes -o json" ? this.nodes : [];
    return Promise.resolve({ is: "said", text: JSON.stringify(list(...items)) });
  }
}

async function replaced(
  cluster: Cluster,
  options: Partial<ReplaceOptions> = {},
): Promise<string | undefined> {
  const { ReplaceRun } = await import("../../../src/cli/nodes/replace-run");
  const run = new ReplaceRun(command, "test/us-east-1", {
    group: "main",
    as: "main-b",
    changes: "{ ami: bottlerocket }",
    yes: true,
    skipReachCheck: true,
    ask: () => Promise.resolve({ live: cluster, close: () => undefined }),
    accepted: new Map(),
    waitMinutes: 0,
    drainMinutes: 5,
    ...options,
  });
  return await run.run().then(
    (stage) => (stage === "one left" ? stage : undefined),
    (error: unknown) => (error as Error).message,
  );
}

const written = () => fs.readFileSync(FILE, "utf8");

beforeEach(() => {
  for (const [file, text] of Object.entries(targetFiles())) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const BESIDE = "  main-b: { instanceTypes: [ m7i.large ], size: { min: 2, max: 6 }, ami: bottlerocket }";

test("the new group is what the old one was but for the change; old nodes are cordoned at once and drained one by one; then the old group goes", async () => {
  const cluster = new Cluster();

  expect(await replaced(cluster)).toBeUndefined();
  expect(cluster.did).toEqual([
    "kubectl cordon a b",
    "kubectl drain a --ignore-daemonsets --delete-emptydir-data --timeout=300s",
    "kubectl drain b --ignore-daemonsets --delete-emptydir-data --timeout=300s",
  ]);
  // The layer below has the old one.
  expect(written()).toMatch(/nodes:\n {2}main-b: \{.*ami: bottlerocket \}\n {2}main: null\n$/);
});

test("a node that can't be drained stops it with both groups there, and says how to take it back; the same command goes on", async () => {
  const cluster = new Cluster();
  cluster.fails.set(
    "kubectl drain a",
    'evicting pod shop/web\nerror when evicting pods/"web" -n "shop" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.\nerror: unable to drain node "a" due to error: timeout',
  );

  const message = await replaced(cluster);

  expect(message).toContain("a could not be drained within 5 minutes: error when evicting pods");
  expect(message).toContain("take it back: kubectl uncordon a b");
  expect(written()).not.toContain("main: null");
  expect(written()).toContain("main-b:");

  cluster.fails.clear();
  expect(await replaced(cluster)).toBeUndefined();
  expect(written()).toContain("main: null");
});

test("nothing is drained before the new nodes are Ready", async () => {
  const cluster = new Cluster();
  cluster.nodes = [node("a", "main"), node("c", "main-b"), node("d", "main-b", "False")];

  expect(await replaced(cluster)).toMatch(/waited 0 minutes for 2 nodes of main-b: 1 of 2 are Ready/);
  expect(cluster.did).toEqual([]);
});

test("a budget that lets no pod go stops it before anything is written, unless that is accepted", async () => {
  const cluster = new Cluster();
  const budgets = { metadata: { name: "web", namespace: "shop" }, status: { expectedPods: 1 } };
  const ask = cluster.ask.bind(cluster);
  cluster.ask = (question) =>
    typed(question).includes("poddisruptionbudgets")
      ? Promise.resolve({ is: "said", text: JSON.stringify(list(budgets)) })
      : ask(question);

  expect(await replaced(cluster)).toMatch(/nothing was changed.*\n {2}DRAIN-BUDGETS/);
  expect(written()).toBe(targetFiles()[FILE]);
  expect(await replaced(cluster, { accepted: new Map([["DRAIN-BUDGETS", "by hand"]]) })).toBeUndefined();
});

test("a group that would not be valid is not written", async () => {
  expect(await replaced(new Cluster(), { changes: "{ ami: windows }" })).toMatch(/nothing was written/);
  expect(written()).toBe(targetFiles()[FILE]);
});

test("a group that has nothing to do with the old one is not taken for its successor", async () => {
  fs.appendFileSync(FILE, `nodes:\n${BESIDE.replace("min: 2", "min: 1")}\n`);

  expect(await replaced(new Cluster())).toMatch(/main-b is there already, and is not main with/);
});

test("what is wrong about names and changes is said before anything is asked", async () => {
  const cluster = new Cluster();

  expect(await replaced(cluster, { group: "mian" })).toMatch(
    /mian is not a group of nodes.*did you mean main/,
  );
  expect(await replaced(cluster, { as: "main" })).toMatch(/needs another name/);
  expect(await replaced(cluster, { changes: "[a]" })).toMatch(/--with takes a map/);
});

test("pods without a controller that are accepted as gone do not stop kubectl, and nobody else's are forced", async () => {
  const cluster = new Cluster();
  cluster.nodes = cluster.nodes.slice(1);

  expect(await replaced(cluster, { accepted: new Map([["DRAIN-BARE-PODS", "a test's"]]) })).toBeUndefined();
  expect(cluster.did).toEqual([
    "kubectl cordon b",
    "kubectl drain b --ignore-daemonsets --delete-emptydir-data --timeout=300s --force",
  ]);
});

test("fewer new nodes than old ones are told of before any is drained; those that the new group is made with are waited for", async () => {
  const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const cluster = new Cluster();
  cluster.nodes.push(node("e", "main"));

  expect(await replaced(cluster)).toBeUndefined();
  expect(said.mock.calls.join("")).toContain("3 nodes of main are drained, and 2 of main-b are Ready");
  fs.writeFileSync(FILE, targetFiles()[FILE] ?? "");
  expect(await replaced(new Cluster(), { changes: "{ size: { min: 2, max: 6, desired: 3 } }" })).toMatch(
    /waited 0 minutes for 3 nodes of main-b: 2 of 3 are Ready/,
  );
});

test("a name by which EKS could not tell the two groups apart is refused before anything is asked", async () => {
  fs.appendFileSync(FILE, "nodes: { main: { generation: 2 } }\n");
  const cluster = new Cluster();

  expect(await replaced(cluster, { as: "main-2" })).toBe(
    "main is main-2 in EKS, with its generation, and main-2 would be too; name the new group another way, for example main-b",
  );
  expect(cluster.did).toEqual([]);
});

test("where the old group is not in the config, nothing is said to have been replaced", async () => {
  const cluster = new Cluster();
  fs.appendFileSync(FILE, `nodes:\n${BESIDE}\n  main: null\n`);

  expect(await replaced(cluster)).toBe("one left");
  expect(cluster.did).toEqual([]);
});

test("nodes that are still to be taken over are not replaced by what nobody said", async () => {
  const change = { actions: ["delete", "create"], before: {}, after: {}, importing: { id: "x" } };
  const address = "aws_eks_node_group.main";
  terraform.prints({
    show: JSON.stringify({
      format_version: "1.2",
      resource_changes: [{ address, mode: "managed", type: "aws_eks_node_group", change }],
    }),
  });
  terraform.plansChanges(true);
  fs.writeFileSync("envs/test/us-east-1.adopt.yaml", "nodes: { creates: [] }\n");
  try {
    expect(await replaced(new Cluster())).toMatch(/its plan does 1 change that its .adopt.yaml does not say/);
    expect(terraform.asked().filter((line) => line.includes(" apply"))).toEqual([]);
  } finally {
    terraform.plansChanges(false);
    terraform.prints({ show: "" });
    fs.rmSync("envs/test/us-east-1.adopt.yaml");
  }
});
