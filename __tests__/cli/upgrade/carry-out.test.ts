import { carryOut, type Hands } from "../../../src/cli/upgrade/carry-out";
import { Interrupted } from "../../../src/cli/deploy/child";
import { CommandFailure } from "../../../src/cli/report-error";
import { hopSteps } from "../../../src/upgrade/hop-steps";
import { hopsOf, standOf } from "../../../src/upgrade/hops";
import type { Journal } from "../../../src/upgrade/journal";
import { present } from "../../../src/text/errors";
import { aTarget } from "../../support/fixtures";

const target = aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
const hop = present(hopsOf(target, "2026.11")[0], "a hop");
const steps = hopSteps(target, hop);
const start: Journal = {
  format: 1,
  target: target.name,
  from: standOf(target),
  hop: { release: hop.release, kubernetes: hop.kubernetes, nodes: hop.nodes },
  done: {},
};

/** What is done to a cluster, in memory: which stacks change something, and what throws. */
class Cluster implements Hands {
  readonly did: string[] = [];
  kept: Journal = start;
  readonly changes = new Set<string>(["cni"]);
  readonly fails = new Map<string, Error>();
  readonly digests = new Map<string, string>();

  digest(stack: string): string {
    return this.digests.get(stack) ?? "as synthesized";
  }

  define(step: { readonly id: string }): Promise<void> {
    return this.does(step.id);
  }

  async deploy(step: { readonly id: string; readonly stack: string }): Promise<boolean> {
    await this.does(step.id);
    // What is applied is there: a second plan finds nothing.
    return this.changes.delete(step.stack);
  }

  verify(step: { readonly id: string }): Promise<void> {
    return this.does(step.id);
  }

  keep(journal: Journal): void {
    this.kept = journal;
  }

  async go(from: Journal = this.kept): Promise<Error | undefined> {
    this.did.length = 0;
    return await carryOut(steps, from, this).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
  }

  private does(id: string): Promise<void> {
    this.did.push(id);
    const error = this.fails.get(id);
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  }
}

const NETWORK = "deploy dev-us-east-1-network";
const CNI = "deploy dev-us-east-1-cni";
const ASK_CNI = "verify dev-us-east-1-cni";
const NODES = "deploy dev-us-east-1-nodes";
const END = "verify dev/us-east-1";

test("stacks go in order; what changed is asked about at once, and everything at the end", async () => {
  const cluster = new Cluster();

  expect(await cluster.go()).toBeUndefined();
  expect(cluster.did.filter((id) => id.startsWith("deploy"))).toEqual(
    target.stacks.map((stack) => `deploy dev-us-east-1-${stack}`),
  );
  expect(cluster.did.filter((id) => id.startsWith("verify"))).toEqual([ASK_CNI, END]);
  expect(cluster.did.indexOf(ASK_CNI)).toBe(cluster.did.indexOf(CNI) + 1);
});

test("an apply that fails stops it there; the next run begins with that stack, and asks about it although nothing is left to apply", async () => {
  const cluster = new Cluster();
  cluster.fails.set(CNI, new CommandFailure("dev-us-east-1-cni: terraform apply failed (exit 1)"));
  cluster.changes.add("cni");

  const error = await cluster.go();

  expect(error?.message).toMatch(
    /^dev-us-east-1-cni: terraform apply failed \(exit 1\)\nthe upgrade stopped in step \d+ of \d+, deploy dev-us-east-1-cni; not begun: verify dev-us-east-1-cni, .*The same command goes on there$/,
  );
  expect(cluster.kept).toMatchObject({ at: CNI, why: "dev-us-east-1-cni: terraform apply failed (exit 1)" });
  expect(cluster.did.at(-1)).toBe(CNI);

  cluster.fails.clear();
  // The apply had changed something before it failed, and the plan that follows is empty.
  cluster.changes.clear();
  expect(await cluster.go()).toBeUndefined();
  expect(cluster.did.slice(0, 2)).toEqual([CNI, ASK_CNI]);
  expect(cluster.kept.at).toBeUndefined();
});

test("a check that is not met stops it before the next stack, and is asked again first", async () => {
  const cluster = new Cluster();
  cluster.fails.set(ASK_CNI, new CommandFailure("1 check not met"));

  await cluster.go();
  expect(cluster.did.at(-1)).toBe(ASK_CNI);
  expect(cluster.did).not.toContain(NODES);

  cluster.fails.clear();
  await cluster.go();
  expect(cluster.did.slice(0, 2)).toEqual([ASK_CNI, NODES]);
});

test("a signal is told of with the code of the signal, and the step is not done", async () => {
  const cluster = new Cluster();
  cluster.fails.set(NODES, new Interrupted("SIGINT"));

  const error = await cluster.go();

  expect(error).toMatchObject({ exitCode: 130 });
  expect(cluster.kept).toMatchObject({ at: NODES, why: "interrupted by SIGINT" });
});

test("a program that is killed leaves which step it was at", async () => {
  const cluster = new Cluster();
  const seen: (Journal | undefined)[] = [];
  cluster.keep = (journal) => void seen.push(journal);

  await cluster.go();

  const atNodes = present(
    seen.find((each) => each?.at === NODES),
    "a journal at nodes",
  );
  cluster.changes.clear();
  await cluster.go(atNodes);
  expect(cluster.did[0]).toBe(NODES);
  // It may have applied before it was killed.
  expect(cluster.did[1]).toBe("verify dev-us-east-1-nodes");
});

test("a stack whose Terraform JSON was edited in between is deployed again", async () => {
  const cluster = new Cluster();
  cluster.fails.set(NODES, new CommandFailure("no room"));
  await cluster.go();

  cluster.fails.clear();
  cluster.digests.set("network", "edited");
  await cluster.go();

  expect(cluster.did.slice(0, 2)).toEqual([NETWORK, NODES]);
});

test("definitions are applied again where a chart has another version by then", async () => {
  const charts = (version: string) => [{ repository: "https://example.com", name: "vpa", version }];
  const define = (version: string) =>
    ({ does: "define", id: "define vpa", component: "vpa", charts: charts(version) }) as const;
  const cluster = new Cluster();
  const before = await carryOut([define("4.0.0")], start, cluster);

  await carryOut([define("4.0.0")], before, cluster);
  expect(cluster.did).toEqual(["define vpa"]);
  await carryOut([define("5.0.0")], before, cluster);
  expect(cluster.did).toEqual(["define vpa", "define vpa"]);
});
