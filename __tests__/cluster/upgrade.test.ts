import { kubectl, type Question } from "../../src/live/question";
import { tools } from "../../src/live/tools";
import type { Manifest } from "../../src/modules/manifest";
import { cordonQuestion, drainInTurn, nodesIn, nodesOfGroup, nodesQuestion } from "../../src/upgrade/drain";
import { hopsOf } from "../../src/upgrade/hops";
import { preflightChecks } from "../../src/upgrade/preflight/checks";
import { present } from "../../src/text/errors";
import type { Outcome } from "../../src/verify/live-check";
import { runChecks } from "../../src/verify/run-checks";
import { aTarget } from "../support/fixtures";
import { describeOnCluster } from "../support/offline-cluster";

const SHOP = "shop";
const target = aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
const containers = [{ name: "web", image: "example.com/web:1" }];

const web: Manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: SHOP },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers } },
  },
};
const budget = (minAvailable: number): Manifest => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "web", namespace: SHOP },
  spec: { minAvailable, selector: { matchLabels: { app: "web" } } },
});
const bare: Manifest = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "task", namespace: SHOP },
  spec: { containers },
};
const policy: Manifest = {
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "dns", namespace: SHOP },
  spec: { endpointSelector: {}, egress: [{ toFQDNs: [{ matchPattern: "**.example.com" }] }] },
};

describeOnCluster("an upgrade's questions to a real API server, and its drain", (cluster) => {
  const live = () => tools({ kubeconfig: cluster().kubeconfig });
  const ask = async (question: Question): Promise<string> => {
    const answer = await live().ask(question);
    if (answer.is !== "said") throw new Error(JSON.stringify(answer));
    return answer.text;
  };
  const judge = async (hop: number, id: string): Promise<Outcome> => {
    const checks = preflightChecks(target, present(hopsOf(target, "2026.11")[hop - 1], "a hop"));
    const subject = { target, now: Date.now(), proofs: () => [], reach: () => ({}) as never };
    const wanted = checks.filter((each) => each.id === id);
    const [checked] = await runChecks(wanted, subject, live());
    return present(checked, `the check ${id}`).outcome;
  };
  /** Controllers take a moment; the last answer counts. */
  const judgedAs = async (hop: number, id: string, is: Outcome["is"]): Promise<Outcome> => {
    let outcome = await judge(hop, id);
    for (let attempt = 0; attempt < 40 && outcome.is !== is; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      outcome = await judge(hop, id);
    }
    return outcome;
  };
  const podsOn = async (node: string): Promise<string> =>
    await ask(kubectl("get", "pods", "-n", SHOP, "--field-selector", `spec.nodeName=${node}`, "-o", "name"));

  beforeAll(async () => {
    await cluster().makeNamespaces([SHOP], {});
    await cluster().must(web);
    const label = "eks.amazonaws.com/nodegroup=main-2026112809301122330000000a";
    await ask(kubectl("label", "node", "fake-0", "fake-1", label));
    await ask(kubectl("rollout", "status", "deployment/web", "-n", SHOP, "--timeout=60s"));
  }, 180_000);

  test("a budget that lets no pod go is seen, and stops kubectl's drain, which says so; a wider one lets it", async () => {
    await cluster().must(budget(2));
    expect((await judgedAs(3, "DRAIN-BUDGETS", "not met")).says).toEqual([
      "budget shop/web lets no pod go: 2 of 2 are healthy, it wants 2",
    ]);
    const nodes = nodesOfGroup(nodesIn(await live().ask(nodesQuestion)) ?? [], "main");
    const names = nodes.map(({ metadata }) => metadata.name);
    expect(names).toEqual(["fake-0", "fake-1"]);
    await ask(cordonQuestion(names));

    const stuck = await drainInTurn(names, { minutes: 0.1, isForced: false }, live(), () => undefined);
    expect(stuck?.why).toMatch(/disruption budget|timed? ?out|timeout/);

    await cluster().must(budget(1));
    expect(await judgedAs(3, "DRAIN-BUDGETS", "met")).toMatchObject({ is: "met" });
    const drained: string[] = [];
    expect(
      await drainInTurn(names, { minutes: 1, isForced: false }, live(), (name) => drained.push(name)),
    ).toBeUndefined();
    expect(drained).toEqual(names);
    expect([await podsOn("fake-0"), await podsOn("fake-1")]).toEqual(["", ""]);
    await ask(kubectl("rollout", "status", "deployment/web", "-n", SHOP, "--timeout=60s"));
    expect((await podsOn("fake-2")).match(/pod\/web-/g)).toHaveLength(2);
  }, 300_000);

  test("a pod without controller is seen", async () => {
    expect(await judge(3, "DRAIN-BARE-PODS")).toMatchObject({ is: "met" });
    await cluster().must(bare);
    expect((await judge(3, "DRAIN-BARE-PODS")).says.join()).toContain("shop/task");
  });

  test("policies whose meaning changes are seen, and kinds that are not there hold nothing up", async () => {
    await cluster().must(policy);
    const { is, says } = await judge(1, "OBJECTS-CHANGE");
    expect([is, says.join()]).toEqual([
      "not met",
      expect.stringContaining("CiliumNetworkPolicy shop/dns: in DNS patterns") as string,
    ]);
  });

  test("calls of deprecated APIs are where they are looked for, in the form that is read", async () => {
    await ask(kubectl("get", "endpoints", "-A"));
    const metrics = await ask(kubectl("get", "--raw", "/metrics"));
    expect(metrics).toMatch(
      /^apiserver_requested_deprecated_apis\{group="",removed_release="",resource="endpoints",subresource="",version="v1"\} 1$/m,
    );
    expect(await judge(2, "DEPRECATED-APIS")).toMatchObject({ is: "met" });
    expect(await judge(2, "REMOVED-APIS")).toMatchObject({ is: "met" });
  });
});
